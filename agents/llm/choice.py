"""The model that was chosen for a piece of work, and what became of the choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from agents.llm.domain import NOTHING, Money, Work
from agents.ports import ChatModel
from agents.qa.language import Language

NO_MODEL_TIER = "none"


@dataclass(slots=True)
class Taken:
    """What became of a choice while it was used.

    `tier` is the one that answered last, null before any has; `falls` say, a line each, why a tier did not; `costs`
    hold what each answered call cost, null where no price is known.
    """

    tier: str | None = None
    falls: list[str] = field(default_factory=list[str])
    costs: list[Money | None] = field(default_factory=list[Money | None])

    def cost(self) -> Money | None:
        """What everything cost together; null where a price is not known, and where currencies mix."""
        known = [cost for cost in self.costs if cost is not None]
        paid = [cost for cost in known if cost.amount]
        if len(known) != len(self.costs) or len({cost.currency for cost in paid}) > 1:
            return None
        return Money(sum((cost.amount for cost in paid), NOTHING.amount), paid[0].currency) if paid else NOTHING


@dataclass(frozen=True, slots=True)
class ChatChoice:
    """The model that answers, or None when answers are ranked evidence only; its tier, and why. `withheld` says that a
    model is there that may not be told what is private."""

    model: ChatModel | None
    tier: str
    reason: str
    withheld: bool = False
    taken: Taken = field(default_factory=Taken)

    @property
    def last_tier(self) -> str:
        """The tier that answered last, else the one chosen."""
        return self.taken.tier or self.tier

    @property
    def told(self) -> str:
        """Why it was chosen, and why others took its place, if they did."""
        return "; ".join([self.reason, *self.taken.falls])


class Chooser(Protocol):
    """Says which chat model does a piece of work; cheap enough for every question."""

    def require(self, tier: str) -> None:
        """Raises BadInputError unless there is a tier of that name."""
        ...

    async def choose(self, work: Work, language: Language = "en") -> ChatChoice:
        """The model, not yet loaded, its tier, and why in a language. Raises BadInputError, ModelMissingError and
        PrivacyError for a tier asked for by name that cannot be had."""
        ...
