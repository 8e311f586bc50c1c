"""Usage over the API: views of a month and replays."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from agents.llm.metering import Outcome
from ingestion.tables import now
from tests.agents.usage.conftest import call, yuan
from tests.server.conftest import EdgeServices


def test_a_month_is_shown_by_what_is_asked(client: httpx.Client, services: EdgeServices) -> None:
    services.recorder.record(call(at=now(), cost=yuan("0.5"), user="mina"))
    services.recorder.record(call(at=now(), cost=None, project=None, task="compare", outcome=Outcome.FAILED))
    found = client.get("/api/v1/usage").json()
    assert [(row["key"], row["calls"], row["costs"]) for row in found["rows"]] == [
        ("Atlas", 1, [{"amount": 0.5, "currency": "CNY"}]),
        (None, 1, []),
    ]
    assert (found["total"]["unpriced_share"], found["total"]["failed"]) == (0.5, 1)
    assert [(line["project"], line["spent"], line["left"]) for line in found["budgets"]] == [
        (None, 0.5, 9.5),
        ("Atlas", 0.5, 1.5),
    ]
    for by, keys in {"user": {"mina", None}, "task": {"answer", "compare"}, "day": {now().date().isoformat()}}.items():
        rows = client.get("/api/v1/usage", params={"by": by}).json()["rows"]
        assert {row["key"] for row in rows} == keys


def test_months_without_calls_are_empty(client: httpx.Client) -> None:
    past = client.get("/api/v1/usage", params={"month": "2020-02"}).json()
    assert (past["rows"], past["total"]["calls"], past["budgets"][0]["forecast"]) == ([], 0, None)
    assert client.get("/api/v1/usage", params={"month": "2999-01"}).json()["budgets"][0]["forecast"] is None


@pytest.mark.parametrize("asked", [{"month": "2026-13"}, {"month": "last"}, {"by": "colour"}])
def test_what_cannot_be_shown_is_told(client: httpx.Client, asked: dict[str, str]) -> None:
    answer = client.get("/api/v1/usage", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_past_calls_are_replayed_on_hardware_of_the_house(client: httpx.Client, services: EdgeServices) -> None:
    services.recorder.record(call(at=datetime(2026, 10, 3, tzinfo=UTC), cost=yuan(5)))
    machine = {"price": 3650, "years": 10, "watts": 1000, "price_per_kwh": 1}
    machine |= {"prompt_tokens_per_second": 1000, "tokens_per_second": 100}
    asked = {"tiers": {"medium": {"hardware": "box"}}, "hardware": {"box": machine}, "month": "2026-10"}
    found = client.post("/api/v1/usage/simulate", json=asked).json()
    assert found["now"] == {"costs": [{"amount": 5.0, "currency": "CNY"}], "unpriced": 0}
    (box,) = found["machines"]
    assert (box["calls"], box["break_even_calls_a_month"], found["since"]) == (1, 7, "2026-10-01")
    assert found["then"]["costs"][0]["amount"] == pytest.approx(365 / 365.25 * 31 + 2 / 3600, abs=1e-6)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"tiers": {}}, "tiers"),
        ({"tiers": {"medium": {"card": "no-such-model"}}}, "no model card is called"),
        ({"tiers": {"medium": {"hardware": "box"}}}, "hardware.box"),
        ({"tiers": {"medium": {}}}, "name a card or hardware"),
        ({"tiers": {"medium": {"card": "qwen3-14b", "hardware": "box"}}}, "name a card or hardware"),
        ({"tiers": {"medium": {"card": "qwen3-14b", "seller": "nobody"}}}, "has no prices of 'nobody'"),
        ({"tiers": {"medium": {"card": "qwen3-14b"}}, "month": "2026-10", "since": "2026-10-01"}, "both a month"),
        ({"tiers": {"medium": {"card": "qwen3-14b"}}, "until": "2026-10-01"}, "from which day on"),
        ({"tiers": {"medium": {"card": "qwen3-14b"}}, "month": "2999-01"}, "no day is both"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_told(client: httpx.Client, asked: dict[str, object], said: str) -> None:
    answer = client.post("/api/v1/usage/simulate", json=asked)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_a_monitor_is_told_of_calls(client: httpx.Client, services: EdgeServices) -> None:
    services.recorder.record(call(cost=yuan("0.5"), seconds=2))
    services.recorder.record(call(cost=yuan("0.25"), seconds=1))
    told = client.get("/metrics").text
    of = 'outcome="done",task="answer",tier="medium"'
    for line in (
        f"huimai_model_calls_total{{{of}}} 2.0",
        f'huimai_model_tokens_total{{of="prompt",{of}}} 2000.0',
        f"huimai_model_seconds_total{{{of}}} 3.0",
        f'huimai_model_cost_total{{currency="CNY",{of}}} 0.75',
    ):
        assert line in told
