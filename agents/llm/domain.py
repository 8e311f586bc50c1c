"""The values of the gateway: the work that a model is wanted for, the tiers that can do it, and the way chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from agents.llm.cards import ModelCard, PriceList
from agents.ports import Reads


class Task(StrEnum):
    """What a model is wanted for."""

    ANSWER = "answer"
    EXTRACT = "extract"
    COMPARE = "compare"
    REVIEW = "review"


class Level(StrEnum):
    """How much a tier takes on, from the least."""

    LOCAL = "local"
    MEDIUM = "medium"
    LARGE = "large"


class Shape(StrEnum):
    """What kind of meeting it is, as far as its transcript shows."""

    MEETING = "meeting"
    CALL = "call"
    LIVESTREAM = "livestream"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the content says about how hard it is. `speakers` 0 means that nobody was told apart, `disputes` counts
    lines in which somebody contradicts, `agenda` says that items are called up one after the other."""

    speakers: int = 0
    disputes: int = 0
    agenda: bool = False
    shape: Shape = Shape.MEETING


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work for a chat model.

    `seconds` is how much of recordings it is about, None where that is not known; `prompt_tokens` are estimated.
    `project` is null where it is about several or none. `tier` is the name of the tier that somebody asked for.
    `user` is for whom it is done, empty where nobody says; `caller` is who waits for it, one string for each who shall
    get a fair share. `waiting` says that a person waits, and `tell_ahead` hears how many turns at a busy model come
    before.
    """

    task: Task
    prompt_tokens: int
    reply_tokens: int
    private: bool
    project: str | None = None
    seconds: float | None = None
    signals: Signals = field(default_factory=Signals)
    tier: str | None = None
    user: str = ""
    caller: str = ""
    waiting: bool = True
    tell_ahead: Callable[[int], None] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tier:
    """A model in its place. `server` is the name of the server of the settings, null for the embedded model; `model` is
    what that server calls it. `context_tokens` holds prompt and answer together; `thinking` says whether it is let
    think; `prices` are null where nothing is known of them, and free where it runs in the house."""

    name: str
    level: Level
    card: ModelCard
    server: str | None
    model: str
    context_tokens: int
    thinking: bool
    remote: bool
    reads: Reads
    prices: PriceList | None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, ISO 4217."""

    amount: Decimal
    currency: str

    def to_json(self) -> dict[str, Any]:
        """The amount as a number, with its currency."""
        return {"amount": float(self.amount), "currency": self.currency}


NOTHING = Money(Decimal(0), "USD")
"""No money at all; the currency says nothing."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a call took. Tokens of thinking are among the completion's; cached ones among the prompt's."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    thinking: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """A reason as a code of `agents.routing.wording` and what it speaks of."""

    code: str
    values: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])


@dataclass(frozen=True, slots=True)
class Refused:
    """A tier that was not taken, and why."""

    tier: str
    because: Because


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the work will take, before it runs. `passes` are the calls: one, or one for each window and one to join
    them. `cost` is null where the tier has no known price."""

    passes: int
    prompt_tokens: int
    completion_tokens: int
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Route:
    """The way chosen. `tier` is null when no model may do the work; `others` are those that come next, best first, when
    it fails; `windowed` says that the input is read in overlapping windows."""

    tier: Tier | None
    because: tuple[Because, ...]
    estimate: Estimate | None
    windowed: bool = False
    others: tuple[Tier, ...] = ()
    refused: tuple[Refused, ...] = ()
