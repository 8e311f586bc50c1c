"""Whether money is left for a call: pure, exact, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from agents.llm.domain import Because, Money
from agents.llm.metering import ALLOWED, Ruling, Verdict
from agents.settings import BudgetSettings
from agents.usage.domain import from_micros

Purses = Mapping[str | None, Mapping[str, int]]
"""What has been spent: project -> currency -> millionths. Under null stands the sum over everything, work on several
projects or none included."""

_UNPRICED = Verdict(Ruling.STOPPED, Because("budget_price_unknown"))


def judge(budget: BudgetSettings, purses: Purses, project: str | None, cost: Money | None) -> Verdict:
    """What the month's budgets, that of everything and that of the project, say to a call that will cost so much.

    `purses` is what the month has cost so far, calls under way included. What is free is allowed whatever was spent;
    an unknown price, and money that the settings have no exchange rate for, are stopped where there is a budget.
    """
    limits = _limits(budget, project)
    if not limits or (cost is not None and cost.amount <= 0):
        return ALLOWED
    if cost is None:
        return _UNPRICED
    return max((_of_one(budget, purses, whose, most, cost) for whose, most in limits), key=_severity)


def in_budget_currency(budget: BudgetSettings, spent: Mapping[str, int]) -> tuple[Decimal, list[Money]]:
    """Money by currency as one amount in the budget's currency, and what has no exchange rate and is not in it."""
    total, uncounted = Decimal(0), list[Money]()
    for currency, micros in sorted(spent.items()):
        rate = _rate(budget, currency)
        if rate is not None:
            total += from_micros(micros) * rate
        elif micros:
            uncounted.append(Money(from_micros(micros), currency))
    return total, uncounted


def _limits(budget: BudgetSettings, project: str | None) -> list[tuple[str | None, Decimal]]:
    limits: list[tuple[str | None, Decimal]] = []
    if budget.month is not None:
        limits.append((None, budget.month))
    if project is not None and project in budget.projects:
        limits.append((project, budget.projects[project]))
    return limits


def _of_one(budget: BudgetSettings, purses: Purses, whose: str | None, most: Decimal, cost: Money) -> Verdict:
    rate = _rate(budget, cost.currency)
    if rate is None:
        return _no_rate(budget, "budget_other_currency", (cost.currency,))
    spent, uncounted = in_budget_currency(budget, purses.get(whose, {}))
    if uncounted:
        return _no_rate(budget, "budget_spent_other_currency", (money.currency for money in uncounted))
    wanted = cost.amount * rate
    ruling = _ruling(budget, spent + wanted, most)
    if ruling is Ruling.ALLOWED:
        return ALLOWED
    values: dict[str, str | int | float] = {
        "budget": _written(most),
        "spent": _written(spent),
        "wanted": _written(wanted),
        "currency": budget.currency,
    }
    of_project = {} if whose is None else {"project": whose}
    code = f"budget_{'project_' if of_project else ''}{ruling.value}"
    return Verdict(ruling, Because(code, {**of_project, **values}))


def _ruling(budget: BudgetSettings, after: Decimal, most: Decimal) -> Ruling:
    if after > most:
        return Ruling.STOPPED
    return Ruling.WARN if after >= most * Decimal(str(budget.warn_at)) else Ruling.ALLOWED


def _no_rate(budget: BudgetSettings, code: str, currencies: Iterable[str]) -> Verdict:
    values: dict[str, str | int | float] = {"currencies": ", ".join(currencies), "currency": budget.currency}
    return Verdict(Ruling.STOPPED, Because(code, values))


def _rate(budget: BudgetSettings, currency: str) -> Decimal | None:
    return Decimal(1) if currency == budget.currency else budget.exchange.get(currency)


def _written(amount: Decimal) -> str:
    """An amount for people: two decimals, or as many as a small one needs."""
    if amount == 0 or abs(amount) >= Decimal("0.01"):
        return f"{amount:.2f}"
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def _severity(verdict: Verdict) -> int:
    return list(Ruling).index(verdict.ruling)
