"""Plain dialogue: `Name: text` lines without times."""

from __future__ import annotations

from dataclasses import replace

from ingestion.domain import Transcript
from ingestion.transcripts.cues import Cue, join_lines, name_cues, to_lines
from ingestion.transcripts.header import read_header

# A turn may run over several lines.
_NAMED_SHARE = 0.25


def parse_dialogue(text: str) -> Transcript | None:
    """Read dialogue, or None when the text names no speakers. A line without a name goes on with the turn above."""
    raw = [stripped for line in text.split("\n") if (stripped := line.strip())]
    cues = name_cues([Cue(line) for line in raw], _NAMED_SHARE)
    named = sum(cue.speaker is not None for cue in cues)
    if not named or (named == 1 and len(cues) > 1):
        return None
    first = next(i for i, cue in enumerate(cues) if cue.speaker)
    turns: list[Cue] = []
    pending: list[str] = []
    for cue in reversed(cues[first:]):
        if cue.speaker is None:
            pending.append(cue.text)
            continue
        turns.append(replace(cue, text=join_lines([cue.text, *reversed(pending)])))
        pending = []
    lines, _ = to_lines(turns[::-1])
    title, day = read_header(raw[:first])
    return Transcript(lines, title=title, date=day)
