from __future__ import annotations

from datetime import date
from decimal import Decimal

from agents.extract.turns import on_their_lines, turns
from agents.ledger.domain import Due, ItemDraft, ItemKind, Measure, Owner
from retrieval.domain import Line

DAY = date(2026, 3, 6)


def line(index: int, speaker: str | None, start: float | None, end: float | None, text: str) -> Line:
    return Line(index, speaker, start, end, text)


BREATHS = [
    line(4, "Ann", 0.0, 2.0, "I'll do the audit."),
    line(5, "Ann", 2.3, 4.0, "By Friday, I think."),
    line(6, "Bo", 4.1, 5.0, "Great."),
    line(8, "Bo", 9.0, 10.0, "Next point."),
    line(9, None, 10.1, 11.0, "Hm."),
    line(10, None, 11.0, 12.0, "Hm."),
]


def test_what_one_speaker_says_without_a_pause_is_one_turn() -> None:
    found = turns(BREATHS)
    assert [[one.index for one in turn.lines] for turn in found] == [[4, 5], [6], [8], [9], [10]]
    assert found[0].whole == line(4, "Ann", 0.0, 4.0, "I'll do the audit. By Friday, I think.")


def test_chinese_is_joined_without_a_space() -> None:
    (turn,) = turns([line(0, "沈岚", 0, 1, "我来写，"), line(1, "沈岚", 1, 2, "周五给。")])
    assert turn.whole.text == "我来写，周五给。"


def test_a_long_turn_is_cut() -> None:
    said = [line(i, "Ann", i, i + 1, "one two three four five six seven eight nine ten") for i in range(10)]
    assert {len(turn.lines) for turn in turns(said)} == {4, 2}


def test_lines_without_times_stay_apart() -> None:
    assert len(turns([line(0, "Ann", None, None, "I will."), line(1, "Ann", None, None, "On Friday.")])) == 2


def test_drafts_stand_on_the_lines_that_say_them() -> None:
    spoken = turns(BREATHS)
    whole = ItemDraft(
        ItemKind.COMMITMENT,
        (4, 6),
        "I'll do the audit. By Friday, I think. Great.",
        0.9,
        Owner("Ann", (4,)),
        Due(DAY, "Friday", 4),
        Measure("audit", Decimal(1), "", "audit", 4),
    )
    (draft,) = on_their_lines([whole], spoken)
    assert draft.lines == (4, 5, 6)
    assert draft.text == "I'll do the audit. By Friday, I think. Great."
    assert draft.owner == Owner("Ann", (4, 5))
    assert draft.due == Due(DAY, "Friday", 5)
    assert draft.measure and draft.measure.line == 4


def test_a_draft_of_lines_that_were_not_joined_stays_as_it_is() -> None:
    alone = ItemDraft(ItemKind.DECISION, (8,), "Next", 0.5)
    assert on_their_lines([alone], turns(BREATHS)) == [alone]
