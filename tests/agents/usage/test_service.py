"""A month as people look at it, over real rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from agents.llm.cards import ModelCard
from agents.llm.domain import Money
from agents.llm.metering import Outcome
from agents.settings import BudgetSettings
from agents.usage.domain import By
from agents.usage.plan import Plan
from agents.usage.recording import UsageRecorder
from agents.usage.service import UsageLedger
from ingestion.database import Database
from tests.agents.usage.conftest import NOON, Clock, call, yuan

Make = Callable[..., UsageRecorder]
STAY = Plan.model_validate({"tiers": {"nowhere": {"card": "none"}}})


def no_card(name: str) -> ModelCard:
    return ModelCard(name=name, family="f", description="d", context_tokens=4096, even_tokens=4096)


@pytest.fixture
def ledger(record: Make, tables: Database, clock: Clock) -> Callable[..., tuple[UsageLedger, UsageRecorder]]:
    def make(**budget: Any) -> tuple[UsageLedger, UsageRecorder]:
        recorder = record(**budget)
        return UsageLedger(tables, recorder, BudgetSettings(**budget), no_card, clock), recorder

    return make


def test_calls_are_added_up_and_currencies_are_not(ledger: Any) -> None:
    usage, recorder = ledger()
    recorder.record(call(cost=yuan("0.1"), cached_tokens=200, reasoning_tokens=30, seconds=1.5))
    recorder.record(call(cost=yuan("0.2"), fallback_of="large", audio_seconds=3.5))
    recorder.record(call(cost=Money(Decimal("0.3"), "USD"), outcome=Outcome.CANCELLED))
    recorder.record(call(cost=None, outcome=Outcome.FAILED))
    recorder.record(call(cost=yuan(0), outcome=Outcome.REFUSED, prompt_tokens=0, completion_tokens=0))
    recorder.record(call(project=None, user="mina", task="review", tier="large", model="qwen-max"))
    view = usage.month(None, By.PROJECT).to_json()
    assert [(row["key"], row["calls"]) for row in view["rows"]] == [("Atlas", 4), (None, 1)]
    atlas = view["rows"][0]
    assert atlas["costs"] == [{"amount": 0.3, "currency": "CNY"}, {"amount": 0.3, "currency": "USD"}]
    assert (atlas["prompt_tokens"], atlas["completion_tokens"], atlas["cached_tokens"]) == (4000, 400, 200)
    assert (atlas["reasoning_tokens"], atlas["seconds"], atlas["audio_seconds"]) == (30, 1.5, 3.5)
    counts = {name: atlas[name] for name in ("failed", "cancelled", "refused", "fallbacks", "unpriced")}
    assert counts == dict.fromkeys(counts, 1)
    assert (atlas["unpriced_share"], view["total"]["calls"], view["month"]) == (0.25, 5, "2026-11")
    for by, keys in {
        By.USER: [None, "mina"],
        By.TASK: ["answer", "review"],
        By.TIER: ["medium", "large"],
        By.MODEL: ["qwen3-32b", "qwen-max"],
        By.DAY: ["2026-11-15"],
    }.items():
        assert [row["key"] for row in usage.month("2026-11", by).to_json()["rows"]] == keys


def test_a_month_begins_and_ends_at_midnight_utc(ledger: Any) -> None:
    usage, recorder = ledger()
    for day in (31, 1):
        recorder.record(call(at=datetime(2026, 10, 31, tzinfo=UTC) + timedelta(days=32 - day, microseconds=-1)))
    recorder.record(call(at=datetime(2026, 11, 1, tzinfo=UTC)))
    recorder.record(call(at=datetime(2026, 12, 1, tzinfo=UTC) - timedelta(microseconds=1)))
    days = [row["key"] for row in usage.month("2026-11", By.DAY).to_json()["rows"]]
    assert days == ["2026-11-01", "2026-11-30"]
    assert usage.month("2026-10", By.DAY).to_json()["total"]["calls"] == 1


def test_budgets_of_the_month_with_a_straight_line_to_its_end(ledger: Any, clock: Clock) -> None:
    usage, recorder = ledger(month=10, projects={"Atlas": 1, "Nobody": 1}, exchange={"USD": 7})
    clock.instant = datetime(2026, 11, 16, tzinfo=UTC)
    recorder.record(call(cost=yuan("0.5")))
    recorder.record(call(cost=Money(Decimal("0.1"), "USD"), project=None))
    recorder.record(call(cost=Money(Decimal(3), "EUR"), project="Borealis"))
    held = recorder.reserve("Atlas", None)
    assert held.token is None
    whole, atlas, nobody = usage.month(None, By.PROJECT).to_json()["budgets"]
    assert (whole["spent"], whole["left"], whole["forecast"]) == (1.2, 8.8, 2.4)
    assert whole["uncounted"] == [{"amount": 3.0, "currency": "EUR"}]
    assert (atlas["project"], atlas["spent"], atlas["left"], atlas["uncounted"]) == ("Atlas", 0.5, 0.5, [])
    assert (nobody["spent"], nobody["forecast"]) == (0, 0)


def test_what_is_under_way_is_not_left(ledger: Any) -> None:
    usage, recorder = ledger(month=10, projects={"Atlas": 1})
    recorder.reserve("Atlas", yuan("0.25"))
    whole, atlas = usage.month(None, By.DAY).to_json()["budgets"]
    assert (whole["under_way"], whole["left"], atlas["under_way"]) == (0.25, 9.75, 0.25)
    assert usage.month("2026-10", By.DAY).to_json()["budgets"][0]["under_way"] == 0


def test_a_replay_reads_the_days_that_were_asked_for_and_no_refused_calls(ledger: Any) -> None:
    usage, recorder = ledger()
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 14), date(2026, 11, 15)):
        recorder.record(call(at=datetime(day.year, day.month, day.day, tzinfo=UTC), cost=yuan(1)))
    recorder.record(call(outcome=Outcome.REFUSED, at=NOON))
    assert usage.simulate(STAY).to_json()["now"]["costs"] == [{"amount": 3.0, "currency": "CNY"}]
    found = usage.simulate(STAY, since=date(2026, 10, 31), until=date(2026, 11, 14)).to_json()
    assert (found["since"], found["until"]) == ("2026-10-31", "2026-11-14")
    assert found["now"] == found["then"] == {"costs": [{"amount": 3.0, "currency": "CNY"}], "unpriced": 0}


def test_thousands_of_calls_are_replayed(ledger: Any) -> None:
    usage, recorder = ledger()
    for _ in range(2500):
        recorder.record(call(cost=yuan("0.001")))
    assert usage.simulate(STAY).to_json()["now"]["costs"] == [{"amount": 2.5, "currency": "CNY"}]
