"""SubRip subtitles, with speakers as `Name: text`."""

from __future__ import annotations

import re

from ingestion.domain import Transcript
from ingestion.transcripts.blocks import Block, timed_blocks
from ingestion.transcripts.cues import Cue, join_lines, name_cues, to_lines

_TAG = re.compile(r"</?(?:[ibus]|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{1,40}\}", re.IGNORECASE)


def parse_srt(text: str) -> Transcript:
    """Read SubRip; each cue is a line."""
    blocks = timed_blocks(text.split("\n"), blank_ends_text=False)
    lines, warnings = to_lines(name_cues([_cue(block) for block in blocks]))
    return Transcript(lines, warnings=tuple(warnings))


def _cue(block: Block) -> Cue:
    text = _TAG.sub("", join_lines(block.payload)).strip()
    return Cue(text, None, block.start, block.end, block.garbled)
