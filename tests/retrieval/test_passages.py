"""Finds are raised by their neighbours, and those side by side are one passage."""

from __future__ import annotations

import random
from datetime import date

import pytest

from retrieval.domain import Evidence, Line
from retrieval.passages import FROM_AFTER, FROM_BEFORE, Find, best_in, passages, raised

A = ("a", 0, 4, 9.0)
A_NEXT = ("a", 5, 9, 8.0)
A_LATER = ("a", 15, 19, 7.0)
B = ("b", 5, 9, 6.0)


def test_neighbours_become_one_with_the_best_score_and_free_a_place() -> None:
    assert passages([A_NEXT, A, A_LATER, B], limit=2, joining=4) == [("a", 0, 9, 8.0), A_LATER]


def test_another_meeting_or_a_gap_is_another_passage() -> None:
    assert passages([A, A_LATER, B], limit=9, joining=3) == [A, A_LATER, B]


def test_a_gap_that_was_found_too_is_part_of_the_passage_and_no_passage_of_its_own() -> None:
    between = ("a", 5, 14, 1.0)
    assert passages([A, A_LATER, B, between], limit=9, joining=4) == [("a", 0, 19, 9.0), B]


def test_a_find_joins_even_when_the_places_are_taken() -> None:
    assert passages([A, B, A_NEXT], limit=2, joining=3) == [("a", 0, 9, 9.0), B]


def test_a_passage_ends_at_three_chunks() -> None:
    row = [("a", at, at, 1.0) for at in range(5)]
    assert passages(row, limit=9, joining=5) == [("a", 0, 2, 1.0), ("a", 3, 4, 1.0)]
    assert passages([row[0], row[3], row[1], row[2]], limit=9, joining=4) == [("a", 0, 2, 1.0), ("a", 3, 3, 1.0)]


def test_poor_finds_stand_alone() -> None:
    assert passages([A, A_NEXT], limit=9, joining=1) == [A, A_NEXT]


def test_the_best_of_a_passage_is_its_first_find() -> None:
    said = tuple(Line(index, None, None, None, "so") for index in range(10))
    passage = Evidence("a", "t", "P", date(2026, 1, 5), said, 9.0)
    assert best_in(passage, [B, A_LATER, A_NEXT, A]) == (5, 9)
    assert best_in(passage, [B, A_LATER]) is None


def test_no_utterance_stands_in_two_passages() -> None:
    pick = random.Random(3)
    for _ in range(300):
        finds = [(meeting, at * 2, at * 2 + 1, 1.0) for meeting in "ab" for at in range(9) if pick.random() < 0.8]
        pick.shuffle(finds)
        found = passages(finds, limit=20, joining=pick.randint(0, len(finds)))
        said = [(meeting, index) for meeting, first, last, _ in found for index in range(first, last + 1)]
        assert len(said) == len(set(said))
        assert {(find[0], find[1]) for find in finds} <= set(said)


def test_finds_are_raised_by_those_beside_them() -> None:
    assert raised([A, A_NEXT, A_LATER, B]) == [
        ("a", 0, 4, pytest.approx(9.0 + FROM_AFTER * 2.0)),
        ("a", 5, 9, pytest.approx(8.0 + FROM_BEFORE * 3.0)),
        A_LATER,
        B,
    ]


def test_a_find_after_a_good_one_passes_one_that_stands_alone() -> None:
    alone, follower, poor = ("c", 0, 4, 8.1), A_NEXT, ("d", 0, 4, 0.0)
    assert [find[:2] for find in raised([A, alone, follower, poor])] == [("a", 0), ("a", 5), ("c", 0), ("d", 0)]


def test_nothing_found_is_nothing() -> None:
    nothing: list[Find] = []
    assert raised(nothing) == passages(nothing, limit=3, joining=0) == []
