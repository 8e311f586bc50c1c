"""Calls are recorded once, whatever the database and the clock do, and money is never spent twice."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from agents.llm.domain import Money
from agents.llm.metering import Outcome
from agents.settings import BudgetSettings
from agents.usage import recording
from agents.usage.domain import ModelCallRecord
from agents.usage.months import Month
from agents.usage.recording import UsageRecorder
from ingestion.database import Database
from tests.agents.usage.conftest import NOON, Clock, call, stored, yuan

Make = Callable[..., UsageRecorder]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_call_is_stored_with_all_that_it_took_and_no_text(record: Make, tables: Database) -> None:
    made = call(
        user="mina",
        server="vllm",
        remote=True,
        cached_tokens=800,
        reasoning_tokens=40,
        audio_seconds=1.5,
        seconds=2.5,
        first_word_seconds=0.5,
        because="long",
        fallback_of="large",
        outcome=Outcome.CUT,
    )
    recorder = record()
    recorder.record(made)
    assert recorder.flush()
    (row,) = stored(tables)
    assert (row.at, row.day.isoformat(), row.outcome) == (NOON, "2026-11-15", "cut")
    assert (row.cost_micros, row.currency) == (10_000, "CNY")
    for name in set(ModelCallRecord.__dataclass_fields__) - {"at", "outcome", "cost"}:
        assert getattr(row, name) == getattr(made, name), name


def test_the_background_writes_without_being_asked(record: Make, tables: Database) -> None:
    record().record(call())
    until(lambda: len(stored(tables)) == 1)


def test_what_a_server_made_up_is_stored_all_the_same(record: Make, tables: Database) -> None:
    recorder = record()
    recorder.record(
        call(model="a\x00b\ud800\x1b" + "x" * 300, prompt_tokens=10**30, completion_tokens=-5, seconds=math.nan)
    )
    recorder.record(call(cost=Money(Decimal(10) ** 30, "CNY"), first_word_seconds=math.inf))
    assert recorder.flush()
    first, second = sorted(stored(tables), key=lambda row: row.cost_micros or 0)
    assert (first.model, first.prompt_tokens, first.completion_tokens, first.seconds) == (
        "ab" + "x" * 198,
        2**31 - 1,
        0,
        0.0,
    )
    assert second.cost_micros == 10**15


def test_closing_writes_everything(record: Make, tables: Database) -> None:
    recorder = record()
    for _ in range(1200):
        recorder.record(call())
    recorder.close()
    assert len(stored(tables)) == 1200


def test_a_failing_database_costs_nothing_but_patience(
    record: Make, tables: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(recording, "_AGAIN_SECONDS", 0.01)
    recorder = record(month=1)
    with tables.engine.begin() as connection:
        connection.execute(text("ALTER TABLE modelcall RENAME TO away"))
    for _ in range(3):
        recorder.record(call(cost=yuan("0.3")))
        assert not recorder.flush()
    assert recorder.judge(None, yuan("0.2")).stopped
    with tables.engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO modelcall"))
    until(lambda: len(stored(tables)) == 3)
    recorder.close()
    assert len([one for one in caplog.records if "cannot be recorded" in one.message]) == 1


def test_what_waits_is_bounded_and_counts_all_the_same(
    record: Make, tables: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(recording, "MOST_WAITING", 2)
    monkeypatch.setattr(recording, "GATHER_SECONDS", 60)
    recorder = record(month=1)
    for _ in range(5):
        recorder.record(call(cost=yuan("0.2")))
    assert recorder.judge(None, yuan("0.01")).stopped
    assert recorder.flush()
    assert len(stored(tables)) == 2
    assert "3 were left out" in caplog.text


def test_a_batch_whose_commit_nobody_heard_of_is_not_stored_twice(
    record: Make, tables: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record()
    real = recording.UsageRepository.add
    lost = iter([True])

    def add(self: recording.UsageRepository, calls: list[ModelCallRecord]) -> None:
        real(self, calls)
        if next(lost, False):
            self.session.commit()
            raise ConnectionError("gone")

    monkeypatch.setattr(recording.UsageRepository, "add", add)
    recorder.record(call())
    recorder.flush()
    recorder.record(call())
    until(recorder.flush)
    assert len(stored(tables)) == 2


def test_the_same_call_told_twice_is_stored_once(record: Make, tables: Database) -> None:
    recorder, same = record(), call()
    recorder.record(same)
    recorder.record(same)
    assert recorder.flush()
    assert len(stored(tables)) == 1


def test_at_once_no_more_is_reserved_than_there_is(record: Make, tables: Database) -> None:
    recorder = record(month="10", projects={"Atlas": "3"})
    begin = threading.Barrier(16)
    passed: list[str] = []

    def work(number: int) -> None:
        begin.wait()
        for step in range(13):
            project = "Atlas" if (number + step) % 2 else "Borealis"
            held = recorder.reserve(project, yuan("0.1"))
            if held.token is not None:
                passed.append(project)
                recorder.settle(held.token, call(project=project, cost=yuan("0.1")))
                recorder.settle(held.token, call(project=project, cost=yuan("0.1")))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert (len(passed), passed.count("Atlas")) == (100, 30)
    recorder.close()
    assert sum(row.cost_micros or 0 for row in stored(tables)) == 10_000_000


def test_two_hundred_calls_under_way_hold_their_money_until_they_end(record: Make) -> None:
    recorder = record(month="1")
    held = [recorder.reserve(None, yuan("0.01")) for _ in range(200)]
    assert sum(one.token is not None for one in held) == 100
    assert recorder.under_way() == {"CNY": 1_000_000}
    for one in held:
        if one.token is not None:
            recorder.settle(one.token, None)
    assert recorder.under_way() == {}
    assert not recorder.judge(None, yuan(1)).stopped


def test_a_call_of_another_month_does_not_count_in_this_one(record: Make) -> None:
    recorder = record(month="1")
    recorder.record(call(cost=yuan(5), at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC)))
    assert not recorder.judge(None, yuan(1)).stopped


def test_what_was_spent_before_a_restart_counts(record: Make) -> None:
    first = record(month="1")
    first.record(call(cost=yuan("0.9")))
    first.record(call(cost=yuan("0.9"), at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC)))
    first.close()
    again = record(month="1")
    assert not again.judge(None, yuan("0.1")).stopped
    assert again.judge(None, yuan("0.11")).stopped


def test_a_clock_that_jumps_loses_nothing_and_counts_nothing_twice(
    record: Make, tables: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_IDLE_SECONDS", 0.01)
    recorder = record(month="1")
    recorder.record(call(cost=yuan("0.6")))
    held = recorder.reserve(None, yuan("0.3"))
    months = (datetime(2026, 12, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), NOON, NOON.replace(day=1))
    for instant in months:
        clock.instant = instant
        recorder.record(call(cost=yuan("0.05"), at=instant))
        spent = Decimal("0.95") if instant.month == 11 else Decimal("0.35")
        left = Decimal(1) - spent - (Decimal("0.05") if instant.day == 1 and instant.month == 11 else 0)
        until(lambda instant=instant: recorder._month == Month.of(instant))
        assert not recorder.judge(None, Money(left, "CNY")).stopped
        assert recorder.judge(None, Money(left + Decimal("0.000001"), "CNY")).stopped
    assert held.token is not None
    recorder.settle(held.token, call(cost=yuan("0.3")))
    recorder.close()
    assert len(stored(tables)) == 6
    assert sum(row.cost_micros or 0 for row in stored(tables)) == 1_100_000


def test_calls_that_are_not_written_yet_count_in_the_month_that_is_begun(
    record: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "GATHER_SECONDS", 0)
    recorder = record(month="1")
    december = datetime(2026, 12, 1, tzinfo=UTC)
    monkeypatch.setattr(recorder, "_written", lambda batch: True)  # a database that takes its time
    monkeypatch.setattr(recorder, "_first_waiting", list)
    recorder.record(call(cost=yuan("0.9"), at=december))
    clock.instant = december
    assert recorder._followed()
    assert recorder.judge(None, yuan("0.2")).stopped
    monkeypatch.undo()


def test_recording_waits_for_no_database(record: Make, tables: Database) -> None:
    recorder = record()
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with recorder._writing:
            entered.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait()
    recorder.record(call())  # would never return if it waited for whoever writes
    assert not recorder.judge(None, yuan(1)).stopped
    leave.set()
    holder.join()


def test_counts_for_a_monitor(record: Make) -> None:
    recorder = record()
    recorder.record(call(cost=yuan("0.5"), seconds=2))
    recorder.record(call(cost=None, seconds=1))
    recorder.record(call(outcome=Outcome.FAILED, cost=None))
    done, failed = sorted(recorder.counted(), key=lambda one: one.outcome)
    assert (done.task, done.tier, done.calls, done.prompt_tokens, done.seconds) == ("answer", "medium", 2, 2000, 3.0)
    assert (done.cost, failed.calls) == ({"CNY": 0.5}, 1)


def test_a_process_that_is_killed_loses_only_what_was_not_yet_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'usage.db'}"
    code = f"""
import os, signal
from agents.usage import recording, tables
from agents.usage.domain import ModelCallRecord
from agents.llm.metering import Outcome
from ingestion.database import Database
from sqlmodel import SQLModel
database = Database({url!r})
SQLModel.metadata.create_all(database.engine)
recording.GATHER_SECONDS = 3600
recorder = recording.UsageRecorder(database)
call = lambda: ModelCallRecord("answer", "medium", "m", Outcome.DONE)
for _ in range(700):
    recorder.record(call())
assert recorder.flush()
recorder.record(call())
os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert ran.returncode == -9
    database = Database(url)
    assert len(stored(database)) == 700
    again = UsageRecorder(database, BudgetSettings())
    again.record(call())
    again.close()
    assert len(stored(database)) == 701
    database.close()
