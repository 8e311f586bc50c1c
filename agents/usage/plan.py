"""Another tier table for calls of the past: what takes the place of each tier. The form of a TOML file and of a
request; docs/usage.md has an example."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingestion.errors import BadInputError

_Positive = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]
_NotNegative = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TierPlan(_Frozen):
    """What takes the place of a tier: a model card by its seller's prices, or hardware of the house by its name.
    `thinking` null means as the calls did."""

    card: str | None = Field(default=None, max_length=200)
    seller: str | None = Field(default=None, max_length=200)
    thinking: bool | None = None
    hardware: str | None = Field(default=None, max_length=200)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.card is None) == (self.hardware is None):
            raise ValueError("name a card or hardware, one of both")
        if self.hardware is not None and (self.seller is not None or self.thinking is not None):
            raise ValueError("hardware has neither a seller nor thinking")
        return self


class Hardware(_Frozen):
    """A machine of the house: what it costs and lasts, what it draws, what electricity costs, and how many tokens it
    reads and writes each second, over all calls that it does at a time. Money is in `currency`, ISO 4217."""

    price: _NotNegative
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    years: _Positive
    watts: _NotNegative
    idle_watts: _NotNegative = Decimal(0)
    price_per_kwh: _NotNegative
    prompt_tokens_per_second: _Positive
    tokens_per_second: _Positive


class Plan(_Frozen):
    """Another tier table. Tiers that are not in it stay as they were."""

    tiers: dict[str, TierPlan] = Field(min_length=1, max_length=100)
    hardware: dict[str, Hardware] = Field(default_factory=dict[str, Hardware], max_length=100)

    @model_validator(mode="after")
    def _all_hardware_is_told(self) -> Self:
        for name, tier in self.tiers.items():
            if tier.hardware is not None and tier.hardware not in self.hardware:
                raise ValueError(f"tier {name} is on '{tier.hardware}', which is no [hardware.{tier.hardware}]")
        return self


def parse_plan(text: str) -> dict[str, Any]:
    """The plan that a TOML file holds, checked, as JSON. Raises BadInputError."""
    try:
        written: Mapping[str, Any] = tomllib.loads(text)
        return Plan.model_validate(written).model_dump(mode="json", exclude_none=True)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"it is no TOML: {error}", "docs/usage.md shows one") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInputError(f"{place or 'the plan'}: {first['msg']}", "docs/usage.md shows one") from error
