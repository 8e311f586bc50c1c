"""What a recogniser invents rather than hears: loops, subtitle credits on silence, speech where nobody speaks.

Pure functions. A phrase is never dropped for its words alone: it must also be badly heard, or stand alone in silence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.speech.decoding import STYLE_PROMPTS

_LOOP_REPEATS = 5
_SHORT_LOOP_REPEATS = 8
"""People say 对 or "no" up to seven times in a row, a phrase up to four times; more is a loop."""

_LOOP_LONGEST = 40
_SAME_SEGMENTS = 4
_SAME_SHORT_SEGMENTS = 8
_SHORT_UNITS = 4
"""Up to so many spoken units a line is a courtesy that many people say in turn (谢谢大家)."""

_MIN_SPEECH_SHARE = 0.1
_ALONE_SECONDS = 3.0
_DOUBTFUL = 0.6
_SURE = 0.85
_MAX_UNITS_PER_SECOND = 16.0
"""Fast talk is about 8 Chinese characters or 6 English words a second."""

_RATE_MIN_UNITS = 6
_IMPOSSIBLE_UNITS_PER_SECOND = 40.0
"""Word times are off by tenths of a second, so a line that was heard well is given this much room."""

_CREDIT_SHARE = 0.5
"""A credit makes up at least this share of its line; a line that only mentions such words is speech."""

# Credits and sign-offs of the subtitles that Whisper was trained on; compared without spaces, marks and case.
_CREDITS = re.compile(
    "|".join(
        (
            r"请不吝?点赞.*(订阅|訂閱)|請不吝點讚",
            r"(订阅|訂閱).*(转发|轉發).*(打赏|打賞)",
            r"(点赞|點讚).*(订阅|訂閱).*(转发|轉發)?",
            r"明[镜鏡][与與][点點][点點][栏欄]目",
            r"字幕由.{1,12}(提供|制作|製作)",
            r"字幕(制作|製作|志愿者|志願者|組|组|by|提供).{0,12}",
            r"(中文|英文)字幕",
            r"(谢谢|謝謝|感谢|感謝)(您的|大家的?|你的)?(观看|觀看|收看|收聽|收听)",
            r"thank(s|you)(somuch)?forwatching",
            r"^(subtitles?|transcri(bed|ption))(created)?by.{0,30}|^captions?by.{0,30}|amaraorg",
            r"(please)?(like,?and)?subscribe(to(my|our)channel)?$",
            r"seeyou(in)?(the)?next(video|time)$",
        )
    )
)
_SIGN_OFFS = frozenset({"谢谢", "謝謝", "thankyou", "thanks", "bye", "byebye", "再见", "再見", "you", "下期再见"})
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


_PROMPTS = frozenset("".join(_WORD.findall(prompt)).casefold() for prompt in STYLE_PROMPTS.values())
"""What the recogniser was told, which it says again where it hears nothing but noise."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A segment that was taken out, and why, in one line."""

    segment: SpokenSegment
    reason: str


def guard(segments: Sequence[SpokenSegment], speech: Sequence[Span]) -> tuple[list[SpokenSegment], list[Dropped]]:
    """Split segments into those to keep, in order, and those that were not really said.

    `speech` are the stretches in which somebody speaks, in order, in the same time as the segments. A segment that
    only ends in a loop is kept with the loop said once.
    """
    kept: list[SpokenSegment] = []
    dropped: list[Dropped] = []
    repeated = _repeated(segments)
    for index, segment in enumerate(segments):
        reason = _why_not_said(segments, index, speech) or ("repeated" if index in repeated else None)
        shortened = None if reason else _without_loop(segment)
        if reason is not None:
            dropped.append(Dropped(segment, reason))
        elif shortened is None:
            dropped.append(Dropped(segment, "a loop"))
        else:
            kept.append(shortened)
    return kept, dropped


