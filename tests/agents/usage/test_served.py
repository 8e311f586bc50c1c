"""Calls of servers that embed, rerank and hear: what they cost, whose they are, and that budgets know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from math import inf, nan
from typing import Any

import pytest
from pydantic import ValidationError

from agents.llm.domain import NOTHING, Money
from agents.llm.metering import Outcome, Ruling
from agents.usage.prices import ServicePrice, service_prices
from agents.usage.recording import UsageRecorder
from agents.usage.served import EMBED, RERANK, TRANSCRIBE, ServedModel
from ingestion.outbound import about
from tests.agents.usage.conftest import NOON, yuan

MAINLAND = "https://dashscope.aliyuncs.com/compatible-mode/v1"
SINGAPORE = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"
EMBEDDER = ServedModel(EMBED, MAINLAND, remote=True)


def test_a_call_is_kept_with_all_that_is_known_of_it() -> None:
    with about(private=False, project="Atlas"):
        call = EMBEDDER.call("text-embedding-v4", 0.5, tokens=2000)
    assert (call.task, call.tier, call.model, call.outcome) == ("embed", "embed", "text-embedding-v4", Outcome.DONE)
    assert (call.project, call.server, call.remote) == ("Atlas", "dashscope.aliyuncs.com", True)
    assert (call.prompt_tokens, call.audio_seconds, call.seconds) == (2000, 0.0, 0.5)
    assert call.cost == yuan("0.001")
    assert EMBEDDER.call("text-embedding-v4", 0.5, tokens=1).project is None


@pytest.mark.parametrize(
    ("task", "base_url", "model", "took", "cost"),
    [
        (EMBED, MAINLAND, "text-embedding-v3", {"tokens": 1_000_000}, yuan("0.5")),
        (EMBED, SINGAPORE, "text-embedding-v4", {"tokens": 1_000_000}, Money(Decimal("0.07"), "USD")),
        (RERANK, MAINLAND, "qwen3-rerank", {"tokens": 3}, yuan("0.0000015")),
        (TRANSCRIBE, MAINLAND, "qwen3-asr-flash", {"audio_seconds": 3600}, yuan("0.792")),
        (TRANSCRIBE, MAINLAND, "qwen3-asr-flash-filetrans", {"audio_seconds": 30.5}, yuan("0.00671")),
        (EMBED, "https://x.cn-beijing.maas.aliyuncs.com/v1", "text-embedding-v4", {"tokens": 2}, yuan("0.000001")),
        (EMBED, MAINLAND, "text-embedding-v4", {"tokens": 0}, yuan(0)),
        # not known: what it took, the model, the seller, the place
        (EMBED, MAINLAND, "text-embedding-v4", {}, None),
        (TRANSCRIBE, MAINLAND, "qwen3-asr-flash", {"tokens": 5}, None),
        (TRANSCRIBE, MAINLAND, "qwen3-asr-flash", {"audio_seconds": inf}, None),
        (TRANSCRIBE, MAINLAND, "qwen3-asr-flash", {"audio_seconds": nan}, None),
        (TRANSCRIBE, MAINLAND, "qwen3-omni-flash", {"audio_seconds": 5}, None),
        (EMBED, "https://models.example.com/v1", "text-embedding-v4", {"tokens": 5}, None),
        (EMBED, "https://cn-hongkong.dashscope.aliyuncs.com/v1", "text-embedding-v4", {"tokens": 5}, None),
        (EMBED, "https://dashscope.aliyuncs.com.example.com/v1", "text-embedding-v4", {"tokens": 5}, None),
    ],
)
def test_what_a_call_costs(task: str, base_url: str, model: str, took: dict[str, Any], cost: Money | None) -> None:
    assert ServedModel(task, base_url, remote=True).call(model, 1.0, **took).cost == cost


def test_a_server_of_the_house_costs_nothing_whatever_it_tells() -> None:
    house = ServedModel(EMBED, "http://vllm:8000/v1", remote=False)
    assert house.call("text-embedding-v4", 1.0, tokens=10**9).cost == NOTHING
    assert house.call("text-embedding-v4", 1.0).cost == NOTHING


def test_no_server_can_give_money_back() -> None:
    speech = ServedModel(TRANSCRIBE, MAINLAND, remote=True)
    assert speech.call("qwen3-asr-flash", 1.0, audio_seconds=-1e9).cost == yuan(0)


def test_every_price_has_a_source_and_holds_once() -> None:
    prices = service_prices()
    assert all(price.source.startswith("https://") for price in prices)
    named = [(price.seller, model) for price in prices for model in price.models]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("given", [{}, {"million_tokens": "1", "second": "1"}, {"second": "-1"}])
def test_a_price_is_of_one_kind(given: dict[str, str]) -> None:
    told = {"models": ["m"], "seller": "s", "currency": "CNY", "read_on": "2026-11-23", "source": "https://example.org"}
    with pytest.raises(ValidationError):
        ServicePrice.model_validate({**told, **given})


def test_what_they_cost_is_spent_of_the_budget_of_chat_and_of_the_project(record: Callable[..., UsageRecorder]) -> None:
    recorder = record(month=Decimal(2), currency="CNY", projects={"Atlas": Decimal(1)})
    with about(private=False, project="Atlas"):
        call = EMBEDDER.call("text-embedding-v4", 1.0, tokens=1_600_000)
    recorder.record(replace(call, at=NOON))
    assert recorder.judge("Atlas", yuan("0.3")).ruling is Ruling.STOPPED
    assert recorder.judge("Atlas", yuan("0.1")).ruling is not Ruling.STOPPED
    assert recorder.judge(None, yuan("1.3")).ruling is Ruling.STOPPED
    assert recorder.judge(None, yuan("0.7")).ruling is Ruling.ALLOWED
