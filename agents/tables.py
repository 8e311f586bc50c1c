"""The rows of the agents: conversations and their messages. This package owns these tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from ingestion.tables import UtcDateTime, new_id, now


class Conversation(SQLModel, table=True):
    """Questions that belong together. `title` is the first of them, `scope` the filters it was asked with."""

    id: str = Field(default_factory=new_id, primary_key=True)
    title: str
    scope: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class Message(SQLModel, table=True):
    """One question with the answer document that was given, as in the contract."""

    id: str = Field(default_factory=new_id, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", index=True)
    question: str
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class CitedMeeting(SQLModel, table=True):
    """That a message quotes a meeting, so that the quotes go when the meeting does."""

    message_id: str = Field(foreign_key="message.id", primary_key=True)
    meeting_id: str = Field(primary_key=True, index=True)
