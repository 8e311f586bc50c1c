"""What people said laid over what was read: the pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from agents.ledger.domain import Due, Field, ItemDraft, ItemKind, Mark, Measure, Owner
from agents.ledger.edits import Anchor, Edit, Found, Operation, anchored
from agents.ledger.edits_applying import Applied, Transcript, applied
from agents.ledger.edits_identity import identified
from agents.ledger.edits_places import places

AT = datetime(2026, 3, 5, tzinfo=UTC)
SAID = ["Let's begin.", "I'll write the report by Friday.", "Fine, and Bo tests it.", "The load is 40 percent."]
PROMISE = ItemDraft(
    ItemKind.COMMITMENT, (1, 2), "I'll write the report.", 0.8, Owner("Ann", (1,)), Due(date(2026, 3, 6), "Friday", 1)
)
LOAD = ItemDraft(ItemKind.METRIC, (3,), "40", 0.8, measure=Measure("load", Decimal(40), "percent", "40 percent", 3))
KEPT, CUT = Transcript(SAID, recut=False), Transcript(SAID, recut=True)


def edit(
    operation: Operation,
    said: ItemDraft = PROMISE,
    *,
    id: str = "p",
    number: int = 1,
    derived: bool = True,
    after: Mapping[str, Any] | None = None,
    **values: Any,
) -> Edit:
    return Edit(f"e{number}", operation, id, anchored(said, SAID, derived=derived), AT, after or {}, values)


def only(found: tuple[Found, ...]) -> ItemDraft:
    (one,) = found
    return one.said


class TestPlaces:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (SAID, (1,)),
            (["A new line.", *SAID], (2,)),
            (["Let's begin.", "I'll write the report", "by Friday.", "Fine."], (1, 2)),
            (["Let's begin. I'll write the report by Friday. Fine"], (0,)),
            (["Let's begin.", "I will write a report by Friday."], (1,)),
            (["Let's begin.", "Nobody writes anything down."], ()),
            ([], ()),
        ],
    )
    def test_a_line_of_a_recording_is_found_by_its_words(self, now: list[str], expected: tuple[int, ...]) -> None:
        assert places({1: SAID[1]}, now, recut=True) == {1: expected}

    def test_of_the_same_words_the_nearest(self) -> None:
        assert places({2: "Okay."}, ["Okay.", "No.", "No.", "Okay."], recut=True) == {2: (3,)}

    def test_a_line_of_a_transcript_keeps_its_number(self) -> None:
        assert places({1: SAID[1], 7: "x"}, ["a", "b"], recut=False) == {1: (1,), 7: ()}

    def test_chinese(self) -> None:
        said = "我周五之前把报告写完。"
        assert places({0: said}, ["好的。", "我周五之前", "把报告写完"], recut=True) == {0: (1, 2)}


class TestApplied:
    def test_nothing_said_changes_nothing(self) -> None:
        found = (Found("p", PROMISE), Found("m", LOAD))
        assert applied(found, [], KEPT).items == found

    def test_later_events_win_field_by_field(self) -> None:
        edits = [
            edit(Operation.CHANGE, after={"owner": "Mina", "due": None}),
            edit(Operation.CHANGE, number=2, after={"owner": "Jon"}),
        ]
        said = only(applied([Found("p", PROMISE)], edits, KEPT).items)
        assert (said.owner, said.due) == (Owner("Jon", ()), None)
        assert set(said.by_hand) == {Mark(Field.OWNER, AT), Mark(Field.DUE, AT)}
        assert said.lines == PROMISE.lines

    def test_a_measure_keeps_what_was_not_set(self) -> None:
        change = edit(Operation.CHANGE, LOAD, id="m", after={"value": "41.5"})
        measure = only(applied([Found("m", LOAD)], [change], KEPT).items).measure
        assert measure == Measure("load", Decimal("41.5"), "percent", "41.5 percent", 3)

    def test_what_was_removed_is_not_found_again(self) -> None:
        result = applied(
            [Found("p", PROMISE)], [edit(Operation.CHANGE, after={"text": "x"}), edit(Operation.REMOVE)], KEPT
        )
        assert (result.items, result.lost) == ((), frozenset())

    def test_what_a_reading_misses_stays_where_a_person_spoke_of_it(self) -> None:
        result = applied([], [edit(Operation.CHANGE, after={"owner": "Mina"})], CUT)
        assert only(result.items) == replace(PROMISE, owner=Owner("Mina", ()), by_hand=(Mark(Field.OWNER, AT),))
        moved = Transcript(["New.", *SAID], recut=True)
        said = only(applied([], [edit(Operation.CONFIRM)], moved).items)
        assert (said.lines, said.owner, said.due) == ((2, 3), Owner("Ann", (2,)), replace(PROMISE.due, line=2))

    @pytest.mark.parametrize("recut", [True, False])
    def test_what_is_gone_with_its_words_is_lost_and_told(self, recut: bool) -> None:
        other = Transcript(["Let's begin.", "Hm.", "Hm.", "Hm."], recut=recut)
        result = applied([], [edit(Operation.CHANGE, after={"owner": "Mina"}), edit(Operation.REMOVE, number=2)], other)
        assert (result.items, result.lost) == ((), {"e1"})

    def test_what_a_person_made_goes_with_the_event_that_made_it(self) -> None:
        change = edit(Operation.CHANGE, id="a", derived=False, after={"owner": "Mina"}, number=2)
        made = edit(Operation.ADD, PROMISE, id="a", derived=False, after={"owner": "Bo"})
        assert only(applied([], [made, change], KEPT).items).owner == Owner("Mina", ())
        assert applied([], [change], KEPT) == Applied((), frozenset({"e2"}))

    def test_lines_that_are_added_are_quoted_as_they_are_now(self) -> None:
        made = edit(Operation.ADD, PROMISE, id="a", derived=False)
        now = Transcript([SAID[0], "I'll write the review by Friday.", *SAID[2:]], recut=False)
        said = only(applied([], [made], now).items)
        assert (said.text, said.confidence) == ("I'll write the review by Friday. Fine, and Bo tests it.", 1.0)
        assert applied([], [made], Transcript(SAID[:1], recut=False)).lost == {"e1"}

    def test_a_split_gives_each_part_what_its_lines_say(self) -> None:
        parts = [
            {"id": "p", "lines": [2], "text": None, "kind": None},
            {"id": "q", "lines": [1], "text": "Write it.", "kind": "question"},
        ]
        whole = replace(PROMISE, measure=Measure("load", Decimal(1), "", "1", 3))
        first, second = applied([Found("p", whole)], [edit(Operation.SPLIT, parts=parts)], KEPT).items
        assert (first.said.text, first.said.owner, first.said.due) == (SAID[2], None, None)
        assert (first.said.measure, second.said.measure) == (whole.measure, None)
        assert (second.id, second.said.kind, second.said.text) == ("q", ItemKind.QUESTION, "Write it.")
        assert (second.said.owner, second.said.due) == (PROMISE.owner, PROMISE.due)

    def test_a_told_status_is_an_item_of_its_day(self) -> None:
        told = edit(Operation.STATUS, id="p", after={"status": "done"})
        told = replace(told, values={"id": "s", "type": "fulfils", "on": "2026-03-20"})
        _, status = applied([Found("p", PROMISE)], [told], KEPT).items
        assert (status.id, status.said.kind, status.said.told_on) == ("s", ItemKind.UPDATE, date(2026, 3, 20))
        assert status.said.lines == PROMISE.lines


class TestIdentified:
    def ids(self, old: list[Found], new: list[ItemDraft], edits: list[Edit], now: Transcript = KEPT) -> list[str]:
        return [one.id for one in identified(old, [Found(f"new{n}", said) for n, said in enumerate(new)], edits, now)]

    def test_the_same_lines_before_some_of_them_and_the_same_text_before_both(self) -> None:
        longer = replace(PROMISE, lines=(1, 2, 3))
        assert self.ids([Found("p", PROMISE)], [longer, PROMISE], []) == ["new0", "p"]
        two = [Found("a", replace(PROMISE, text="one")), Found("b", replace(PROMISE, text="two"))]
        assert self.ids(two, [two[1].said, two[0].said], []) == ["b", "a"]
        assert self.ids(two, [two[1].said], []) == ["b"]

    def test_another_kind_or_other_lines_are_something_else(self) -> None:
        others = [replace(PROMISE, kind=ItemKind.DECISION), replace(PROMISE, lines=(0,))]
        assert self.ids([Found("p", PROMISE)], others, []) == ["new0", "new1"]

    def test_what_a_person_spoke_of_is_known_again_after_a_reading_that_missed_it(self) -> None:
        assert self.ids([], [PROMISE], [edit(Operation.REJECT)]) == ["p"]

    def test_lines_that_were_cut_anew_are_known_by_their_words(self) -> None:
        now = Transcript(["New.", "Newer.", *SAID], recut=True)
        moved, other = replace(PROMISE, lines=(3, 4)), replace(PROMISE, lines=(1,), text="Newer.")
        spoken_of = [edit(Operation.CHANGE, after={"owner": "Mina"})]
        assert self.ids([Found("p", PROMISE)], [other, moved], spoken_of, now) == ["new0", "p"]

    def test_what_a_person_made_is_it_once_it_is_found_on_the_very_lines(self) -> None:
        made = [edit(Operation.ADD, PROMISE, id="a", derived=False)]
        assert self.ids([], [replace(PROMISE, text="other")], made) == ["a"]
        assert self.ids([], [replace(PROMISE, lines=(1,))], made) == ["new0"]
        assert self.ids([Found("p", PROMISE)], [PROMISE], made) == ["p"]


def test_an_anchor_has_the_words_of_every_line_that_an_item_stands_on() -> None:
    far = replace(PROMISE, due=Due(date(2026, 3, 6), "Friday", 3))
    assert anchored(far, SAID, derived=True) == Anchor(far, {1: SAID[1], 2: SAID[2], 3: SAID[3]}, True)
