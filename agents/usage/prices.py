"""What sellers take for models that embed, rerank or hear. `prices.toml` holds what is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agents.llm.domain import Money
from agents.llm.pricing import seller_at
from ingestion.card_files import read_cards

_PER = Decimal(1_000_000)

_Amount = Annotated[Decimal, Field(ge=0)]


class ServicePrice(BaseModel):
    """What one seller takes for models: who, in which currency (ISO 4217), for a million tokens or for a second of
    sound, read where and on which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: tuple[str, ...] = Field(min_length=1)
    seller: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    million_tokens: _Amount | None = None
    second: _Amount | None = None
    read_on: date
    source: str

    @model_validator(mode="after")
    def _of_one_kind(self) -> ServicePrice:
        if (self.million_tokens is None) == (self.second is None):
            raise ValueError("a price is that of a million tokens or that of a second")
        return self

    def of(self, tokens: int | None, seconds: float | None) -> Money | None:
        """What a call costs; null where it is not known how much it took of what the price counts."""
        if self.million_tokens is not None:
            return None if tokens is None else Money(tokens * self.million_tokens / _PER, self.currency)
        if self.second is None or seconds is None or not isfinite(seconds):
            return None
        # a server may count anything
        return Money(Decimal(str(max(seconds, 0.0))) * self.second, self.currency)


def price_at(base_url: str, model: str) -> ServicePrice | None:
    """What the seller at an address takes for a model; null where that is not known."""
    seller = seller_at(base_url)
    return next((price for price in service_prices() if price.seller == seller and model in price.models), None)


@cache
def service_prices() -> tuple[ServicePrice, ...]:
    """All prices that are known."""
    return read_cards(files("agents.usage") / "prices.toml", _PriceFile).price


class _PriceFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    price: tuple[ServicePrice, ...]
