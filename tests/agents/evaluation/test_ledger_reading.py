"""Meetings read one after another, with a linker that does what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from agents.evaluation.ledger_reading import Reading, on_lines, read_meetings, same_time, uncited
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Measure, Owner
from agents.ledger.threads import Thread
from agents.link.domain import Linked, Meaning, ReadMeeting
from agents.link.meaning import EmbedderMeaning
from retrieval.domain import Line
from tests.doubles import HashEmbedder

DAY = date(2026, 3, 2)
LINES = tuple(
    Line(i, "Ann", None, None, text)
    for i, text in enumerate(["We decided on the blue one.", "Uh, I'll send 15 plans by Friday."])
)


def test_each_meeting_is_linked_to_what_was_read_before() -> None:
    seen: list[tuple[list[str], list[str]]] = []

    def link(known: Sequence[Thread], meeting: ReadMeeting, _meaning: Meaning) -> Linked:
        seen.append(([thread.id for thread in known], [item.id for item in meeting.items]))
        told = ItemDraft(ItemKind.UPDATE, (0,), "We decided", 0.5)
        updates = [Item(f"{meeting.id}!{n}", meeting.id, meeting.day, told) for n in range(len(known))]
        links = [
            Link(update.id, thread.id, LinkType.CONTINUES, 0.5, "")
            for update, thread in zip(updates, known, strict=True)
        ]
        return Linked(tuple(links), tuple(updates))

    meetings = [("a", DAY, LINES[:1]), ("b", date(2026, 3, 9), LINES[:1])]
    first, second = read_meetings(meetings, EmbedderMeaning(HashEmbedder()), link)
    assert seen == [([], ["a#0"]), (["a#0"], ["b#0"])]
    assert [item.id for item in first.items] == ["a#0"]
    assert [item.id for item in second.items] == ["b#0", "b!0"]
    assert [(one.later, one.earlier) for one in second.links] == [("b!0", "a#0")]
    assert uncited([first, second]) == [0, 0]
    assert uncited([second]) == [1]  # nobody has read what it is linked to


PROMISE = ItemDraft(
    ItemKind.COMMITMENT,
    (1,),
    "I'll send 15 plans by Friday.",
    0.9,
    owner=Owner("Ann", (1,)),
    due=Due(DAY, "by Friday", 1),
)


@pytest.mark.parametrize(
    ("draft", "count"),
    [
        (PROMISE, 0),
        (replace(PROMISE, measure=Measure("plans", 15, "", "15", 1)), 0),  # pyright: ignore[reportArgumentType]
        (replace(PROMISE, text="I'll send 25 plans by Friday."), 1),
        (replace(PROMISE, lines=()), 1),
        (replace(PROMISE, lines=(1, 2)), 1),
        (replace(PROMISE, owner=Owner("Bo", ())), 1),
        (replace(PROMISE, owner=Owner("Bo", (7,)), due=Due(DAY, "by Monday", 1)), 2),
        (replace(PROMISE, due=Due(DAY, "by Friday", 0)), 1),
        (replace(PROMISE, measure=Measure("plans", 25, "", "25", 1)), 1),  # pyright: ignore[reportArgumentType]
    ],
)
def test_what_no_line_says_is_counted(draft: ItemDraft, count: int) -> None:
    assert uncited([Reading("a", LINES, (Item("i", "a", DAY, draft),), ())]) == [count]


def timed(*spans: tuple[float, float] | None) -> list[Line]:
    return [Line(i, None, *(span or (None, None)), "said") for i, span in enumerate(spans)]


def test_heard_lines_stand_for_those_of_the_same_time() -> None:
    spoken = timed((0, 4), (4, 9), (9, 9.6), (10, 15), (19.6, 20.4), (21.7, 22.5), None)
    heard = timed((0.2, 4.4), (3.9, 9.7), (10.1, 12), (12, 14.8), (20, 22), None)
    # 0.4 s of a line of 4 s is no overlap, nor 0.3 s of one of 0.8 s; the whole of one of 0.6 s is
    assert same_time(heard, spoken) == {0: (0,), 1: (1, 2), 2: (3,), 3: (3,), 4: (), 5: ()}
    assert same_time(timed((20.2, 20.6), (21.9, 22)), spoken) == {0: (), 1: (5,)}
    assert same_time(timed((19.9, 20.3)), spoken) == {0: (4,)}


def test_items_go_where_their_lines_go() -> None:
    moved = {0: (3,), 1: (1, 3), 2: ()}
    assert on_lines(replace(PROMISE, lines=(0, 1, 2)), moved).lines == (1, 3)
    assert on_lines(replace(PROMISE, lines=(2, 9)), moved).lines == ()
