"""Items paired with the truth of the ledger, and the figures that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agents.evaluation.ledger_figures import OF_LEDGER, OF_SERIES, by_language, kind_figures, series_figures
from agents.evaluation.ledger_records import GoldItem, LedgerMeeting
from agents.evaluation.ledger_scoring import ScoredMeeting, score_meeting
from agents.ledger.domain import Due, ItemDraft, ItemKind, Measure, Owner
from retrieval.domain import Line

DAY = date(2026, 3, 2)


def gold(id: str, *lines: int, kind: ItemKind = ItemKind.DECISION, event: str = "made", **slots: object) -> GoldItem:
    return GoldItem(id, kind, event, lines, id, **slots)  # pyright: ignore[reportArgumentType]


def found(*lines: int, kind: ItemKind = ItemKind.DECISION, owner: str | None = None, due: int = 0) -> ItemDraft:
    return ItemDraft(
        kind,
        lines,
        "said",
        0.9,
        Owner(owner, (0,)) if owner else None,
        Due(date(2026, 3, due), f"the {due}th", 0) if due else None,
    )


def meeting(*items: GoldItem, name: str = "m", language: str = "en") -> LedgerMeeting:
    lines = tuple(Line(i, "Ann", None, None, f"line {i}") for i in range(60))
    return LedgerMeeting(name, language, DAY, lines, items)


def matched(scored: ScoredMeeting) -> dict[tuple[int, ...], str]:
    return {pair.found.lines: pair.gold.id for pair in scored.pairs}


def test_as_many_pairs_as_can_be_come_before_better_ones() -> None:
    one = meeting(gold("a", 1, 2), gold("b", 2, 3))
    # (2, 3) alone fits b better than a; only with it on b can (1,) have a
    assert matched(score_meeting(one, [found(1), found(2, 3)], 0)) == {(1,): "a", (2, 3): "b"}
    # (1, 2) is a word for word, yet only a is left for (1,)
    assert matched(score_meeting(one, [found(1, 2), found(1)], 0)) == {(1, 2): "b", (1,): "a"}


def test_a_neighbour_is_taken_where_it_makes_one_pair_more() -> None:
    scored = score_meeting(meeting(gold("a", 10), gold("b", 15)), [found(10), found(5)], 5)
    assert matched(scored) == {(10,): "b", (5,): "a"}


def test_of_two_that_fit_the_one_with_more_common_lines_is_taken() -> None:
    scored = score_meeting(meeting(gold("a", 4, 5, 6)), [found(6), found(4, 5, 6)], 0)
    assert matched(scored) == {(4, 5, 6): "a"}
    assert scored.counts(frozenset({ItemKind.DECISION})) == (1, 2, 1)


@pytest.mark.parametrize(("reach", "line", "pairs"), [(0, 11, 0), (5, 15, 1), (5, 16, 0), (5, 5, 1), (5, 4, 0)])
def test_lines_within_reach_agree(reach: int, line: int, pairs: int) -> None:
    assert len(score_meeting(meeting(gold("a", 10)), [found(line)], reach).pairs) == pairs


def test_the_same_line_goes_before_a_neighbour() -> None:
    assert matched(score_meeting(meeting(gold("a", 10)), [found(9), found(10)], 5)) == {(10,): "a"}


def test_kinds_are_not_confused_and_others_not_counted() -> None:
    scored = score_meeting(meeting(gold("a", 1)), [found(1, kind=ItemKind.COMMITMENT), found(1, kind=ItemKind.RISK)], 0)
    assert not scored.pairs
    assert [item.kind for item in scored.found] == [ItemKind.COMMITMENT]


def test_a_mention_that_is_found_is_neither_right_nor_wrong() -> None:
    kind = ItemKind.COMMITMENT
    one = meeting(
        gold("c", 1, kind=kind), gold("c", 8, kind=kind, event="progress"), gold("d", 9, kind=kind, event="done")
    )
    scored = score_meeting(one, [found(1, kind=kind), found(8, kind=kind), found(30, kind=kind)], 0)
    assert scored.counts(frozenset({kind})) == (1, 2, 1)
    assert series_figures([scored])["mention_recall"] == 0.5


def test_a_statement_is_taken_before_a_mention() -> None:
    kind = ItemKind.COMMITMENT
    one = meeting(gold("said", 1, 2, kind=kind, event="done"), gold("new", 2, 3, kind=kind))
    assert matched(score_meeting(one, [found(1, 2, kind=kind)], 0)) == {(1, 2): "new"}


def test_precision_recall_and_f1_are_of_all_meetings_together() -> None:
    first = score_meeting(meeting(gold("a", 1), gold("b", 5), name="m1"), [found(1)], 0)
    second = score_meeting(meeting(gold("c", 1), name="m2"), [found(1), found(3), found(4)], 0)
    figures = kind_figures([first, second], OF_LEDGER)
    assert (figures["decision"]["p"], figures["decision"]["r"]) == (0.5, 0.6667)
    assert figures["decision"]["f1"] == round(2 * 2 / (4 + 3), 4)
    assert figures["all"] == figures["decision"]
    low, high = figures["decision"]["f1_ci"]
    assert low < figures["decision"]["f1"] < high
    assert figures["action"] == {"p": None, "p_ci": None, "r": None, "r_ci": None, "f1": None, "f1_ci": None}


def test_nothing_found_is_no_precision_and_a_recall_of_nothing() -> None:
    figures = kind_figures([score_meeting(meeting(gold("a", 1)), [], 0)], OF_SERIES)["decisions"]
    assert (figures["p"], figures["r"], figures["f1"]) == (None, 0.0, 0.0)


def test_owner_and_due_date_are_asked_of_promises_that_are_found() -> None:
    kind = ItemKind.COMMITMENT
    slots = {"owner": "Ann Lee", "due": date(2026, 3, 6)}
    one = meeting(
        *(gold(f"c{line}", line, kind=kind, **slots) for line in range(5)),
        gold("c0", 20, kind=kind, event="progress", **slots),
        gold("free", 30, kind=kind),
    )
    scored = score_meeting(
        one,
        [
            found(0, kind=kind, owner="ann  lee", due=6),
            found(1, kind=kind, owner="Ann", due=7),
            found(2, kind=kind),
            found(20, kind=kind, owner="Bo", due=9),
            found(30, kind=kind, owner="Bo", due=9),
        ],
        0,
    )
    figures = series_figures([scored])
    assert (figures["owner_exact"], figures["due_exact"]) == (0.3333, 0.3333)


def test_numbers_that_share_a_line_are_paired_by_value_and_asked_for_value_and_unit() -> None:
    kind = ItemKind.METRIC
    told = [("delay", "480", "ms"), ("success", "98.2", "%"), ("tickets", "50", "count"), ("peak", "1,400", "count")]
    one = meeting(*(gold(name, 1, kind=kind, value=value, unit=unit) for name, value, unit in told))
    said = [("50", "tickets"), ("98.2", "ms"), ("7", ""), ("480", "毫秒")]
    drafts = [
        replace(found(1, kind=kind), measure=Measure(f"m{value}", Decimal(value), unit, value, 1))
        for value, unit in said
    ]
    scored = score_meeting(replace(one, kinds=frozenset({kind})), drafts, 0)
    pairs = {pair.gold.id: pair.found.measure.name for pair in scored.pairs if pair.found.measure}
    assert pairs == {"delay": "m480", "success": "m98.2", "tickets": "m50", "peak": "m7"}
    figures = series_figures([scored])
    # 7 is not 1,400; 98.2 is told in ms; the rest is right
    assert (figures["metric_value_exact"], figures["metric_unit_exact"]) == (0.75, 0.75)
    assert (figures["metrics"]["f1"], figures["risks"]["f1"]) == (1.0, None)


def test_an_item_on_no_line_is_wrong() -> None:
    assert not score_meeting(meeting(gold("a", 1)), [found()], 0).pairs


def test_languages_are_split_and_counted() -> None:
    scored = [
        score_meeting(meeting(gold("a", 1), name="m1"), [found(1)], 0),
        score_meeting(meeting(gold("a", 1), gold("b", 2), name="m2", language="zh"), [found(9)], 0),
    ]
    document = by_language(scored, series_figures)
    assert (document["n"], document["found"], document["ci_by"]) == (3, 2, "meeting")
    assert {name: part["decisions"]["r"] for name, part in document["per_language"].items()} == {"en": 1.0, "zh": 0.0}
    assert document["per_language"]["zh"]["n"] == 2


def test_the_details_tell_both_sides() -> None:
    scored = score_meeting(meeting(gold("a", 1, 2), gold("b", 9)), [found(2), found(40)], 0)
    rows = scored.rows()
    assert [(row["side"], row["lines"], row["matched"]) for row in rows] == [
        ("found", [2], {"id": "a", "event": "made"}),
        ("found", [40], None),
        ("gold", [1, 2], [2]),
        ("gold", [9], None),
    ]
    assert rows[2]["said"] == ["line 1", "line 2"]
