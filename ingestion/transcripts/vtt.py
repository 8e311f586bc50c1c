"""WebVTT (https://www.w3.org/TR/webvtt1/), with the voices that meeting software writes into it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from ingestion.domain import Transcript
from ingestion.transcripts.blocks import ARROW, Block, timed_blocks
from ingestion.transcripts.cues import Cue, join_lines, name_cues, to_lines

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]{1,200})>|<v(?:\.[^\s<>]*)?>")
# Only tags that the format knows; any other `<...>` is what was said.
_TAG = re.compile(r"</?(?:[cibuv]|lang|ruby|rt)(?:[.\s][^<>]{0,200})?>|<[\d:.]{5,15}>")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_TITLE = re.compile(r"WEBVTT[ \t]+(?:-[ \t]*)?(\S.*)")
_LANGUAGE = re.compile(r"language:\s*([A-Za-z]{2,3})\b", re.IGNORECASE)
_PART = re.compile(r"(.+/\d+)-(\d+)")
_SENTENCE_END = tuple('.!?。！？…;；"”」')


def parse_vtt(text: str) -> Transcript:
    """Read WebVTT; each cue is a line, a cue with several voices is one line for each voice."""
    lines = text.split("\n")
    body = _without_comments(lines)
    blocks = timed_blocks(body, blank_ends_text=True)
    cues: list[Cue] = []
    for i, block in enumerate(blocks):
        voiced = _voices(block)
        if i and not voiced[0].speaker and _continues(blocks[i - 1], block):
            voiced[0] = replace(voiced[0], speaker=cues[-1].speaker)
        cues += voiced
    found, warnings = to_lines(_carry_names(cues, name_cues(cues)))
    header = lines[: next((i for i, line in enumerate(lines) if not line.strip()), len(lines))]
    language = next((match[1].lower() for line in header[1:] if (match := _LANGUAGE.match(line))), None)
    title = _TITLE.fullmatch(lines[0].strip())
    return Transcript(found, title=title and title[1], language=language, warnings=tuple(warnings))


def _without_comments(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    skipping = False
    for i, line in enumerate(lines):
        starts_block = i == 0 or not lines[i - 1].strip()
        if starts_block:
            follows = lines[i + 1] if i + 1 < len(lines) else ""
            # A cue may bear the id "NOTE 1": then its time is on the next line.
            skipping = bool(_COMMENT.match(line)) and ARROW not in line and ARROW not in follows
        if not skipping:
            kept.append(line)
    return kept


def _voices(block: Block) -> list[Cue]:
    """The cue's text by voice; always at least one, possibly empty, so that places hold."""
    text = join_lines(block.payload)
    pieces: list[tuple[str | None, str]] = []
    speaker, at = None, 0
    for match in _VOICE.finditer(text):
        pieces.append((speaker, text[at : match.start()]))
        speaker, at = _plain(match[1] or "") or None, match.end()
    pieces.append((speaker, text[at:]))
    spoken = [(who, said) for who, piece in pieces if (said := _plain(piece))]
    return [Cue(said, who, block.start, block.end, block.garbled) for who, said in spoken or [(speaker, "")]]


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _continues(before: Block, block: Block) -> bool:
    """Whether the ids say that this cue goes on with the one before (`.../12-0`, `.../12-1`)."""
    first, second = _PART.fullmatch(before.id), _PART.fullmatch(block.id)
    return bool(first and second and first[1] == second[1] and int(second[2]) == int(first[2]) + 1)


def _carry_names(raw: Sequence[Cue], named: list[Cue]) -> list[Cue]:
    """Give a name written as text (`Name: ...`) to the cues that go on in mid-sentence."""
    result: list[Cue] = []
    for i, cue in enumerate(named):
        if i and not cue.speaker and cue.text and not raw[i - 1].speaker:
            before = result[-1]
            if before.speaker and before.text and not before.text.endswith(_SENTENCE_END):
                result.append(replace(cue, speaker=before.speaker))
                continue
        result.append(cue)
    return result
