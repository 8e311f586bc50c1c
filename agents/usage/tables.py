"""The row of a call of a model. `UsageRepository` owns it."""

from __future__ import annotations

import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from ingestion.tables import UtcDateTime


class ModelCall(SQLModel, table=True):
    """One call of a model: see `ModelCallRecord`. Holds no text, and refers to nothing: it outlives projects, meetings
    and models. `day` is the UTC day of `at`. `cost_micros` are millionths of the currency; both are null where the
    price is not known."""

    id: str = Field(primary_key=True)
    at: datetime.datetime = Field(sa_type=UtcDateTime)
    day: datetime.date = Field(index=True)
    task: str
    project: str | None = None
    user: str
    tier: str
    model: str
    server: str | None = None
    remote: bool
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int
    audio_seconds: float
    seconds: float
    first_word_seconds: float | None = None
    cost_micros: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    currency: str | None = None
    outcome: str
    because: str
    fallback_of: str | None = None
