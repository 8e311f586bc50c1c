from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from agents.llm.domain import Money
from agents.llm.metering import Outcome
from agents.settings import BudgetSettings
from agents.usage.domain import ModelCallRecord
from agents.usage.recording import UsageRecorder
from agents.usage.tables import ModelCall
from ingestion.database import Database

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
CALL = ModelCallRecord(
    "answer", "medium", "qwen3-32b", Outcome.DONE, at=NOON, project="Atlas", prompt_tokens=1000, completion_tokens=100
)


def yuan(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


def call(**given: Any) -> ModelCallRecord:
    """A call of its own id."""
    made = ModelCallRecord("answer", "medium", "qwen3-32b", Outcome.DONE)
    return replace(CALL, **{"id": made.id, "cost": yuan("0.01"), **given})


@dataclass
class Clock:
    """A clock that is set by hand."""

    instant: datetime = NOON

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tables(database: Database) -> Database:
    SQLModel.metadata.create_all(database.engine)
    return database


@pytest.fixture
def record(tables: Database, clock: Clock) -> Iterator[Callable[..., UsageRecorder]]:
    """Makes recorders over the database, closed at the end."""
    made: list[UsageRecorder] = []

    def make(**budget: Any) -> UsageRecorder:
        made.append(UsageRecorder(tables, BudgetSettings(**budget), clock))
        return made[-1]

    yield make
    for recorder in made:
        recorder.close()


def stored(database: Database) -> list[ModelCall]:
    with Session(database.engine) as session:
        return list(session.exec(select(ModelCall)))
