from __future__ import annotations

import pytest

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.errors import BadInputError
from ingestion.speech.rehearing import Reheard, around_words, checked_span, laid_over, only_language, within


def said(start: float, *words: str, language: str = "en") -> SpokenSegment:
    """A word a second, each 0.8 s long."""
    timed = tuple(Word(f" {word}", start + at, start + at + 0.8, 0.9) for at, word in enumerate(words))
    return SpokenSegment(start, start + len(words), " ".join(words), language, 0.9, timed)


FIRST = [said(0, "we", "shiver", "in", "april"), said(5, "who", "tells", "them")]


def texts(segments: list[SpokenSegment]) -> list[str]:
    return [segment.text for segment in segments]


def test_a_span_is_replaced_and_segments_around_it_are_cut_at_their_words():
    heard = laid_over(FIRST, [Reheard(Span(1.0, 6.9), (said(1, "ship", "on", "may"), said(5, "when")))])
    assert texts(heard) == ["we", "ship on may", "when", "them"]
    assert [(one.start, one.end) for one in heard] == [(0, 0.8), (1, 4), (5, 6), (7, 7.8)]


def test_both_sides_of_a_cut_segment_stay():
    heard = laid_over(FIRST, [Reheard(Span(1.0, 3.0), ())])
    assert texts(heard) == ["we", "april", "who tells them"]


def test_a_later_rehearing_lies_over_an_earlier_one_and_without_it_that_is_back():
    one = Reheard(Span(0.0, 4.0), (said(0, "a", "b", "c", "d"),))
    other = Reheard(Span(2.0, 4.0), (said(2, "x", "y"),))
    assert texts(laid_over(FIRST, [one, other])) == ["a b", "x y", "who tells them"]
    assert texts(laid_over(FIRST, [one])) == ["a b c d", "who tells them"]
    assert laid_over(FIRST, []) == FIRST


def test_a_segment_without_words_goes_where_its_middle_lies():
    wordless = SpokenSegment(0.0, 4.0, "no words", "en", 0.9)
    assert laid_over([wordless], [Reheard(Span(0.0, 1.9), ())]) == [wordless]
    assert laid_over([wordless], [Reheard(Span(1.0, 2.1), ())]) == []
    assert within([wordless], Span(1.0, 2.1)) == [wordless]


def test_an_edge_inside_a_word_moves_out():
    assert around_words(Span(1.4, 5.5), FIRST) == Span(1.0, 5.8)
    assert around_words(Span(0.9, 4.5), FIRST) == Span(0.9, 4.5)


def test_what_lies_within_a_span_is_cut_out():
    assert texts(within(FIRST, Span(2.0, 6.0))) == ["in april", "who"]


def test_a_span_is_clamped_to_the_recording():
    assert checked_span(-3.0, 5.0, 60.0) == Span(0.0, 5.0)
    assert checked_span(50.0, 90.0, 60.0) == Span(50.0, 60.0)


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (5, 5, "before it begins"),
        (6, 5, "before it begins"),
        (60, 70, "outside"),
        (-5, 0, "outside"),
        (0, 601, "601 s"),
    ],
)
def test_a_span_that_cannot_be_heard_is_refused(start: float, end: float, why: str):
    with pytest.raises(BadInputError, match=why):
        checked_span(start, end, 60.0 if end < 600 else 7200.0)


def test_the_only_language():
    assert only_language(FIRST) == "en"
    assert only_language([*FIRST, said(9, "好", language="zh")]) is None
    assert only_language([]) is None
