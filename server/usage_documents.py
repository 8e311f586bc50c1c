"""The JSON documents of what models took and cost. `agents` writes them itself (`to_json`); the models describe them
for OpenAPI."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from agents.usage.domain import By
from agents.usage.plan import Plan
from server.documents import MoneyDocument, example

_SUMS: dict[str, Any] = {
    "calls": 412,
    "prompt_tokens": 1_934_200,
    "cached_tokens": 812_000,
    "completion_tokens": 143_900,
    "reasoning_tokens": 61_200,
    "audio_seconds": 0.0,
    "seconds": 2711.4,
    "failed": 3,
    "cancelled": 1,
    "refused": 0,
    "fallbacks": 3,
    "costs": [{"amount": 4.8131, "currency": "CNY"}],
    "unpriced": 4,
    "unpriced_share": 0.0097,
}
_MONTH: dict[str, Any] = {
    "month": "2026-11",
    "by": "project",
    "rows": [{"key": "Atlas", **_SUMS}],
    "total": {"key": None, **_SUMS},
    "budgets": [
        {
            "project": None,
            "currency": "CNY",
            "budget": 200.0,
            "spent": 4.8131,
            "under_way": 0.02,
            "left": 195.1669,
            "forecast": 9.6262,
            "uncounted": [],
        }
    ],
    "warn_at": 0.8,
}
_BILL: dict[str, Any] = {"costs": [{"amount": 4.8131, "currency": "CNY"}], "unpriced": 0}
_SIMULATION: dict[str, Any] = {
    "since": "2026-11-01",
    "until": "2026-11-30",
    "rows": [{"task": "answer", "project": "Atlas", "calls": 412, "now": _BILL, "then": _BILL}],
    "now": _BILL,
    "then": _BILL,
    "machines": [
        {
            "name": "workstation",
            "purchase": {"amount": 574.95, "currency": "CNY"},
            "electricity": {"amount": 1.63, "currency": "CNY"},
            "busy_hours": 5.6,
            "busy_share": 0.0078,
            "calls": 412,
            "calls_a_month": 418.0,
            "break_even_calls_a_month": 75_204,
        }
    ],
    "left_out": 4,
    "unused": [],
    "caveats": ["other_tokens", "same_work", "cache", "throughput"],
}


class UsageRowDocument(BaseModel):
    """Calls added up; `key` is null for those without one: no project or several, nobody known. `calls` were made,
    `refused` were not. Cached tokens are among the prompt's, those of thinking among the completion's. `costs` are
    never added across currencies; `unpriced` calls are those of which the cost is not known."""

    key: str | None
    calls: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int
    audio_seconds: float
    seconds: float
    failed: int
    cancelled: int
    refused: int
    fallbacks: int
    costs: list[MoneyDocument]
    unpriced: int
    unpriced_share: float


class BudgetDocument(BaseModel):
    """How a budget stands; `project` is null for that of everything. `under_way` is held for calls that run now.
    `forecast` is what the month comes to if it goes on as evenly as up to now, a straight line; null for every
    month but the running one. `uncounted` is in a currency without an exchange rate, and in none of the amounts."""

    project: str | None
    currency: str
    budget: float
    spent: float
    under_way: float
    left: float
    forecast: float | None
    uncounted: list[MoneyDocument]


class MonthDocument(BaseModel):
    """The usage of a calendar month, UTC."""

    model_config = example(_MONTH)

    month: str
    by: By
    rows: list[UsageRowDocument]
    total: UsageRowDocument
    budgets: list[BudgetDocument]
    warn_at: float


class NewSimulation(Plan):
    """Another tier table, and the calls to replay on it: of a month, the running one unless named, or of days, both
    included."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"tiers": {"medium": {"card": "qwen3-14b"}}, "month": "2026-11"}}
    )

    month: str | None = Field(None, max_length=20)
    since: datetime.date | None = None
    until: datetime.date | None = None


class BillDocument(BaseModel):
    """Money by currency, and how many calls are not in it since their cost is not known."""

    costs: list[MoneyDocument]
    unpriced: int


class ReplayRowDocument(BaseModel):
    """The calls of a task and project: what they cost, and would have."""

    task: str
    project: str | None
    calls: int
    now: BillDocument
    then: BillDocument


class MachineDocument(BaseModel):
    """A machine of the house over the days replayed: its share of the purchase, its electricity, how long it works.
    Above a `busy_share` of 1 it could not do the work. From `break_even_calls_a_month` on it is cheaper than what its
    calls cost now; null where it never is, or that cannot be said."""

    name: str
    purchase: MoneyDocument
    electricity: MoneyDocument
    busy_hours: float
    busy_share: float
    calls: int
    calls_a_month: float
    break_even_calls_a_month: int | None


class SimulationDocument(BaseModel):
    """Past calls on another tier table. `left_out` calls were broken off, so that nobody told their tokens;
    `unused` are tiers of the plan that no call used; `caveats` are codes of what no replay can know."""

    model_config = example(_SIMULATION)

    since: datetime.date
    until: datetime.date
    rows: list[ReplayRowDocument]
    now: BillDocument
    then: BillDocument
    machines: list[MachineDocument]
    left_out: int
    unused: list[str]
    caveats: list[str]
