"""The row of what a model was asked about a meeting. `InquiryRepository` owns it."""

from __future__ import annotations

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ModelInquiry(SQLModel, table=True):
    """An inquiry about a meeting, and what the model of that name replied.

    `key` is the same for the same words. `text` is what the model is shown, null once it has replied; `reply` is JSON,
    null where it was not asked yet or nothing that it said could be read, of which `fault` says why. `number` is its
    place among those that wait.
    """

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    key: str = Field(primary_key=True)
    number: int
    form: str
    lines: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    about: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    kind: str | None = None
    text: str | None = None
    model: str
    reply: str | None = None
    fault: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
