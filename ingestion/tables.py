"""The rows of ingestion. This package owns these tables; others read them through the repository.

Times within a recording are seconds; instants are timezone-aware UTC.
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, Enum, Index, TypeDecorator
from sqlmodel import Field, SQLModel, UniqueConstraint

from ingestion.domain import Stage


class UtcDateTime(TypeDecorator[datetime]):
    """Instants that are UTC on every database; SQLite alone would lose the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return as UTC."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


def now() -> datetime:
    """The current instant in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A fresh random identifier, 12 hexadecimal characters."""
    return secrets.token_hex(6)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


# text and not a database's own enumeration, so that a new stage needs no change of type
_STAGE = Enum(Stage, native_enum=False, length=20, values_callable=_values)


class Project(SQLModel, table=True):
    """A body of meetings that share people, terms and a calendar."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True, index=True)
    private: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Media(SQLModel, table=True):
    """A stored recording, named by the SHA-256 of its bytes."""

    sha256: str = Field(primary_key=True)
    extension: str
    size: int
    container: str
    codec: str
    duration: float | None = None
    sample_rate: int
    channels: int
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


CANCELLED = "cancelled"
"""The error of a meeting whose ingest somebody stopped."""


class Meeting(SQLModel, table=True):
    """One meeting: a recording or an imported transcript.

    `source_sha256` is the hash of the received file (for a collection of transcripts, of this meeting's record); the
    same source enters a project once. `stage` is where its ingest stands; `error` and `hint` say why it failed.
    `progress` is the share of the stage done, 0..1; `attempt` counts the times its ingest was begun anew. `notes` are
    one-line warnings worth showing. `speakers_least` and `speakers_most` are how many speak in it, as far as somebody
    said so; `tell_anew` is true until they are told apart again as somebody asked for.
    """

    __table_args__ = (
        UniqueConstraint("project_id", "source_sha256"),
        # the lists of meetings, of all projects and of one, are read in these orders
        Index("ix_meeting_date", "date", "id"),
        Index("ix_meeting_project_date", "project_id", "date", "id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    project_id: str = Field(foreign_key="project.id", index=True)
    title: str
    date: date
    date_source: str
    language: str = "auto"
    duration: float | None = None
    media_sha256: str | None = Field(default=None, foreign_key="media.sha256", index=True)
    source_name: str
    source_sha256: str
    stage: Stage = Field(default=Stage.QUEUED, sa_column=Column(_STAGE, index=True, nullable=False))
    progress: float = 0.0
    attempt: int = 0
    error: str | None = None
    hint: str | None = None
    notes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    speakers_least: int | None = None
    speakers_most: int | None = None
    tell_anew: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def cancelled(self) -> bool:
        """Whether somebody stopped its ingest."""
        return self.stage is Stage.FAILED and self.error == CANCELLED


class Piece(SQLModel, table=True):
    """A durable transcription step: about five minutes of a recording. `segments` is null until transcribed.

    `speech` holds the [start, end] of each stretch in which somebody speaks; `voices` is null until they were heard,
    `heard_by` is the model that made their vectors.
    `attempts` counts the times that transcription began, `seconds_taken` is the wall time of the last, so far.
    """

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    index: int = Field(primary_key=True)
    start: float
    end: float
    speech: list[list[float]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    segments: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    voices: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    heard_by: str | None = None
    attempts: int = 0
    seconds_taken: float | None = None


class Turn(SQLModel, table=True):
    """A stretch in which one speaker of a recording speaks. `speaker` counts from 1."""

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    index: int = Field(primary_key=True)
    speaker: int
    start: float
    end: float


class MeetingVoice(SQLModel, table=True):
    """How one speaker of a recording sounds. `speaker` counts from 1, `vector` is base64 of 16-bit floats, null where
    nobody was clear, `seconds` how long the speaker was heard alone.

    `person_id` is who it may be, with the cosine that says so; `known` is false while somebody has to confirm it, and
    `confirmed` is true where somebody has said who it is, or that it is nobody's who is known.
    `label` is what the stored lines call the speaker, null before there are any.
    """

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    speaker: int = Field(primary_key=True)
    model_id: str
    vector: str | None = None
    seconds: float
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    cosine: float | None = None
    known: bool = False
    confirmed: bool = False
    label: str | None = None


class Person(SQLModel, table=True):
    """Somebody whose voice is known in a project."""

    id: str = Field(default_factory=new_id, primary_key=True)
    project_id: str = Field(foreign_key="project.id", index=True)
    name: str = Field(index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SpeakerSide(SQLModel, table=True):
    """On which side the people of that name speak in a project, as somebody said: `side` is a `Side`."""

    project_id: str = Field(foreign_key="project.id", primary_key=True)
    name: str = Field(primary_key=True)
    side: str


class Voiceprint(SQLModel, table=True):
    """A person's voice as it was heard in one meeting. `consented_by` is who said that it may be kept, and `created_at`
    when."""

    __table_args__ = (UniqueConstraint("person_id", "meeting_id", "speaker"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    speaker: int
    model_id: str
    vector: str
    seconds: float
    consented_by: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SourceLines(SQLModel, table=True):
    """The lines of an imported transcript as received, before cleaning."""

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Utterance(SQLModel, table=True):
    """What was said, one sentence or turn. `raw_text` is what the recogniser or the source wrote; `voice` is the
    number of the voice that was heard in a recording, `sure` is false where others speak at the same time, so that it
    is a guess. `uncorrected` is what people corrected in it as it was derived; null where nobody did."""

    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    index: int = Field(primary_key=True)
    speaker: str | None = Field(default=None, index=True)
    start: float | None = None
    end: float | None = None
    text: str
    raw_text: str
    language: str
    confidence: float | None = None
    words: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    corrections: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    voice: int | None = None
    sure: bool = True
    uncorrected: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class Chunk(SQLModel, table=True):
    """A run of utterances `first`..`last` that is searched as one. `id` is also the id of its vectors; `behind` counts
    the changes that they do not know yet."""

    id: str = Field(primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    first: int
    last: int
    text: str
    words: int
    behind: int = 0


class CorrectionEvent(SQLModel, table=True):
    """What one correction changed in one meeting; one that reaches several meetings is an event in each.

    `number` is its place among the corrections of the meeting. `lines` are the index, start and end of each corrected
    line as they were; `before` and `after` are the fields that changed, the same on every line. `reach` is how far a
    speaker was corrected from the first line on.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    correction_id: str = Field(primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    number: int = 0
    kind: str
    reach: str | None = None
    lines: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_by: str | None = None
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Rehearing(SQLModel, table=True):
    """A span of a recording that somebody asked to be heard again, laid over what was heard first.

    `language` and `model` are as asked for; once it is done, `model` is the one that heard it. `before` is what stood
    there, as recognised. `segments` is what was heard, null until then and when `error` says why nothing was.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    start: float
    end: float
    language: str | None = None
    model: str | None = None
    made_by: str | None = None
    before: str
    segments: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    error: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class GlossaryTerm(SQLModel, table=True):
    """A name or term; shared by all projects when `project_id` is null."""

    id: str = Field(default_factory=new_id, primary_key=True)
    project_id: str | None = Field(default=None, foreign_key="project.id", index=True)
    canonical: str
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    kind: str = "term"
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
