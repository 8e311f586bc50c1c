"""What every transcript format shares: clock times, their repair, and names in front of what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingestion.domain import TranscriptLine

MAX_SECONDS = 7 * 24 * 3600.0
"""A time beyond this cannot be a position in a recording."""

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
"""[hours:]minutes:seconds[.fraction], as a regular expression without groups."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,6}))?")
_HAN = r"\u3400-\u9fff"
_HAN_END = re.compile(rf"[{_HAN}，。！？、；：]")
_HAN_START = re.compile(rf"[{_HAN}]")
_NAME = re.compile(r"^(?:>>\s*|[-–—]\s+)?([^\s:：\d][^:：\n]{0,59}?)\s*[:：](?!//)\s*(\S.*)$", re.DOTALL)
_HAN_NAME = re.compile(rf"^[{_HAN}·]{{1,8}}(?:[\s_-]?[A-Za-z0-9]{{1,3}})?(?:\s?[(（][^()（）]{{1,20}}[)）])?$")
_LATIN_NAME = re.compile(r"^[^\W\d_][\w.'’@-]*(?:[ _][\w.'’&-]+){0,4}(?:\s?[(（][^()（）]{1,30}[)）])?$")
# Pronouns and particles stand in sentences, not in names.
_HAN_SENTENCE = re.compile("[我你您他她它这那的是了吗呢吧说想要有没就都也]")
# Headings that stand before a colon where a name could.
_LABELS = frozenset({
    "note", "notes", "warning", "example", "question", "answer", "summary", "agenda", "action", "actions", "todo",
    "topic", "date", "time", "title", "http", "https",
    "注意", "备注", "问题", "回答", "例如", "比如", "总结", "结论",
    "首先", "其次", "最后", "第一", "第二", "第三", "时间", "地点", "主题",
    "日期", "标题", "议题", "关键词", "参会人", "参会人员", "会议时间", "会议主题", "会议地点", "录制时间", "创建时间",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A timed piece of a source, as written. Times that could not be read are None and were `garbled`."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    garbled: bool = False


def parse_clock(text: str) -> float | None:
    """Seconds of a clock time such as `01:02:03.450`, `02:03` or `00:01:02,5`; None if it is not one."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    total = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")
    return round(total, 6) if int(seconds) < 60 and total <= MAX_SECONDS else None


def join_lines(lines: Iterable[str]) -> str:
    """One line out of several: a space between them, none between Chinese ones."""
    pieces: list[str] = []
    for line in (stripped for line in lines if (stripped := line.strip())):
        if pieces and not (_HAN_END.match(pieces[-1][-1]) and _HAN_START.match(line)):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def split_name(text: str) -> tuple[str, str] | None:
    """(name, rest) of `Name: text` when the name can be one, else None."""
    match = _NAME.match(text)
    if match is None:
        return None
    name = " ".join(match[1].split())
    return (name, match[2]) if is_name(name) else None


def is_name(text: str) -> bool:
    """Whether the text can be a person's name or a label such as `Speaker 1`; sentences and headings cannot."""
    if text.lower() in _LABELS or _HAN_SENTENCE.search(text) or len(re.findall(f"[{_HAN}]", text)) > 8:
        return False
    if _HAN_NAME.match(text):
        return True
    words = re.split(r"[ _]", text)
    capitals = sum(not word[:1].islower() for word in words)
    return bool(_LATIN_NAME.match(text)) and (len(words) == 1 or capitals * 2 > len(words))


def name_cues(cues: Sequence[Cue], usual_share: float = 0.5) -> list[Cue]:
    """Move `Name:` from the text to the speaker, where the source as a whole writes names that way.

    A name counts when `usual_share` of the lines have one, or when the same one recurs; a lone "Reminder: ..." stays
    text.
    """
    split = [None if cue.speaker else split_name(cue.text) for cue in cues]
    found = Counter(pair[0] for pair in split if pair)
    spoken = sum(bool(cue.text) and not cue.speaker for cue in cues)
    usual = found.total() >= spoken * usual_share
    return [
        replace(cue, speaker=pair[0], text=pair[1]) if pair and (usual or found[pair[0]] > 1) else cue
        for cue, pair in zip(cues, split, strict=True)
    ]


def to_lines(cues: Sequence[Cue]) -> tuple[tuple[TranscriptLine, ...], list[str]]:
    """Lines in the order of the cues with sane times, and one warning for each kind of repair.

    A time that is negative, unreadable or absurd is dropped; an end before its start becomes the next start, or is
    dropped. Lines out of order keep their times and their place: the place is their index.
    """
    counts: Counter[str] = Counter()
    starts = [_sane(cue.start) for cue in cues]
    lines: list[TranscriptLine] = []
    latest = 0.0
    for i, cue in enumerate(cues):
        start, end = starts[i], _sane(cue.end)
        if cue.garbled or start != cue.start or end != cue.end:
            counts["unreadable"] += 1
        if start is not None:
            counts["disorder"] += start < latest
            latest = max(latest, start)
        if start is None:
            end = None
        elif end is not None and end < start:
            counts["backwards"] += 1
            after = starts[i + 1] if i + 1 < len(cues) else None
            end = after if after is not None and after >= start else None
        lines.append(TranscriptLine(cue.text, cue.speaker, start, end))
    untimed = sum(line.start is None for line in lines)
    if untimed and untimed < len(lines):
        counts["untimed"] = untimed
    return tuple(lines), [_WARNINGS[kind].format(n=n) for kind, n in counts.items() if n]


_WARNINGS = {
    "unreadable": "{n} lines had a time that cannot be read; it was dropped",
    "disorder": "{n} lines start before an earlier line; order and times were kept",
    "backwards": "{n} lines ended before they started; their end was repaired or dropped",
    "untimed": "{n} lines have no time",
}


def _sane(seconds: float | None) -> float | None:
    # The comparison is False for NaN too.
    return seconds if seconds is not None and 0 <= seconds <= MAX_SECONDS else None
