"""The JSON documents of the settings in force and of the cards of chat models."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from server.documents import example
from server.settings_in_force import Source

_SETTING: dict[str, Any] = {
    "name": "ingestion.workers",
    "value": 1,
    "source": "default",
    "variable": "HUIMAI_INGESTION__WORKERS",
    "description": "Ingests that run at the same time.",
    "description_zh": "同时处理的会议数。",
}
_PRICES: dict[str, Any] = {
    "seller": "dashscope",
    "currency": "CNY",
    "read_on": "2026-11-20",
    "steps": [
        {"up_to_tokens": None, "input": 0.8, "output": 2.7, "thinking_output": None, "cached_input": 0.1},
    ],
}
_CARD: dict[str, Any] = {
    "name": "qwen3.8-flash",
    "family": "qwen3.8",
    "description": "Qwen3.8-Flash, hosted: one price whatever the length",
    "description_zh": "",
    "context_tokens": 1_000_000,
    "extended_tokens": None,
    "even_tokens": 262_144,
    "thinking": "switch",
    "hears": False,
    "successor": None,
    "weights": [],
    "prices": [_PRICES],
}


class SettingDocument(BaseModel):
    """One setting: its value with keys and passwords masked, what said so, and what it means."""

    model_config = example(_SETTING, from_attributes=True)

    name: str
    value: JsonValue
    source: Source
    variable: str
    description: str
    description_zh: str


class SettingsDocument(BaseModel):
    """The value of every setting by area, and `in_force`, a list that tells more of each."""

    model_config = ConfigDict(
        extra="allow", json_schema_extra={"example": {"host": "127.0.0.1", "port": 8000, "in_force": [_SETTING]}}
    )

    in_force: list[SettingDocument]


class PriceStepDocument(BaseModel):
    """Prices per million tokens for prompts of at most `up_to_tokens` tokens (null: any length)."""

    up_to_tokens: int | None
    input: float
    output: float
    thinking_output: float | None
    cached_input: float | None


class PriceListDocument(BaseModel):
    """What one seller takes for a model, and the day on which that was read."""

    seller: str
    currency: str
    read_on: date
    steps: list[PriceStepDocument]


class WeightsDocument(BaseModel):
    """A form in which a model's weights can be served, and the GPU memory in GiB that it wants."""

    repo: str
    quantisation: str
    gpu_gib: int


class CardDocument(BaseModel):
    """What a chat model is, how many tokens it reads (natively, stretched by YaRN, and with the same care from end to
    end), and what it costs. Without `prices` nobody is known to sell it, without `weights` it is only hosted.
    `description_zh` is empty where nobody wrote one."""

    model_config = example(_CARD, from_attributes=True)

    name: str
    family: str
    description: str
    description_zh: str
    context_tokens: int
    extended_tokens: int | None
    even_tokens: int
    thinking: Literal["never", "always", "switch"]
    hears: bool
    successor: str | None
    weights: list[WeightsDocument]
    prices: list[PriceListDocument]
