"""The rows of the ledger. `LedgerRepository` owns them."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from ingestion.tables import UtcDateTime, new_id, now


class LedgerItem(SQLModel, table=True):
    """One thing that matters in a meeting. Its quote is not stored: it is read from its `lines` of the transcript.

    `lines` count from 0 in the transcript. `owner_lines`, `due_line` and `measure_line` are those that say the owner,
    the due date and the number; null where nobody said any. `measure_value` is a decimal number. `by_hand` has the
    instant at which a person set each field that one has set. `told_on` is the day on which a person told how the
    matter stands, null for what the meeting says.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    kind: str = Field(index=True)
    lines: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    text: str
    confidence: float
    owner: str | None = None
    owner_lines: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    due: datetime.date | None = None
    due_said: str | None = None
    due_line: int | None = None
    measure_name: str | None = None
    measure_value: str | None = None
    measure_unit: str | None = None
    measure_said: str | None = None
    measure_line: int | None = None
    by_hand: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    told_on: datetime.date | None = None


class LedgerLink(SQLModel, table=True):
    """What a later item does to an earlier one. `confirmed` is what a person said of it, null while nobody has."""

    later: str = Field(foreign_key="ledgeritem.id", primary_key=True)
    earlier: str = Field(foreign_key="ledgeritem.id", primary_key=True, index=True)
    type: str
    confidence: float
    reason: str
    confirmed: bool | None = None


class Reading(SQLModel, table=True):
    """How far a meeting has been read into the ledger.

    `wanted` counts the times that it was to be read, since its lines or its facts changed; `done` is that count when
    it was read last; `project_id` and `day` are where it stood then. `error` and `hint` say why the newest reading
    failed. `spent` is what the reading took: lines, seconds, and a chat model's part.
    """

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    wanted: int = 1
    done: int = 0
    project_id: str | None = None
    day: datetime.date | None = None
    error: str | None = None
    hint: str | None = None
    spent: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    read_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_at: datetime.datetime = Field(default_factory=now, sa_type=UtcDateTime)


class LedgerFound(SQLModel, table=True):
    """What a meeting was last read as, item by item as rows of `LedgerItem`, before what people changed is laid over
    it. Of a meeting that was read before this was kept, the items are what was found."""

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    items: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class LedgerEdit(SQLModel, table=True):
    """What a person said of one item; what is said at once of several is an event each, with the same `edit_id`.

    `number` is its place among those of the meeting. `anchor` is the item as it stood, with the words of its lines; of
    a link to another item also `other_anchor`, that of the earlier one. `before` and `after` are the fields that
    change, `values` what else the operation needs. `lost` is whether nothing was found to lay it over when it was last
    tried. Nobody has an account, so it is not known who said it.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    edit_id: str = Field(index=True)
    number: int = 0
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    item_id: str = Field(index=True)
    anchor: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    other_meeting_id: str | None = Field(default=None, foreign_key="meeting.id", index=True)
    other_id: str | None = Field(default=None, index=True)
    other_anchor: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    operation: str
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    values: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    lost: bool = False
    made_at: datetime.datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
