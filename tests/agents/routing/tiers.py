"""Tiers, works and lines for the tests of the router."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from agents.llm.cards import ModelCard, PriceList, PriceStep
from agents.llm.domain import Level, Signals, Task, Tier, Work
from agents.llm.pricing import FREE
from agents.ports import Reads

CARD = ModelCard(name="m", family="", description="", context_tokens=131_072, even_tokens=32_768)
PRICES = PriceList(
    seller="s",
    currency="CNY",
    read_on=date(2026, 11, 1),
    source="",
    steps=(
        PriceStep(up_to_tokens=10_000, input=Decimal(2), output=Decimal(8)),
        PriceStep(input=Decimal(4), output=Decimal(16)),
    ),
)


def tier(name: str, level: Level | None = None, **given: Any) -> Tier:
    """A large-windowed tier of this machine; its level is its name's unless given."""
    fields = {"context_tokens": 131_072, "thinking": False, "remote": False, "reads": Reads.WINDOWS, "prices": FREE}
    even = given.pop("even", None)
    card = CARD if even is None else CARD.model_copy(update={"even_tokens": even})
    return Tier(name, level or Level(name), card, "s", "m", **(fields | given))


LOCAL = tier("local")
MEDIUM = tier("medium", thinking=True)
LARGE = tier("large", remote=True, thinking=True, prices=PRICES)
THREE = (LOCAL, MEDIUM, LARGE)
SMALL = tier("small", Level.LOCAL, context_tokens=4096, even=4096)


def work(minutes: float | None = None, task: Task = Task.EXTRACT, tokens: int = 2000, **given: Any) -> Work:
    """Work that is not private."""
    seconds = None if minutes is None else minutes * 60
    plain = Work(task, tokens, 1000, private=False, seconds=seconds, signals=Signals())
    return replace(plain, **given)
