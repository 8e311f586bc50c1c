"""What changed over a miniature series, against its truth; every figure is worked out by hand beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agents.evaluation.ledger_changes import ScoredChanges, score_changes
from agents.evaluation.ledger_figures import series_figures
from agents.evaluation.ledger_records import GoldItem, LedgerMeeting, LedgerSeries, Week
from agents.evaluation.ledger_scoring import score_meeting
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType
from retrieval.domain import Line

DECISION, PROMISE, QUESTION, RISK = ItemKind.DECISION, ItemKind.COMMITMENT, ItemKind.QUESTION, ItemKind.RISK
DAYS = [date(2026, 3, 2) + timedelta(weeks=n) for n in range(3)]


def name(week: int) -> str:
    return f"s/{DAYS[week]}"


def gold(id: str, kind: ItemKind, event: str, *lines: int) -> GoldItem:
    return GoldItem(id, kind, event, lines, id)


def truth(*told: list[GoldItem], weeks: dict[int, set[tuple[str, str]]] | None = None) -> LedgerSeries:
    kinds = frozenset({DECISION, PROMISE, QUESTION})
    lines = tuple(Line(i, "Ann", None, None, f"line {i}") for i in range(60))
    meetings = tuple(
        LedgerMeeting(name(week), "en", DAYS[week], lines, tuple(items), kinds) for week, items in enumerate(told)
    )
    compared = tuple(Week(DAYS[to - 1], DAYS[to], frozenset(entries)) for to, entries in (weeks or {}).items())
    return LedgerSeries("s", meetings, compared)


def item(week: int, kind: ItemKind, *lines: int, due: date | None = None) -> Item:
    draft = ItemDraft(kind, lines, "said", 0.9, due=Due(due, "then", lines[0]) if due else None)
    return Item(f"{week}:{lines[0]}{kind.value}", name(week), DAYS[week], draft)


def link(later: Item, type: LinkType, earlier: Item) -> Link:
    return Link(later.id, earlier.id, type, 0.9, "near")


BUDGET = [gold("D1", DECISION, "made", 1, 2)], [gold("D1", DECISION, "refined", 5)]


def figures(series: LedgerSeries, scored: dict[str, ScoredChanges]) -> dict[str, float | None]:
    meetings = [replace(score_meeting(one, [], 0), changes=scored[one.name]) for one in series.meetings]
    return series_figures(meetings)


def test_a_miniature_series_worked_out_by_hand() -> None:
    series = truth(
        [
            gold("D1", DECISION, "made", 1, 2),
            gold("D2", DECISION, "made", 3),
            gold("C1", PROMISE, "made", 4),
            gold("C2", PROMISE, "made", 6),
            gold("X1", QUESTION, "raised", 8, 9),
        ],
        [
            gold("D1", DECISION, "refined", 1),
            gold("D2", DECISION, "restated", 2),
            gold("C1", PROMISE, "done", 3),
            gold("C3", PROMISE, "made", 7),
        ],
        weeks={
            1: {("changed", "D1"), ("carried", "D2"), ("closed", "C1"), ("dropped", "C2"), ("carried", "X1")}
            | {("new", "C3")}
        },
    )
    d1, d2, c1 = item(0, DECISION, 2), item(0, DECISION, 3), item(0, PROMISE, 4, due=DAYS[1])
    c2, x1 = item(0, PROMISE, 6, due=DAYS[0] + timedelta(3)), item(0, QUESTION, 8)
    stray = item(0, DECISION, 40)
    d1_later, d2_later, c1_later = item(1, DECISION, 1), item(1, DECISION, 2), item(1, ItemKind.UPDATE, 3)
    new_stray = item(1, PROMISE, 41)
    items = [d1, d2, c1, c2, x1, stray, d1_later, d2_later, c1_later, new_stray]
    links = [
        link(d1_later, LinkType.REVERSES, d1),  # the truth: refined
        link(d2_later, LinkType.REFINES, d2),  # the truth: only restated
        link(c1_later, LinkType.FULFILS, c1),
    ]
    got = figures(series, score_changes(series, items, links))
    # listed: changed D1 and D2, closed C1, dropped C2, carried X1 and a stray, new: a stray. True: six.
    # right are changed D1, closed C1, dropped C2, carried X1; of the strays only the new one counts, unless strictly
    assert got["delta_f1"] == round(2 * 4 / (6 + 6), 4)
    assert got["delta_f1_strict"] == round(2 * 4 / (7 + 6), 4)
    # three links of three; only that of C1 is right
    assert got["link_f1"] == round(2 * 1 / (3 + 3), 4)
    assert got["current_value_exact"] == 1.0
    assert got["restated_as_changed"] == 1.0
    assert got["dropped_found"] == 1.0


def test_a_thread_stands_for_the_matter_with_most_of_its_lines_and_no_two_for_one() -> None:
    series = truth(
        [gold("D1", DECISION, "made", 1, 2, 3), gold("D2", DECISION, "made", 4)],
        [],
        weeks={1: {("carried", "D1"), ("carried", "D2")}},
    )
    # (1, 2, 4) shares two lines with D1 and one with D2, (2, 3) two with D1: three in all this way, two the other
    whole = item(0, DECISION, 1, 2, 4)
    third = item(0, DECISION, 2, 3)
    (claims,) = [one.sections for one in score_changes(series, [whole, third], []).values() if one.sections]
    assert {claim.thread.id: claim.gold for claim in claims.claims} == {whole.id: "D2", third.id: "D1"}


def test_what_is_of_another_kind_does_not_stand_for_it() -> None:
    series = truth([gold("C1", PROMISE, "made", 1)], [], weeks={1: {("carried", "C1")}})
    got = figures(series, score_changes(series, [item(0, DECISION, 1)], []))
    assert got["delta_f1"] == 0.0


def test_kinds_that_the_truth_does_not_tell_of_are_left_out() -> None:
    series = truth([gold("C1", PROMISE, "made", 1)], [gold("C2", PROMISE, "made", 1)], weeks={1: {("new", "C2")}})
    got = figures(
        series, score_changes(series, [item(1, PROMISE, 1), item(1, RISK, 9), item(1, ItemKind.METRIC, 9)], [])
    )
    assert got["delta_f1_strict"] == 1.0


def test_meetings_that_are_not_compared_ask_for_nothing() -> None:
    series = truth(*BUDGET)
    scored = score_changes(series, [], [])
    got = figures(series, scored)
    assert scored[name(1)].sections is None
    assert [got[key] for key in ("delta_f1", "dropped_found", "restated_as_changed")] == [None, None, None]
    assert (got["current_value_exact"], got["link_f1"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("type", "lines", "right"),
    [
        (LinkType.REFINES, (5,), True),
        (LinkType.REVERSES, (5, 30), True),
        (LinkType.RESTATES, (5,), False),  # what was said first still counts as what holds
        (LinkType.REFINES, (30,), False),  # what is taken as what holds does not say it
    ],
)
def test_the_current_value_is_the_newest_change(type: LinkType, lines: tuple[int, ...], right: bool) -> None:
    series = truth(*BUDGET)
    first, later = item(0, DECISION, 1, 2), item(1, DECISION, *lines)
    assert score_changes(series, [first, later], [link(later, type, first)])[name(1)].current == (right,)


def test_a_restatement_after_the_change_leaves_the_change_current() -> None:
    series = truth(*BUDGET, [gold("D1", DECISION, "restated", 7)])
    first, later, again = item(0, DECISION, 1), item(1, DECISION, 5), item(2, DECISION, 7)
    scored = score_changes(
        series, [first, later, again], [link(later, LinkType.REFINES, first), link(again, LinkType.RESTATES, later)]
    )
    assert [scored[name(week)].current for week in range(3)] == [(), (True,), ()]


@pytest.mark.parametrize(
    ("kind", "event", "type"),
    [
        (DECISION, "restated", LinkType.CONTINUES),
        (PROMISE, "progress", LinkType.RESTATES),
        (PROMISE, "redated", LinkType.REFINES),
        (QUESTION, "answered", LinkType.FULFILS),
        (QUESTION, "again", LinkType.RESTATES),
    ],
)
def test_links_that_tell_the_same_are_right(kind: ItemKind, event: str, type: LinkType) -> None:
    series = truth([gold("a", kind, "made", 1)], [gold("a", kind, event, 5)])
    first, later = item(0, kind, 1), item(1, kind, 5)
    assert figures(series, score_changes(series, [first, later], [link(later, type, first)]))["link_f1"] == 1.0
    assert (
        figures(series, score_changes(series, [first, later], [link(later, LinkType.WORSENS, first)]))["link_f1"] == 0.0
    )


def test_a_link_between_strays_is_wrong_and_one_said_twice_counts_once() -> None:
    series = truth([gold("a", PROMISE, "made", 1)], [gold("a", PROMISE, "done", 5, 6)])
    first, later, twice = item(0, PROMISE, 1), item(1, ItemKind.UPDATE, 5), item(1, ItemKind.UPDATE, 6)
    stray, other = item(0, DECISION, 30), item(1, DECISION, 31)
    links = [link(later, LinkType.FULFILS, first), link(twice, LinkType.FULFILS, first)]
    got = figures(series, score_changes(series, [first, later, twice], links))
    assert got["link_f1"] == 1.0
    links.append(link(other, LinkType.RESTATES, stray))
    got = figures(series, score_changes(series, [first, later, twice, stray, other], links))
    assert got["link_f1"] == round(2 * 1 / (2 + 1), 4)


def test_the_details_tell_what_is_right_and_what_is_missing() -> None:
    series = truth([gold("D1", DECISION, "made", 1)], [], weeks={1: {("carried", "D1"), ("new", "D1")}})
    rows = score_changes(series, [item(0, DECISION, 1)], [])[name(1)].rows(name(1))
    assert [(row["side"], row["kind"], row["what"], row["id"], row["matched"]) for row in rows] == [
        ("found", "delta", "carried", "D1", True),
        ("gold", "delta", "carried", "D1", True),
        ("gold", "delta", "new", "D1", False),
    ]
    assert rows[0]["thread"] == [[name(0), [1]]]
