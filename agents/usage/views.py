"""Usage as people look at it: a month by project, user, task, model, tier or day, and the budgets over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agents.llm.domain import Money
from agents.settings import BudgetSettings
from agents.usage.budgets import in_budget_currency
from agents.usage.domain import By, Sums, from_micros
from agents.usage.months import Month

_ADDED = (
    *("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "reasoning_tokens", "audio_seconds", "seconds"),
    *("failed", "cancelled", "refused", "fallbacks"),
)


@dataclass(frozen=True, slots=True)
class UsageRow:
    """Calls added up. `key` is null for those that have none: no project, no user. `costs` have an amount for each
    currency that was paid in, never added across them; `unpriced` are calls of which the cost is not known."""

    key: str | None
    added: Mapping[str, int | float]
    costs: tuple[Money, ...]
    unpriced: int

    def to_json(self) -> dict[str, Any]:
        """The row; `unpriced_share` is 0 to 1."""
        calls = self.added["calls"]
        return {
            "key": self.key,
            **{name: round(number, 3) for name, number in self.added.items()},
            "costs": [cost.to_json() for cost in self.costs],
            "unpriced": self.unpriced,
            "unpriced_share": round(self.unpriced / calls, 4) if calls else 0.0,
        }


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """How a budget stands, in its currency. `project` is null for that of everything. `under_way` is held for calls
    that run now. `forecast` is what the month comes to if money goes on being spent as evenly as up to now, a straight
    line; null for every month but the running one. `uncounted` has no exchange rate and is in none of the amounts."""

    project: str | None
    currency: str
    budget: Decimal
    spent: Decimal
    under_way: Decimal
    forecast: Decimal | None
    uncounted: tuple[Money, ...]

    @property
    def left(self) -> Decimal:
        """What is left of it, below 0 where it was overrun."""
        return self.budget - self.spent - self.under_way

    def to_json(self) -> dict[str, Any]:
        """The line, amounts as numbers."""
        return {
            "project": self.project,
            "currency": self.currency,
            "budget": float(self.budget),
            "spent": float(self.spent),
            "under_way": float(self.under_way),
            "left": float(self.left),
            "forecast": None if self.forecast is None else round(float(self.forecast), 6),
            "uncounted": [money.to_json() for money in self.uncounted],
        }


@dataclass(frozen=True, slots=True)
class MonthView:
    """The usage of a month (UTC), and how its budgets stand."""

    month: Month
    by: By
    rows: tuple[UsageRow, ...]
    total: UsageRow
    budgets: tuple[BudgetLine, ...]
    warn_at: float

    def to_json(self) -> dict[str, Any]:
        """The view."""
        return {
            "month": str(self.month),
            "by": self.by.value,
            "rows": [row.to_json() for row in self.rows],
            "total": self.total.to_json(),
            "budgets": [line.to_json() for line in self.budgets],
            "warn_at": self.warn_at,
        }


def rows_of(sums: Sequence[Sums], by: By) -> tuple[UsageRow, ...]:
    """A row for each key: the days in their order, everything else by calls, the most first."""
    keys = dict.fromkeys(one.key or None for one in sums)
    rows = [row_of([one for one in sums if (one.key or None) == key], key) for key in keys]
    if by is By.DAY:
        return tuple(sorted(rows, key=lambda row: row.key or ""))
    return tuple(sorted(rows, key=lambda row: (-row.added["calls"], row.key is None, row.key or "")))


def row_of(sums: Iterable[Sums], key: str | None = None) -> UsageRow:
    """Sums added up to one row."""
    of = list(sums)
    added: dict[str, int | float] = {name: sum(getattr(one, name) for one in of) for name in _ADDED}
    micros: dict[str, int] = {}
    for one in of:
        if one.currency is not None:
            micros[one.currency] = micros.get(one.currency, 0) + one.cost_micros
    costs = tuple(Money(from_micros(spent), currency) for currency, spent in sorted(micros.items()) if spent)
    return UsageRow(key, added, costs, sum(one.calls for one in of if one.currency is None))


def budget_lines(
    budget: BudgetSettings,
    spent: Iterable[tuple[str | None, str, int]],
    under_way: Mapping[str | None, Mapping[str, int]],
    passed: Decimal | None,
) -> tuple[BudgetLine, ...]:
    """How each budget stands: that of the month first, if there is one. `passed` is how much of the running month is
    over, null for another one."""
    of = list(spent)
    lines: list[BudgetLine] = []
    limits = [(None, budget.month), *sorted(budget.projects.items())]
    for project, most in limits:
        if most is None:
            continue
        micros: dict[str, int] = {}
        for whose, currency, amount in of:
            if project is None or whose == project:
                micros[currency] = micros.get(currency, 0) + amount
        total, uncounted = in_budget_currency(budget, micros)
        held, _ = in_budget_currency(budget, under_way.get(project, {}))
        forecast = total / passed if passed else None
        lines.append(BudgetLine(project, budget.currency, most, total, held, forecast, tuple(uncounted)))
    return tuple(lines)
