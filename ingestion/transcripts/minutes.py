"""Text exports of meeting software (Feishu, Tencent Meeting and their like): a name, a clock time, what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.domain import Transcript
from ingestion.transcripts.cues import CLOCK, Cue, is_name, join_lines, parse_clock, split_name, to_lines
from ingestion.transcripts.header import read_header

_UNTIL = rf"(?:\s*(?:-|–|~|至)\s*{CLOCK})?"
_NAME_FIRST = re.compile(
    rf"(?P<name>[^\s\[(（][^，。！？!?;；:：\n\[\]]{{0,59}}?)(?:\s+|\s*[(（\[])\s*(?P<start>{CLOCK}){_UNTIL}\s*[)）\]]?"
    r"(?:\s*[:：]\s*(?P<text>.*))?"
)
_TIME_FIRST = re.compile(rf"[\[(（]?\s*(?P<start>{CLOCK}){_UNTIL}\s*(?:[\])）]\s*|\s+|$)(?P<rest>.*)")
_MARKER = re.compile(r"\s*(?:文字记录|文字紀錄|会议记录|转写记录|Transcript|Transcription)\s*[:：]?\s*", re.IGNORECASE)
# A turn on one line can be long; its head is not.
_LONGEST_HEAD = 2000


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that starts a turn. `text` is what the same line already says."""

    line: int
    speaker: str | None
    start: str
    text: str


def parse_minutes(text: str) -> Transcript | None:
    """Read a minutes-like text, or None when no line starts a turn.

    A turn ends where the next later one starts; the end of the last is unknown.
    """
    lines = text.split("\n")
    marker = next((i for i, line in enumerate(lines) if _MARKER.fullmatch(line)), None)
    heads = _heads(lines, 0 if marker is None else marker + 1)
    if not heads:
        return None
    bounds = [*(head.line for head in heads[1:]), len(lines)]
    starts = [parse_clock(head.start) for head in heads]
    cues = [
        Cue(
            join_lines([head.text, *lines[head.line + 1 : bound]]),
            head.speaker,
            starts[i],
            _next_start(starts, i),
            starts[i] is None,
        )
        for i, (head, bound) in enumerate(zip(heads, bounds, strict=True))
    ]
    found, warnings = to_lines(cues)
    title, day = read_header(lines[: heads[0].line if marker is None else marker])
    return Transcript(found, title=title, date=day, warnings=tuple(warnings))


def _heads(lines: Sequence[str], first: int) -> list[_Head]:
    """The lines that start turns. A spoken line that merely ends in a time is none of them: real ones share a manner
    (a blank line above, hours written or not)."""
    heads = [head for i in range(first, len(lines)) if (head := _head(lines, i))]
    apart = [head for head in heads if head.line == first or not lines[head.line - 1].strip()]
    if len(apart) * 2 > len(heads):
        heads = apart
    with_hours = [head for head in heads if head.start.count(":") == 2]
    return with_hours if len(with_hours) * 2 > len(heads) and heads[0] in with_hours else heads


def _head(lines: Sequence[str], i: int) -> _Head | None:
    line = lines[i].strip()[:_LONGEST_HEAD]
    if ":" not in line:
        return None
    rest_of_line = lines[i].strip()[_LONGEST_HEAD:]
    if match := _TIME_FIRST.fullmatch(line):
        speaker, text = _speaker_of(match["rest"], lines[i + 1] if i + 1 < len(lines) else "")
        return _Head(i, speaker, match["start"], text + rest_of_line)
    if match := _NAME_FIRST.fullmatch(line):
        return _Head(i, match["name"].strip(), match["start"], (match["text"] or "") + rest_of_line)
    return None


def _speaker_of(rest: str, below: str) -> tuple[str | None, str]:
    """Who speaks and what, of the text behind a clock time."""
    if pair := split_name(rest):
        return pair
    alone = bool(below.strip()) and not _TIME_FIRST.match(below.strip())
    if alone and is_name(rest.rstrip(":：").strip()):
        return rest.rstrip(":：").strip(), ""
    return None, rest


def _next_start(starts: Sequence[float | None], i: int) -> float | None:
    start = starts[i]
    if start is None:
        return None
    later = (starts[j] for j in range(i + 1, len(starts)))
    return next((time for time in later if time is not None and time > start), None)
