"""Model cards: what a chat model is, what it can do, what it costs. `cards.toml` holds those that come along."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PriceStep(_Frozen):
    """Prices per million tokens for prompts of at most `up_to_tokens` tokens (null: any length). What thinks may cost
    more; what is cached, less."""

    up_to_tokens: int | None = Field(default=None, ge=1)
    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)
    thinking_output: Decimal | None = Field(default=None, ge=0)
    cached_input: Decimal | None = Field(default=None, ge=0)


class PriceList(_Frozen):
    """What one seller takes for a model: who, in which currency (ISO 4217), read where and on which day. The whole call
    is priced by the step that its prompt falls in."""

    seller: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    read_on: date
    source: str
    steps: tuple[PriceStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _steps_ascend(self) -> PriceList:
        ends = [step.up_to_tokens for step in self.steps]
        if None in ends[:-1] or any(last <= end for end, last in pairwise(end for end in ends if end is not None)):
            raise ValueError("the steps of a price list must ascend, and only the last may have no up_to_tokens")
        return self


class Weights(_Frozen):
    """A form in which a model's weights can be served: what it is called on a hub, how it is quantised, the GPU memory
    that it wants in GiB, and the options of `vllm serve`."""

    repo: str
    quantisation: str
    gpu_gib: int
    options: tuple[str, ...] = ()


class ModelCard(_Frozen):
    """What a chat model is.

    `context_tokens` is its native window, `extended_tokens` what YaRN stretches it to. `even_tokens` is how much it
    reads with the same care from end to end; longer input is read in windows. `thinking` says whether it can be
    switched. `json_schema` says when servers bind its answers to a schema: `hosted_json_schema` when its maker's own
    service does.
    """

    name: str
    family: str
    description: str
    description_zh: str = ""
    released: date | None = None
    context_tokens: int = Field(ge=1024)
    extended_tokens: int | None = None
    even_tokens: int = Field(ge=512)
    max_output_tokens: int = Field(default=8192, ge=256)
    thinking: Literal["never", "always", "switch"] = "never"
    hosted_json_schema: Literal["never", "without_thinking", "always"] = "never"
    hears: bool = False
    successor: str | None = None
    weights: tuple[Weights, ...] = ()
    prices: tuple[PriceList, ...] = ()
