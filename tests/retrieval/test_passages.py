"""Finds side by side are one passage."""

from __future__ import annotations

from retrieval.passages import passages

A = ("a", 0, 4, 9.0)
A_NEXT = ("a", 5, 9, 8.0)
A_LATER = ("a", 15, 19, 7.0)
B = ("b", 5, 9, 6.0)


def test_neighbours_become_one_with_the_best_score_and_free_a_place() -> None:
    assert passages([A_NEXT, A, A_LATER, B], limit=2, joining=4) == [("a", 0, 9, 8.0), A_LATER]


def test_another_meeting_or_a_gap_is_another_passage() -> None:
    assert passages([A, A_LATER, B], limit=9, joining=3) == [A, A_LATER, B]


def test_a_find_joins_even_when_the_places_are_taken() -> None:
    assert passages([A, B, A_NEXT], limit=2, joining=3) == [("a", 0, 9, 9.0), B]


def test_a_passage_ends_at_three_chunks() -> None:
    row = [("a", at, at, 1.0) for at in range(5)]
    assert passages(row, limit=9, joining=5) == [("a", 0, 2, 1.0), ("a", 3, 4, 1.0)]


def test_poor_finds_stand_alone() -> None:
    assert passages([A, A_NEXT], limit=9, joining=1) == [A, A_NEXT]
