"""The values of the usage ledger: calls of models, and what they cost. Never a word of a prompt or an answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from agents.llm.domain import Money, Spent
from agents.llm.metering import Outcome
from agents.usage.months import Month
from ingestion.tables import now

MICRO = Decimal("0.000001")
_MOST_MICROS = 10**15
"""A billion for one call; a database can still add thousands of those up."""


class By(StrEnum):
    """What a view of usage has a row for each of."""

    PROJECT = "project"
    USER = "user"
    TASK = "task"
    MODEL = "model"
    TIER = "tier"
    DAY = "day"


def new_call_id() -> str:
    """A fresh random identifier of a call."""
    return secrets.token_hex(8)


def to_micros(money: Money) -> int:
    """An amount in millionths of its currency, rounded half to even: the only rounding that money meets here."""
    return min(int((money.amount / MICRO).to_integral_value(ROUND_HALF_EVEN)), _MOST_MICROS)


def from_micros(micros: int) -> Decimal:
    """The inverse of `to_micros`, exact."""
    return Decimal(micros).scaleb(-6)


@dataclass(frozen=True, slots=True)
class ModelCallRecord:
    """One call of a model.

    `at` is when it began: its month is the one that it counts to. `project` is a project's name, null for several or
    none. `server` is null for a model of this process. `cost` is null where its price is not known. `because` is a
    short code of why this tier did it, `fallback_of` the tier that had failed before. `audio_seconds` is how much
    speech was heard, `seconds` how long the call took, `first_word_seconds` until its first word came.
    """

    task: str
    tier: str
    model: str
    outcome: Outcome
    at: datetime = field(default_factory=now)
    project: str | None = None
    user: str = ""
    server: str | None = None
    remote: bool = False
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    audio_seconds: float = 0.0
    seconds: float = 0.0
    first_word_seconds: float | None = None
    cost: Money | None = None
    because: str = ""
    fallback_of: str | None = None
    id: str = field(default_factory=new_call_id)

    @property
    def day(self) -> date:
        """The day that it counts to, UTC."""
        return self.at.astimezone(UTC).date()

    @property
    def month(self) -> Month:
        """The month that it counts to."""
        return Month.of(self.at)

    @property
    def cost_micros(self) -> int | None:
        """Its cost in millionths, null where that is not known."""
        return None if self.cost is None else to_micros(self.cost)


@dataclass(frozen=True, slots=True)
class PastCall:
    """What a simulation needs of a call that was made. `cost` is null where that is not known."""

    task: str
    project: str | None
    tier: str
    spent: Spent
    audio_seconds: float
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Calls added up that share a `key` and a `currency`; null is the currency of those whose price is not known.
    Tokens and seconds as in `ModelCallRecord`. `calls` are those that were made, so `refused` ones are not among them;
    `fallbacks` are those made because another tier had failed."""

    key: str | None
    currency: str | None
    calls: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int
    audio_seconds: float
    seconds: float
    cost_micros: int
    failed: int
    cancelled: int
    refused: int
    fallbacks: int
