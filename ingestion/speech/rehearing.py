"""Spans of a recording that were heard again, laid over what was heard first. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.errors import BadInputError

LONGEST_SECONDS = 600.0
"""A longer span is a recording of its own."""

MARGIN_SECONDS = 0.5
"""Sound heard before and after a span, so that its first and last word are whole."""


@dataclass(frozen=True, slots=True)
class Reheard:
    """What was heard in a span when it was heard again."""

    span: Span
    segments: tuple[SpokenSegment, ...]


def checked_span(start: float, end: float, duration: float) -> Span:
    """The span, clamped to a recording of that many seconds. Raises BadInputError."""
    if start >= end:
        raise BadInputError("the span ends before it begins", "give a start that is before the end")
    if start >= duration or end <= 0:
        raise BadInputError(f"the span lies outside the recording of {duration:.0f} s", "give times within it")
    span = Span(max(0.0, start), min(end, duration))
    if span.end - span.start > LONGEST_SECONDS:
        raise BadInputError(
            f"the span is {span.end - span.start:.0f} s long, more than {LONGEST_SECONDS:.0f}", "ask for shorter ones"
        )
    return span


def around_words(span: Span, segments: Sequence[SpokenSegment]) -> Span:
    """The span with each edge that lies inside a word moved out to where that word begins or ends."""
    words = [word for segment in segments for word in segment.words]
    starts = [word.start for word in words if word.start < span.start < word.end]
    ends = [word.end for word in words if word.start < span.end < word.end]
    return Span(min(starts, default=span.start), max(ends, default=span.end))


def laid_over(segments: Sequence[SpokenSegment], heard_again: Sequence[Reheard]) -> list[SpokenSegment]:
    """What was heard, with each of the spans in turn replaced by what was heard there again.

    Segments that reach into a span are cut at their words; one without words goes where its middle lies.
    """
    result = list(segments)
    for one in heard_again:
        result = sorted([*_without(result, one.span), *one.segments], key=lambda segment: segment.start)
    return result


def within(segments: Sequence[SpokenSegment], span: Span) -> list[SpokenSegment]:
    """What was heard in a span; segments are cut at their words."""
    return [part for segment in segments for part in _part(segment, span)]


def shifted(segment: SpokenSegment, by: float) -> SpokenSegment:
    """The segment `by` seconds later."""
    words = tuple(replace(word, start=word.start + by, end=word.end + by) for word in segment.words)
    return replace(segment, start=segment.start + by, end=segment.end + by, words=words)


def only_language(segments: Sequence[SpokenSegment]) -> str | None:
    """The one language that was heard, ISO 639-1; None where there are several, or nothing was heard."""
    spoken = {segment.language for segment in segments}
    return spoken.pop() if len(spoken) == 1 else None


def _without(segments: Sequence[SpokenSegment], span: Span) -> list[SpokenSegment]:
    sides = Span(float("-inf"), span.start), Span(span.end, float("inf"))
    return [part for segment in segments for side in sides for part in _part(segment, side)]


def _part(segment: SpokenSegment, span: Span) -> list[SpokenSegment]:
    """What of a segment lies in a span, at most one segment."""
    if not segment.words:
        return [segment] if _lies_in(segment, span) else []
    words = tuple(word for word in segment.words if _lies_in(word, span))
    if len(words) == len(segment.words):
        return [segment]
    text = "".join(word.text for word in words).strip()
    return [_cut(segment, words, text)] if text else []


def _lies_in(one: SpokenSegment | Word, span: Span) -> bool:
    return span.start <= (one.start + one.end) / 2 < span.end


def _cut(segment: SpokenSegment, words: tuple[Word, ...], text: str) -> SpokenSegment:
    confidence = sum(word.probability for word in words) / len(words)
    return replace(segment, start=words[0].start, end=words[-1].end, text=text, confidence=confidence, words=words)
