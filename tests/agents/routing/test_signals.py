from __future__ import annotations

import pytest

from agents.llm.domain import Shape, Signals
from agents.routing.signals import signals_of
from retrieval.domain import Line


def lines(*said: tuple[str | None, str]) -> list[Line]:
    return [Line(i, who, i * 5.0, i * 5.0 + 4, text) for i, (who, text) in enumerate(said)]


def test_nothing_is_known_of_nothing() -> None:
    assert signals_of([]) == Signals(0, 0, False, Shape.MEETING)
    assert signals_of(lines((None, "We ship on Monday."))) == Signals(0, 0, False, Shape.MEETING)


def test_speakers_disputes_and_items_are_counted_in_english() -> None:
    found = signals_of(
        lines(
            ("Ann", "Let's move on to the next item on the agenda."),
            ("Bo", "I disagree, that is far too late for the customer."),
            ("Cy", "I don't think so."),
            ("Ann", "The next topic is the budget."),
        )
    )
    assert found == Signals(3, 2, True, Shape.MEETING)


def test_speakers_disputes_and_items_are_counted_in_chinese() -> None:
    found = signals_of(
        lines(
            ("安", "下一个议题是预算。"),
            ("博", "我不同意，这样太晚了。"),
            ("程", "我反对这个方案。"),
            ("安", "好，下一个话题。"),
        )
    )
    assert found == Signals(3, 2, True, Shape.MEETING)


def test_one_item_is_no_agenda_and_a_but_is_no_dispute() -> None:
    found = signals_of(lines(("Ann", "Let's move on."), ("Bo", "But first the budget."), ("Cy", "不过先说预算。")))
    assert (found.agenda, found.disputes) == (False, 0)


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ([("Ann", "word " * 9), ("Bo", "word " * 1)], Shape.LIVESTREAM),
        ([("Ann", "word " * 6), ("Bo", "word " * 4)], Shape.CALL),
        ([("Ann", "word " * 4), ("Bo", "word " * 4), ("Cy", "word " * 4)], Shape.MEETING),
        ([("Ann", "word " * 4), (None, "word " * 4)], Shape.MEETING),
    ],
)
def test_the_shape_is_told_by_who_holds_the_floor(said: list[tuple[str | None, str]], shape: Shape) -> None:
    assert signals_of(lines(*said)).shape is shape
