"""The rows of reports that are kept, and of those that are made every week. `ReportRepository` owns them."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel, UniqueConstraint

from ingestion.tables import UtcDateTime, new_id, now


class Report(SQLModel, table=True):
    """A report that is kept. `asked` is what it is of, projects apart; `name` what somebody called it. A scheduled one
    knows its schedule and the day on which it was due, `occasion`: one is made for each."""

    __table_args__ = (UniqueConstraint("schedule_id", "occasion"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str | None = None
    asked: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    schedule_id: str | None = None
    occasion: datetime.date | None = None
    created_at: datetime.datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class ReportProject(SQLModel, table=True):
    """A project that a report is of, at its place among them; by its id, so that it may be renamed."""

    report_id: str = Field(foreign_key="report.id", primary_key=True)
    place: int = Field(primary_key=True)
    project_id: str = Field(index=True)


class ReportVersion(SQLModel, table=True):
    """A report as it was built. All that was said in it is null once a meeting that it quotes is deleted."""

    report_id: str = Field(foreign_key="report.id", primary_key=True)
    version: int = Field(primary_key=True)
    title: str = ""
    document: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    text: str | None = None
    paper: str | None = None
    built_at: datetime.datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReportMeeting(SQLModel, table=True):
    """That something of a meeting stands in a version of a report."""

    report_id: str = Field(foreign_key="report.id", primary_key=True)
    version: int = Field(primary_key=True)
    meeting_id: str = Field(primary_key=True, index=True)


class ReportSchedule(SQLModel, table=True):
    """A comparison that is made every week: `weekday` 0 is Monday, `at` is the local time HH:MM in the IANA zone
    `timezone`, `projects` are ids. `done` is the newest day for which one was made, or failed as `error` says."""

    id: str = Field(default_factory=new_id, primary_key=True)
    projects: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weekday: int
    at: str
    timezone: str
    created_at: datetime.datetime = Field(default_factory=now, sa_type=UtcDateTime)
    done: datetime.date | None = None
    error: str | None = None
    hint: str | None = None
