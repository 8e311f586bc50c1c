from __future__ import annotations

from datetime import date

import pytest

from agents.comparison.deltas import Period
from agents.comparison.periods import When, chosen, period
from agents.ledger.service import ReadOn
from ingestion.errors import BadInputError

MEETINGS = [ReadOn(f"m{day}", "Weekly", date(2026, 3, day)) for day in (2, 9, 16)]


def march(first: int, last: int) -> Period:
    return Period(date(2026, 3, first), date(2026, 3, last))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("m9", march(9, 9)),
        ("2026-03-05", march(5, 5)),
        ("2026-W11", march(9, 15)),
        ("2026w11", march(9, 15)),
        (" 2026-03 ", march(1, 31)),
        ("2026-03-02..2026-03-10", march(2, 10)),
    ],
)
def test_what_people_write(text: str, meant: Period) -> None:
    assert period(text, MEETINGS) == meant


@pytest.mark.parametrize(
    "text", ["", "nope", "2026-W60", "2026-13", "2026-03-32", "2026-03-09..2026-03-02", "..", "0000-01"]
)
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInputError) as refused:
        period(text, MEETINGS)
    assert refused.value.hint


def test_a_week_is_compared_with_the_one_before_and_nothing_means_the_last_two() -> None:
    assert chosen(MEETINGS, When(week="2026-W11")) == (march(2, 8), march(9, 15))
    assert chosen(MEETINGS, When()) == (march(9, 9), march(16, 16))
    assert chosen(MEETINGS, When("m2", "2026-W11")) == (march(2, 2), march(9, 15))


@pytest.mark.parametrize(
    ("earlier", "later"), [("m2", None), (None, "m2"), ("m9", "m2"), ("m2", "m2"), ("2026-03", "2026-W11")]
)
def test_periods_that_cannot_be_compared_are_refused(earlier: str | None, later: str | None) -> None:
    with pytest.raises(BadInputError):
        chosen(MEETINGS, When(earlier, later))


def test_one_meeting_has_nothing_to_be_compared_with() -> None:
    with pytest.raises(BadInputError, match="nothing to compare"):
        chosen(MEETINGS[:1], When())
