from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from agents.ledger.domain import Item, ItemDraft, ItemKind, Measure
from agents.ledger.threads import threads
from agents.link.measures import link_measures
from agents.link.reasons import parts

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)


def measured(name: str, value: str, unit: str, day: date) -> Item:
    measure = Measure(name, Decimal(value), unit, value, 0)
    return Item(f"{name} {day}", str(day), day, ItemDraft(ItemKind.METRIC, (0,), name, 0.9, measure=measure))


def linked(earlier: list[Item], later: list[Item]) -> dict[str, str]:
    """The names of later measures, with those of the measures that they go on with."""
    found = link_measures(threads(earlier, ()), later)
    return {link.later.removesuffix(f" {SECOND}"): link.earlier.removesuffix(f" {FIRST}") for link in found}


def test_a_measure_goes_on_with_its_next_value_and_not_with_that_of_another() -> None:
    earlier = [measured("cold start", "2.4", "s", FIRST), measured("crash-free sessions", "97.5", "%", FIRST)]
    later = [
        measured("crash-free", "98.9", "%", SECOND),
        measured("cold start", "1.9", "s", SECOND),
        measured("open bugs", "13", "", SECOND),
    ]
    assert linked(earlier, later) == {"crash-free": "crash-free sessions", "cold start": "cold start"}
    reasons = [parts(link.reason)[1] for link in link_measures(threads(earlier, ()), later)]
    assert reasons == [("2.4", "1.9"), ("97.5", "98.9")]
    assert linked(earlier, [measured("refund rate", "3", "%", SECOND)]) == {}


@pytest.mark.parametrize(
    ("before", "now"),
    [("老网关的 p95 延迟", "p95"), ("积压的退款工单", "退款积压"), ("p95", "the p95 latency of search")],
)
def test_a_name_is_shortened_or_drawn_out(before: str, now: str) -> None:
    assert linked([measured(before, "480", "", FIRST)], [measured(now, "410", "", SECOND)]) == {now: before}


def test_the_likest_name_wins_over_one_that_only_holds_it() -> None:
    earlier = [measured("p95 latency of search", "300", "ms", FIRST), measured("p95", "480", "ms", FIRST)]
    assert linked(earlier, [measured("p95", "410", "ms", SECOND)]) == {"p95": "p95"}


def test_another_unit_is_another_measure() -> None:
    assert linked([measured("late pushes", "15", "%", FIRST)], [measured("late pushes", "30", "min", SECOND)]) == {}