def _why_not_said(segments: Sequence[SpokenSegment], index: int, speech: Sequence[Span]) -> str | None:
    segment = segments[index]
    if not _normal(segment.text):
        return "no words"
    share = speech_share(segment, speech)
    if share < _MIN_SPEECH_SHARE:
        return "outside speech"
    if _is_credit(segment.text):
        alone = _alone(segments, index) and segment.confidence < _SURE
        if alone or share < 0.5 or segment.confidence < _DOUBTFUL:
            return "a subtitle credit that was not said"
    if _normal(segment.text) in _PROMPTS and segment.confidence < _DOUBTFUL:
        return "the recogniser's own prompt"
    if _normal(segment.text) in _SIGN_OFFS and segment.confidence < _DOUBTFUL and share < 0.5:
        return "a sign-off on silence"
    limit = _MAX_UNITS_PER_SECOND if segment.confidence < _SURE else _IMPOSSIBLE_UNITS_PER_SECOND
    if units(segment.text) >= _RATE_MIN_UNITS and _rate(segment) > limit:
        return "faster than anyone speaks"
    return None


def speech_share(segment: SpokenSegment, speech: Sequence[Span]) -> float:
    """Share of a segment's time in which somebody speaks, 0..1."""
    length = max(segment.end - segment.start, 1e-3)
    first = max(0, bisect_right(speech, segment.start, key=lambda span: span.start) - 1)
    covered = 0.0
    for span in speech[first:]:
        if span.start >= segment.end:
            break
        covered += max(0.0, min(span.end, segment.end) - max(span.start, segment.start))
    return min(1.0, covered / length)


def units(text: str) -> int:
    """Length of a text in spoken units: a Chinese, Japanese or Korean character, or a word of another script."""
    cjk = len(_CJK.findall(text))
    return cjk + len(_WORD.findall(_CJK.sub(" ", text)))


def _rate(segment: SpokenSegment) -> float:
    return units(segment.text) / max(segment.end - segment.start, 1e-3)


def _normal(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()


def _is_credit(text: str) -> bool:
    normal = _normal(text)
    return sum(len(match[0]) for match in _CREDITS.finditer(normal)) > _CREDIT_SHARE * len(normal)


def _alone(segments: Sequence[SpokenSegment], index: int) -> bool:
    """Whether nothing else is said shortly before and after; credits in a row count as one."""
    segment = segments[index]
    others = [other for other in segments if not _is_credit(other.text)]
    return not any(
        other.end > segment.start - _ALONE_SECONDS and other.start < segment.end + _ALONE_SECONDS for other in others
    )


def _repeated(segments: Sequence[SpokenSegment]) -> set[int]:
    """Segments that say again what the ones before said, when that happens too often in a row to be speech."""
    again: set[int] = set()
    start = 0
    for index in range(1, len(segments) + 1):
        same = index < len(segments) and _normal(segments[index].text) == _normal(segments[start].text)
        if same:
            continue
        short = units(segments[start].text) <= _SHORT_UNITS
        if index - start >= (_SAME_SHORT_SEGMENTS if short else _SAME_SEGMENTS):
            again.update(range(start + 1, index))
        start = index
    return again


def _without_loop(segment: SpokenSegment) -> SpokenSegment | None:
    """The segment with its loop said once; None when it is nothing but a loop."""
    loop = _find_loop(segment.text)
    if loop is None:
        return segment
    start, once, end = loop
    if not _normal(segment.text[:start] + segment.text[end:]):
        return None
    return replace(
        segment,
        text=segment.text[:once] + segment.text[end:],
        words=_words_outside(segment.words, once, end),
    )


def _find_loop(text: str) -> tuple[int, int, int] | None:
    """Where a loop starts, where its first round ends, and where it ends, as indices into the text."""
    for length in range(1, min(_LOOP_LONGEST, len(text) // _LOOP_REPEATS) + 1):
        for match in re.finditer(rf"(.{{{length}}})\1{{{_LOOP_REPEATS - 1},}}", text, re.DOTALL):
            once = match[1]
            enough = _LOOP_REPEATS if units(once) > 1 else _SHORT_LOOP_REPEATS
            if _normal(once) and not _normal(once).isdigit() and len(match[0]) // length >= enough:
                return match.start(), match.start() + length, match.end()
    return None


def _words_outside(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    """The words that do not lie within those indices of the text that the words spell."""
    kept: list[Word] = []
    spelled = "".join(word.text for word in words)
    position = len(spelled.lstrip()) - len(spelled)
    for word in words:
        middle = position + len(word.text) / 2
        if not start <= middle < end:
            kept.append(word)
        position += len(word.text)
    return tuple(kept)
