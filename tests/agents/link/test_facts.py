"""The facts by which what was said is compared across meetings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from agents.link.facts import Quantity, replaced, told

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("a budget of $15,000", "we go up to $18,000", (15000, 18000)),
        ("预算15万", "预算二十万", (150000, 200000)),
        ("预算15万", "从15万加到20万", (150000, 200000)),
        ("about 15% are late", "about 30% are late", (15, 30)),
        ("error rate over 2%", "in 400 milliseconds", None),
        ("留8所学校", "剩6所学校", (8, 6)),
        ("留8所学校", "来了6位家长", None),
        ("the budget is 15 thousand", "the budget is fifteen thousand", None),
        ("一共8000。", "坐二十五家", None),
    ],
)
def test_a_number_gives_way_only_to_a_like_one(before: str, now: str, expected: tuple[int, int] | None) -> None:
    found = replaced(told(before, DAY), told(now, DAY))

    assert (found and tuple(quantity.value for quantity in found)) == expected


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        ("March 20th", DAY),
        ("3月20号", DAY),
        ("by next Friday", date(2026, 3, 11)),
        ("下周五", date(2026, 3, 11)),
        ("this Friday", date(2026, 3, 18)),
    ],
)
def test_a_day_is_the_same_however_and_whenever_it_is_said(text: str, said_on: date) -> None:
    assert told(text, said_on).days == {date(2026, 3, 20)}


@pytest.mark.parametrize("text", ["nothing new after that Friday", "那周五以后不加了", "it was on March 2nd"])
def test_a_day_that_is_only_pointed_at_or_past_is_no_fact(text: str) -> None:
    assert told(text, DAY).days == frozenset()


def test_what_is_added_is_what_was_not_said_before() -> None:
    added = told("15% now, then 20%, from March 20th", DAY).adds(told("15% from March 20th", DAY))

    assert added.quantities == {Quantity(Decimal(20), "%")}
    assert not added.days
