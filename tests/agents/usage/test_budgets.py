"""Budgets are exact, stop what they do not hold, and guess nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.llm.domain import NOTHING, Money
from agents.llm.metering import ALLOWED, Ruling
from agents.settings import BudgetSettings
from agents.usage.budgets import Purses, in_budget_currency, judge
from agents.usage.domain import from_micros, to_micros
from agents.usage.purses import RunningPurses
from agents.usage.wording import BUDGETS, CAVEATS, budget_said
from tests.agents.usage.conftest import yuan

MICROS = st.integers(min_value=0, max_value=10**12)


def budget(**given: Any) -> BudgetSettings:
    return BudgetSettings(**given)


def spent(amount: str, currency: str = "CNY", project: str | None = None) -> Purses:
    purses = {currency: to_micros(Money(Decimal(amount), currency))}
    return {None: purses, project: purses}


def code(settings: BudgetSettings, purses: Purses, project: str | None, cost: Money | None) -> str:
    verdict = judge(settings, purses, project, cost)
    return verdict.because.code if verdict.because else ""


def test_without_a_budget_everything_is_allowed() -> None:
    for cost in (None, yuan(10**9), Money(Decimal(1), "XYZ")):
        assert judge(budget(projects={"Borealis": 1}), spent("5", "USD"), "Atlas", cost) is ALLOWED


def test_a_budget_of_nothing_lets_only_free_models_work() -> None:
    settings = budget(month=0)
    assert judge(settings, {}, None, NOTHING) is ALLOWED
    assert judge(settings, spent("5", "EUR"), None, NOTHING) is ALLOWED
    assert code(settings, {}, None, yuan("0.000001")) == "budget_stopped"
    assert code(settings, {}, None, None) == "budget_price_unknown"


@pytest.mark.parametrize(
    ("cost", "ruling"),
    [("1.999999", Ruling.ALLOWED), ("2", Ruling.WARN), ("4", Ruling.WARN), ("4.000001", Ruling.STOPPED)],
)
def test_it_warns_before_it_stops(cost: str, ruling: Ruling) -> None:
    assert judge(budget(month=10), spent("6"), None, yuan(cost)).ruling is ruling


def test_a_project_has_to_pass_both_budgets() -> None:
    settings = budget(month=10, projects={"Atlas": 1, "Borealis": 0})
    purses = spent("0.9", project="Atlas")
    assert code(settings, purses, "Atlas", yuan("0.2")) == "budget_project_stopped"
    assert code(settings, purses, "Atlas", yuan("0.05")) == "budget_project_warn"
    assert code(settings, purses, "Borealis", yuan("0.000001")) == "budget_project_stopped"
    assert judge(settings, purses, "Zenith", yuan("0.2")) is ALLOWED
    assert code(settings, spent("9.9", project="Atlas"), "Atlas", yuan("0.2")).endswith("_stopped")
    assert code(budget(projects={"Atlas": 1}), purses, "Atlas", yuan("0.2")) == "budget_project_stopped"


def test_another_currency_is_never_guessed() -> None:
    dollar = Money(Decimal(1), "USD")
    assert code(budget(month=10), {}, None, dollar) == "budget_other_currency"
    assert code(budget(month=10), spent("0.01", "USD"), None, yuan(1)) == "budget_spent_other_currency"
    rated = budget(month=10, exchange={"USD": "7.1"})
    assert judge(rated, {}, None, dollar) is ALLOWED
    assert code(rated, spent("1", "USD"), None, dollar) == "budget_stopped"
    assert in_budget_currency(rated, {"USD": 2_000_000, "EUR": 5, "GBP": 0, "CNY": 1}) == (
        Decimal("14.200001"),
        [Money(Decimal("0.000005"), "EUR")],
    )


@given(st.lists(MICROS, max_size=30), MICROS, MICROS)
def test_what_passed_before_never_exceeds_the_budget_by_a_millionth(costs: list[int], most: int, last: int) -> None:
    settings, total = budget(month=from_micros(most)), 0
    for cost in (*costs, last):
        verdict = judge(settings, {None: {"CNY": total}}, None, yuan(str(from_micros(cost))))
        assert verdict.stopped == (cost > 0 and total + cost > most)
        total += 0 if verdict.stopped else cost
    assert total <= most


@given(st.integers(min_value=0, max_value=10**15))
def test_millionths_come_back_exactly(micros: int) -> None:
    assert to_micros(Money(from_micros(micros), "CNY")) == micros


@given(st.lists(st.tuples(st.sampled_from([None, "Atlas", "Borealis"]), st.sampled_from(["CNY", "USD"]), MICROS)))
def test_reserving_and_releasing_leaves_nothing_behind(held: list[tuple[str | None, str, int]]) -> None:
    purses = RunningPurses()
    purses.begin([("Atlas", "CNY", 7)])
    tokens = [purses.reserve(project, Money(from_micros(micros), currency)) for project, currency, micros in held]
    everything = sum(micros for _, currency, micros in held if currency == "CNY")
    assert purses.of("Borealis")[None]["CNY"] == 7 + everything
    assert all(purses.release(token) for token in tokens)
    assert not any(purses.release(token) for token in tokens)
    assert (purses.reserved(None), purses.of("Atlas")["Atlas"]["CNY"]) == ({}, 7)


def test_every_reason_is_said_in_both_languages() -> None:
    settings = budget(month=10, projects={"Atlas": 1})
    dollars = spent("1", "USD")
    verdicts = [
        judge(settings, purses, project, cost)
        for purses in ({}, spent("8.5"), spent("12"), spent("0.9", project="Atlas"), dollars)
        for project in (None, "Atlas")
        for cost in (None, yuan("0.01"), yuan(5), Money(Decimal(1), "USD"))
    ]
    said = {one.because.code: one.because for one in verdicts if one.because}
    assert set(said) == set(BUDGETS)
    for because in said.values():
        for language in ("zh", "en"):
            assert "{" not in budget_said(because, language)
    assert all(set(words) == {"zh", "en"} for words in (*BUDGETS.values(), *CAVEATS.values()))
    small = judge(budget(month="0.0005"), {}, None, yuan("0.000612"))
    assert small.because is not None
    assert budget_said(small.because, "en") == (
        "the month's budget of 0.0005 CNY does not hold this: 0.00 spent, 0.000612 wanted"
    )


@pytest.mark.parametrize(
    "given",
    [
        {"month": -1},
        {"month": "NaN"},
        {"currency": "yuan"},
        {"exchange": {"USD": 0}},
        {"exchange": {"dollar": 7}},
        {"projects": {"Atlas": -1}},
        {"warn_at": 0},
        {"mont": 5},
    ],
)
def test_budgets_that_make_no_sense_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        BudgetSettings(**given)
