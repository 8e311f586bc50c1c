"""What the gateway tells of each call comes to stand in the ledger, and budgets stop calls before they are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agents.llm.cards import ModelCard, PriceList, PriceStep
from agents.llm.domain import Level, Task, Tier, Work
from agents.llm.metering import BudgetError, Ended, Hold, Meter, Outcome
from agents.llm.pricing import FREE
from agents.ports import Completion, Reads
from agents.usage.metering import UsageMeter
from agents.usage.recording import UsageRecorder
from ingestion.database import Database
from tests.agents.usage.conftest import stored, yuan

Make = Callable[..., UsageRecorder]

PRICES = PriceList(
    seller="shop",
    currency="CNY",
    read_on=date(2026, 11, 1),
    source="test",
    steps=(PriceStep(input=Decimal(10), output=Decimal(100)),),
)
TIER = Tier(
    name="medium",
    level=Level.MEDIUM,
    card=ModelCard(name="qwen3-32b", family="f", description="d", context_tokens=4096, even_tokens=4096),
    server="vllm",
    model="served",
    context_tokens=4096,
    thinking=False,
    remote=True,
    reads=Reads.NOTHING,
    prices=PRICES,
)
WORK = Work(Task.ANSWER, 1000, 100, private=False, project="Atlas", user="mina", caller="c1")
DONE = Completion(
    "text that is nobody's business", "", 900, 50, "served", "stop", cached_tokens=300, reasoning_tokens=20
)


def ended(outcome: Outcome = Outcome.DONE, tier: Tier = TIER, done: Completion | None = DONE) -> Ended:
    return Ended(WORK, tier, outcome, done, 2.5, 0.5, yuan("0.014") if done else None, "minutes_medium", "large")


def test_a_call_is_recorded_as_it_ended(record: Make, tables: Database) -> None:
    recorder = record(month=1)
    meter: Meter = UsageMeter(recorder)
    hold: Hold = meter.hold(WORK, TIER)
    assert recorder.under_way("Atlas") == {"CNY": 20_000}
    hold.settle(ended())
    assert recorder.under_way("Atlas") == {}
    recorder.flush()
    (row,) = stored(tables)
    assert (row.task, row.project, row.user, row.tier, row.model) == (
        "answer",
        "Atlas",
        "mina",
        "medium",
        "qwen3-32b",
    )
    assert (row.server, row.remote, row.because, row.fallback_of) == ("vllm", True, "minutes_medium", "large")
    tokens = (row.prompt_tokens, row.cached_tokens, row.completion_tokens, row.reasoning_tokens)
    assert (tokens, row.cost_micros, row.seconds, row.first_word_seconds) == ((900, 300, 50, 20), 14_000, 2.5, 0.5)
    assert "nobody" not in repr(row)


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.FAILED])
def test_what_was_broken_off_has_no_cost_that_anybody_knows(record: Make, tables: Database, outcome: Outcome) -> None:
    meter = UsageMeter(recorder := record(month=1))
    meter.hold(WORK, TIER).settle(ended(outcome, done=None))
    free = replace(TIER, prices=FREE)
    meter.hold(WORK, free).settle(ended(outcome, free, done=None))
    recorder.flush()
    assert {(row.outcome, row.cost_micros) for row in stored(tables)} == {(outcome.value, None), (outcome.value, 0)}


def test_a_budget_stops_a_call_before_it_is_made(
    record: Make, tables: Database, caplog: pytest.LogCaptureFixture
) -> None:
    meter = UsageMeter(recorder := record(month="0.04", projects={"Atlas": "0.03"}))
    assert not meter.judge(WORK, TIER).stopped
    held = meter.hold(WORK, TIER)
    because = meter.judge(WORK, TIER).because
    assert because is not None
    assert because.code == "budget_project_stopped"
    with pytest.raises(BudgetError, match="tier medium: this month's budget of Atlas") as refused:
        meter.hold(WORK, TIER)
    assert (refused.value.status, "huimai usage" in refused.value.hint) == (402, True)
    assert not meter.judge(WORK, replace(TIER, prices=FREE)).stopped
    assert meter.judge(WORK, replace(TIER, prices=None)).stopped
    held.settle(ended())
    recorder.flush()
    rows = {row.outcome: row for row in stored(tables)}
    assert (rows["refused"].because, rows["refused"].cost_micros) == ("budget_project_stopped", 0)
    assert meter.judge(WORK, TIER).stopped  # 0.014 spent and 0.02 wanted of 0.03


def test_it_warns_once(record: Make, caplog: pytest.LogCaptureFixture) -> None:
    meter = UsageMeter(record(month="0.1", warn_at=0.3))
    for _ in range(4):
        meter.hold(WORK, TIER)
    assert [one.getMessage() for one in caplog.records if one.name.startswith("agents.usage")] == [
        "the month's budget of 0.10 CNY is nearly used up: 0.02 spent, 0.02 for this"
    ]
