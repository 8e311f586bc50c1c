from __future__ import annotations

from datetime import date

import pytest

from agents.comparison.deltas import Period
from agents.qa.changes import topic_of, who_of
from agents.qa.two_periods import two_periods
from ingestion.domain import Side

DAYS = [date(2026, 2, 23), date(2026, 3, 9), date(2026, 3, 16)]
TODAY = date(2026, 3, 17)


def of(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("question", "earlier", "later"),
    [
        ("对比这周和上周", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-22")),
        ("Compare this week with last week", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-22")),
        ("What changed since last week?", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-17")),
        ("上周以来有什么变化？", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-17")),
        ("这周有什么新进展？", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-22")),
        ("What's new since the last meeting?", ("2026-03-09", "2026-03-09"), ("2026-03-16", "2026-03-16")),
        ("和上次会相比有什么不同？", ("2026-03-09", "2026-03-09"), ("2026-03-16", "2026-03-16")),
        (
            "compare what customers said this month and last",
            ("2026-02-01", "2026-02-28"),
            ("2026-03-01", "2026-03-31"),
        ),
        ("比较二月和三月", ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31")),
        ("和上周比，退款积压有什么变化？", ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-17")),
    ],
)
def test_two_periods_are_read_off_the_question(question: str, earlier: tuple[str, str], later: tuple[str, str]) -> None:
    found = two_periods(question, DAYS, TODAY)
    assert found is not None
    assert (found.earlier, found.later) == (of(*earlier), of(*later))


@pytest.mark.parametrize(
    "question",
    [
        "支付成功率是不是每周都在上升？",
        "回滚的触发标准后来改过吗？",
        "Did cold start get faster, and by how much?",
        "Compare 2020 with 2021",
        "对比去年一月和去年二月",
        "What changed?",
    ],
)
def test_what_compares_no_two_periods_with_meetings(question: str) -> None:
    assert two_periods(question, DAYS, TODAY) is None


def test_a_week_without_a_meeting_is_counted_from_the_latest_meeting() -> None:
    found = two_periods("对比这周和上周", DAYS, date(2026, 3, 24))
    assert found is not None and found.later == of("2026-03-16", "2026-03-22")


def test_no_meetings_no_periods() -> None:
    assert two_periods("对比这周和上周", [], TODAY) is None
    assert two_periods("What changed since the last meeting?", DAYS[:1], TODAY) is None


@pytest.mark.parametrize(
    ("question", "topic", "side"),
    [
        ("对比这周和上周", (), None),
        ("上次会以来有什么变化？", (), None),
        ("What changed since last week?", (), None),
        ("compare what customers said this month and last", (), Side.CUSTOMER),
        ("客户这周说的和上周相比有什么不同？", (), Side.CUSTOMER),
        ("和上周比，退款积压有什么变化？", ("退款", "积压"), None),
        ("What changed about the budget since last week?", ("budget",), None),
    ],
)
def test_whose_words_and_what_of_all_that_changed(question: str, topic: tuple[str, ...], side: Side | None) -> None:
    found = two_periods(question, DAYS, TODAY)
    assert found is not None
    who = who_of(question, ())
    assert (topic_of(found, ()), who.side if who else None) == (topic, side)
