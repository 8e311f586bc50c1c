"""All SQL over the calls of models. Nothing here commits: the caller's session does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite
from typing import Any

from sqlmodel import Session, SQLModel, case, col, func, select

from agents.llm.domain import Money, Spent
from agents.llm.metering import Outcome
from agents.usage.domain import By, ModelCallRecord, PastCall, Sums, from_micros
from agents.usage.tables import ModelCall

_KEYS: dict[By, Any] = {
    By.PROJECT: ModelCall.project,
    By.USER: ModelCall.user,
    By.TASK: ModelCall.task,
    By.MODEL: ModelCall.model,
    By.TIER: ModelCall.tier,
    By.DAY: ModelCall.day,
}
_TEXTS = ("task", "tier", "model", "project", "user", "server", "because", "fallback_of")
_TOKENS = ("prompt_tokens", "cached_tokens", "completion_tokens", "reasoning_tokens")
_SECONDS = ("audio_seconds", "seconds", "first_word_seconds")
_MOST_TOKENS = 2**31 - 1
_LONGEST = 200
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_AT_ONCE = 1000


class UsageRepository:
    """Calls of models, added and added up."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, calls: Sequence[ModelCallRecord]) -> None:
        """Store calls, at most a few hundred. Those that are there already, since a commit went through of which nobody
        heard, are not stored twice."""
        new = {call.id: call for call in calls}
        known = self.session.exec(select(ModelCall.id).where(col(ModelCall.id).in_(new)))
        for id in known:
            del new[id]
        if new:
            # many rows at once, five times as quick as row by row
            table = SQLModel.metadata.tables["modelcall"]
            self.session.connection().execute(table.insert(), [_row(call) for call in new.values()])

    def spent(self, first: date, last: date) -> list[tuple[str | None, str, int]]:
        """What calls of these days cost in sum, for each project and currency, in millionths."""
        wanted = (
            select(ModelCall.project, ModelCall.currency, func.sum(ModelCall.cost_micros))
            .where(*_within(first, last), col(ModelCall.cost_micros).is_not(None))
            .group_by(col(ModelCall.project), col(ModelCall.currency))
        )
        return [(project, currency or "", int(micros or 0)) for project, currency, micros in self.session.exec(wanted)]

    def sums(self, first: date, last: date, by: By) -> list[Sums]:
        """The calls of these days added up, for each key and currency."""
        key = _KEYS[by]
        columns = (
            key,
            ModelCall.currency,
            func.count() - _ended(Outcome.REFUSED),
            func.sum(ModelCall.prompt_tokens),
            func.sum(ModelCall.cached_tokens),
            func.sum(ModelCall.completion_tokens),
            func.sum(ModelCall.reasoning_tokens),
            func.sum(ModelCall.audio_seconds),
            func.sum(ModelCall.seconds),
            func.coalesce(func.sum(ModelCall.cost_micros), 0),
            *(_ended(outcome) for outcome in (Outcome.FAILED, Outcome.CANCELLED, Outcome.REFUSED)),
            func.count(col(ModelCall.fallback_of)),
        )
        wanted = select(*columns).where(*_within(first, last)).group_by(key, col(ModelCall.currency))  # pyright: ignore
        return [_sums(row) for row in self.session.exec(wanted)]  # pyright: ignore

    def calls(self, first: date, last: date) -> Iterator[PastCall]:
        """The calls of these days that were made, one after the other, a thousand in memory at a time."""
        wanted = select(ModelCall).where(*_within(first, last), col(ModelCall.outcome) != Outcome.REFUSED.value)
        for row in self.session.exec(wanted.execution_options(yield_per=_AT_ONCE)):
            yield _past(row)


def _within(first: date, last: date) -> tuple[Any, Any]:
    return col(ModelCall.day) >= first, col(ModelCall.day) <= last


def _ended(outcome: Outcome) -> Any:
    return func.sum(case((col(ModelCall.outcome) == outcome.value, 1), else_=0))


def _row(call: ModelCallRecord) -> dict[str, Any]:
    """A call as it can be stored whatever a server told: no control characters, nothing negative or endless."""
    return {
        **{name: _text(getattr(call, name)) for name in _TEXTS},
        **{name: min(max(getattr(call, name), 0), _MOST_TOKENS) for name in _TOKENS},
        **{name: _finite(getattr(call, name)) for name in _SECONDS},
        **{name: getattr(call, name) for name in ("id", "at", "day", "remote", "cost_micros")},
        "currency": call.cost.currency if call.cost else None,
        "outcome": call.outcome.value,
    }


def _text(text: str | None) -> str | None:
    return None if text is None else _UNSTORABLE.sub("", text)[:_LONGEST]


def _finite(seconds: float | None) -> float | None:
    if seconds is None:
        return None
    return max(seconds, 0.0) if isfinite(seconds) else 0.0


def _sums(row: Sequence[Any]) -> Sums:
    key, currency, *numbers = row
    shown = key.isoformat() if isinstance(key, date) else key
    # PostgreSQL adds integers up to decimals
    whole = [number if isinstance(number, float) else int(number) for number in numbers]
    return Sums(shown, currency, *whole)  # pyright: ignore[reportArgumentType]


def _past(row: ModelCall) -> PastCall:
    spent = Spent(row.prompt_tokens, row.completion_tokens, row.cached_tokens, thinking=row.reasoning_tokens > 0)
    cost = None if row.cost_micros is None else Money(from_micros(row.cost_micros), row.currency or "")
    return PastCall(row.task, row.project, row.tier, spent, row.audio_seconds, cost)
