"""The forms of replies. They name kinds and lines; words of a reply only count where they stand in its lines."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from agents.reading.domain import Form

_Words = Annotated[str, Field(max_length=120)]


class FoundKind(StrEnum):
    """The kinds of items that a model may find; each is an `ItemKind`."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    QUESTION = "question"
    RISK = "risk"
    METRIC = "metric"
    AIM = "aim"
    OUTCOME = "outcome"


class Sort(StrEnum):
    """What a few lines may be taken for."""

    DECISION = "decision"
    PROMISE = "promise"
    PROPOSAL = "proposal"
    QUESTION = "question"
    RISK = "risk"
    REPORT = "report"
    TALK = "talk"


class Matter(StrEnum):
    """Whether two statements are one matter."""

    SAME = "same"
    OTHER = "other"


class FoundItem(BaseModel):
    """An item that a model found: its kind, its lines, and the words by which they say whose it is, by when it is due,
    what is measured and the number of it; empty where they say none."""

    kind: FoundKind
    lines: list[int] = Field(min_length=1, max_length=4)
    owner: _Words = ""
    due: _Words = ""
    name: _Words = ""
    value: _Words = ""


class WindowReply(BaseModel):
    """What matters in a window."""

    items: list[FoundItem] = Field(max_length=60)


class DoubtReply(BaseModel):
    """What a few lines are."""

    sort: Sort


class PairReply(BaseModel):
    """Whether two statements are one matter."""

    matter: Matter


REPLIES: dict[Form, type[BaseModel]] = {Form.WINDOW: WindowReply, Form.DOUBT: DoubtReply, Form.PAIR: PairReply}
