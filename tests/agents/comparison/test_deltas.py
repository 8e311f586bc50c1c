from __future__ import annotations

from datetime import date

import pytest

from agents.comparison.deltas import Deltas, Period, deltas
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType
from agents.ledger.threads import threads

FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
HELD = [FIRST, SECOND, THIRD]
NAMES = ("new", "changed", "closed", "carried", "dropped", "metrics")


def item(id: str, day: date, kind: ItemKind = ItemKind.COMMITMENT, due: date | None = None) -> Item:
    return Item(id, str(day), day, ItemDraft(kind, (0,), id, 0.8, due=Due(due, "then", 0) if due else None))


def places(found: Deltas) -> dict[str, list[str]]:
    return {name: [row.thread.id for row in getattr(found, name)] for name in NAMES if getattr(found, name)}


def compared(items: list[Item], links: list[Link], earlier: date = FIRST, later: date = SECOND) -> dict[str, list[str]]:
    return places(deltas(threads(items, links), Period(earlier, earlier), Period(later, later), HELD))


def link(does: LinkType) -> Link:
    return Link("b", "a", does, 0.8, "")


@pytest.mark.parametrize(
    ("does", "place"),
    [
        (LinkType.RESTATES, "carried"),
        (LinkType.CONTINUES, "carried"),
        (LinkType.REFINES, "changed"),
        (LinkType.REVERSES, "changed"),
        (LinkType.REDATES, "changed"),
        (LinkType.HANDS_OVER, "changed"),
        (LinkType.WORSENS, "changed"),
        (LinkType.FULFILS, "closed"),
        (LinkType.ANSWERS, "closed"),
    ],
)
def test_what_a_step_of_the_later_period_does(does: LinkType, place: str) -> None:
    assert compared([item("a", FIRST), item("b", SECOND)], [link(does)]) == {place: ["a"]}


def test_what_was_said_first_in_the_later_period_is_new_and_what_comes_after_it_is_nowhere() -> None:
    assert compared([item("a", SECOND), item("b", THIRD)], []) == {"new": ["a"]}


def test_a_change_before_the_later_period_is_carried() -> None:
    items = [item("a", FIRST), item("b", SECOND)]
    assert compared(items, [link(LinkType.REFINES)], SECOND, THIRD) == {"carried": ["a"]}


def test_what_was_closed_before_is_nowhere() -> None:
    assert compared([item("a", FIRST), item("b", SECOND)], [link(LinkType.FULFILS)], SECOND, THIRD) == {}


def test_dropped_once_and_never_again() -> None:
    due = [item("a", FIRST, due=date(2026, 3, 6))]
    assert compared(due, []) == {"dropped": ["a"]}
    assert compared(due, [], SECOND, THIRD) == {}
    assert compared([item("a", FIRST, due=date(2026, 3, 12))], []) == {"carried": ["a"]}


def test_a_measure_has_its_newest_value_on_both_sides() -> None:
    items = [item("a", FIRST, ItemKind.METRIC), item("b", SECOND, ItemKind.METRIC)]
    found = deltas(
        threads(items, [link(LinkType.CONTINUES)]), Period(FIRST, FIRST), Period(SECOND, SECOND), HELD
    ).metrics
    assert [(row.before and row.before.id, row.after and row.after.id) for row in found] == [("a", "b")]


def test_before_and_after_are_what_held() -> None:
    items = [item("a", FIRST, ItemKind.DECISION), item("b", SECOND, ItemKind.DECISION)]
    (row,) = deltas(
        threads(items, [link(LinkType.REVERSES)]), Period(FIRST, FIRST), Period(SECOND, SECOND), HELD
    ).changed
    assert (row.before and row.before.id, row.after and row.after.id) == ("a", "b")


def test_what_was_dropped_and_taken_up_again_is_changed_then() -> None:
    items = [item("a", FIRST, due=date(2026, 3, 6)), item("b", THIRD, due=date(2026, 3, 20))]
    links = [link(LinkType.REDATES)]
    assert compared(items, links) == {"dropped": ["a"]}
    assert compared(items, links, SECOND, THIRD) == {"changed": ["a"]}
