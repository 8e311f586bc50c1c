"""What the gateway tells of each call, and who may stop one: the port of the usage ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agents.llm.domain import Because, Money, Tier, Work
from agents.ports import Completion
from ingestion.errors import HuimaiError


class BudgetError(HuimaiError):
    """A budget does not let a call be made."""

    status = 402
    code = "budget"


class Ruling(StrEnum):
    """What a budget says to a call."""

    ALLOWED = "allowed"
    WARN = "warn"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the budgets say to a call, and why unless it is simply allowed."""

    ruling: Ruling
    because: Because | None = None

    @property
    def stopped(self) -> bool:
        """Whether the call must not be made."""
        return self.ruling is Ruling.STOPPED


ALLOWED = Verdict(Ruling.ALLOWED)


class Outcome(StrEnum):
    """How a call ended."""

    DONE = "done"
    CUT = "cut"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    """It was never made: a budget does not let it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that has ended.

    `completion` is null where no word came; of a call that was broken off it holds estimates of the tokens. Times are
    seconds, the first word's null when none came. `because` is the code of the reason that chose the tier,
    `instead_of` the tier that failed before.
    """

    work: Work
    tier: Tier
    outcome: Outcome
    completion: Completion | None
    seconds: float
    first_word_seconds: float | None
    cost: Money | None
    because: str = ""
    instead_of: str | None = None


class Hold(Protocol):
    """Money kept back for a call that is under way."""

    def settle(self, ended: Ended) -> None:
        """The call has ended: what it took is recorded, what was kept back is free again. Does not block."""
        ...


class Meter(Protocol):
    """Keeps the accounts of every call."""

    def judge(self, work: Work, tier: Tier) -> Verdict:
        """What the budgets say to the tier's doing the work now."""
        ...

    def hold(self, work: Work, tier: Tier) -> Hold:
        """Keep back what the call may cost. Raises BudgetError when a budget does not let it."""
        ...


class _Nothing:
    def settle(self, ended: Ended) -> None:
        """Nothing is recorded."""


class Unmetered:
    """A meter that keeps no accounts and stops nothing."""

    def judge(self, work: Work, tier: Tier) -> Verdict:
        """Everything is allowed."""
        return ALLOWED

    def hold(self, work: Work, tier: Tier) -> Hold:
        """Nothing is kept back."""
        return _Nothing()
