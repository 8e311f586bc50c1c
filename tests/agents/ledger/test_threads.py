from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Owner
from agents.ledger.threads import Status, Thread, outlines, threads

MARCH = {day: date(2026, 3, day) for day in (2, 9, 16, 23, 30)}


def item(
    id: str, day: int, kind: ItemKind = ItemKind.COMMITMENT, owner: str | None = None, due: int | None = None
) -> Item:
    draft = ItemDraft(
        kind,
        (0,),
        f"what {id} says",
        0.8,
        Owner(owner, (0,)) if owner else None,
        Due(date(2026, 3, due), f"the {due}th", 0) if due else None,
    )
    return Item(id, f"meeting-{day}", MARCH[day], draft)


def link(later: str, earlier: str, type: LinkType, confidence: float = 0.8, confirmed: bool | None = None) -> Link:
    return Link(later, earlier, type, confidence, "because", confirmed)


def only(found: list[Thread]) -> Thread:
    (thread,) = found
    return thread


def test_links_make_one_thread_in_the_order_of_the_meetings() -> None:
    items = [item("c", 16), item("a", 2), item("b", 9)]
    thread = only(threads(items, [link("c", "b", LinkType.FULFILS), link("b", "a", LinkType.CONTINUES)]))
    assert [step.item.id for step in thread.steps] == ["a", "b", "c"]
    assert thread.id == "a"
    assert thread.status(MARCH.values()) is Status.DONE


def test_the_newest_change_says_whose_and_by_when_it_is() -> None:
    items = [item("a", 2, owner="Ann", due=11), item("b", 9, owner="Bo", due=18), item("c", 16, owner="Cy", due=30)]
    links = [link("b", "a", LinkType.HANDS_OVER), link("c", "b", LinkType.CONTINUES)]
    thread = only(threads(items, links))
    assert thread.owner and thread.owner.name == "Bo"
    assert thread.due and thread.due.day == date(2026, 3, 18)
    assert thread.current.id == "b"


@pytest.mark.parametrize("confirmed", [False, None, True])
def test_a_rejected_link_joins_nothing(confirmed: bool | None) -> None:
    links = [link("b", "a", LinkType.RESTATES, confirmed=confirmed)]
    assert len(threads([item("a", 2), item("b", 9)], links)) == (2 if confirmed is False else 1)


def test_what_conflicts_stays_apart() -> None:
    assert len(threads([item("a", 2), item("b", 9)], [link("b", "a", LinkType.CONFLICTS)])) == 2


def test_what_a_person_confirmed_wins_over_a_surer_guess() -> None:
    items = [item("a", 2), item("b", 2), item("c", 9)]
    links = [link("c", "a", LinkType.RESTATES, 0.99), link("c", "b", LinkType.FULFILS, 0.3, confirmed=True)]
    found = {thread.id: thread for thread in threads(items, links)}
    assert [step.item.id for step in found["b"].steps] == ["b", "c"]
    assert len(found["a"].steps) == 1


def test_an_update_that_is_linked_to_nothing_is_no_thread() -> None:
    assert threads([item("u", 9, ItemKind.UPDATE)], []) == []


def test_a_link_to_what_is_gone_joins_nothing() -> None:
    assert only(threads([item("b", 9)], [link("b", "a", LinkType.FULFILS)])).id == "b"


class TestDropped:
    def test_due_and_never_spoken_of_again(self) -> None:
        thread = only(threads([item("a", 2, due=12)], []))
        assert thread.dropped_on([MARCH[2], MARCH[9]]) is None
        assert thread.dropped_on(MARCH.values()) == MARCH[16]
        assert thread.status([MARCH[2], MARCH[9], MARCH[16]]) is Status.DROPPED

    def test_spoken_of_after_its_day_it_is_not_dropped_in_that_meeting(self) -> None:
        items = [item("a", 2, due=6), item("b", 9, ItemKind.UPDATE)]
        thread = only(threads(items, [link("b", "a", LinkType.CONTINUES)]))
        assert thread.dropped_on([MARCH[2], MARCH[9]]) is None
        assert thread.dropped_on([MARCH[2], MARCH[9], MARCH[16]]) == MARCH[16]

    def test_not_on_the_day_itself(self) -> None:
        assert only(threads([item("a", 2, due=9)], [])).dropped_on([MARCH[9]]) is None

    def test_what_is_done_or_has_no_day_is_never_dropped(self) -> None:
        done = threads([item("a", 2, due=6), item("b", 9)], [link("b", "a", LinkType.FULFILS)])
        assert only(done).dropped_on(MARCH.values()) is None
        assert only(threads([item("a", 2)], [])).dropped_on(MARCH.values()) is None


@pytest.mark.parametrize(
    ("kind", "does", "status"),
    [
        (ItemKind.DECISION, LinkType.REVERSES, Status.IN_FORCE),
        (ItemKind.COMMITMENT, LinkType.REDATES, Status.REDATED),
        (ItemKind.COMMITMENT, LinkType.HANDS_OVER, Status.HANDED_OVER),
        (ItemKind.COMMITMENT, LinkType.CONTINUES, Status.IN_PROGRESS),
        (ItemKind.QUESTION, LinkType.ANSWERS, Status.ANSWERED),
        (ItemKind.QUESTION, LinkType.CONTINUES, Status.OPEN),
        (ItemKind.RISK, LinkType.WORSENS, Status.GROWING),
        (ItemKind.RISK, LinkType.FULFILS, Status.RESOLVED),
    ],
)
def test_a_step_says_how_it_stands(kind: ItemKind, does: LinkType, status: Status) -> None:
    thread = only(threads([item("a", 2, kind), item("b", 9, kind)], [link("b", "a", does)]))
    assert thread.status(MARCH.values()) is status


def test_until_a_day_only_what_was_said_then_counts() -> None:
    thread = only(threads([item("a", 2), item("b", 16)], [link("b", "a", LinkType.FULFILS)]))
    earlier = thread.until(MARCH[9])
    assert earlier and not earlier.closed
    assert thread.until(date(2026, 3, 1)) is None


def test_what_tells_of_meetings_is_apart_from_the_threads() -> None:
    items = [item("a", 2), item("b", 2, ItemKind.AIM), item("c", 9, ItemKind.AIM), item("d", 9, ItemKind.ROLE)]
    between = [link("c", "b", LinkType.CONTINUES), link("c", "a", LinkType.FULFILS)]
    (promised,) = threads(items, between)
    assert [step.item.id for step in promised.steps] == ["a"]
    told = outlines(items)
    assert [[step.item.id for step in thread.steps] for thread in told] == [["b"], ["c"], ["d"]]
    assert {thread.status(MARCH.values()) for thread in told} == {Status.SAID}


def test_topics_of_one_name_are_listed_together() -> None:
    def topic(id: str, day: int, name: str) -> Item:
        return Item(id, f"meeting-{day}", MARCH[day], ItemDraft(ItemKind.TOPIC, (0, 5), name, 0.5))

    told = outlines([topic("c", 16, "Budget"), topic("a", 2, "budget"), topic("b", 9, "hiring")])
    assert [[step.item.id for step in thread.steps] for thread in told] == [["a", "c"], ["b"]]
