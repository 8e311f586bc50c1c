"""The JSON documents of meetings, projects, terms and jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingestion.domain import Stage
from ingestion.models.card import ModelTask
from ingestion.models.store import ModelState
from ingestion.tables import Meeting
from server.language import Told


def example(value: Any, *, from_attributes: bool = False) -> ConfigDict:
    """Model configuration with an example for OpenAPI."""
    return ConfigDict(json_schema_extra={"example": value}, from_attributes=from_attributes)


MEETING: dict[str, Any] = {
    "id": "3f9c1a2b7d40",
    "project": "Atlas",
    "title": "Release weekly",
    "date": "2026-03-04",
    "date_source": "file name",
    "language": "en",
    "duration": 1803.2,
    "has_media": True,
    "source_name": "2026-03-04.m4a",
    "stage": "ready",
    "progress": 1.0,
    "error": None,
    "hint": None,
    "cancelled": False,
    "notes": [],
    "created_at": "2026-03-04T11:00:00Z",
    "finished_at": "2026-03-04T11:03:10Z",
}
JOB = {
    "id": "3f9c1a2b7d40",
    "kind": "ingest",
    "meeting_id": "3f9c1a2b7d40",
    "title": "Release weekly",
    "date": "2026-03-04",
    "project": "Atlas",
    "stage": "transcribe",
    "progress": 0.4,
    "eta_seconds": 95.0,
    "error": None,
    "hint": None,
    "cancelled": False,
    "created_at": "2026-03-04T11:00:00Z",
    "started_at": "2026-03-04T11:00:01Z",
    "finished_at": None,
}
MODEL = {
    "name": "whisper-base",
    "task": "speech",
    "engine": "faster-whisper",
    "description": "Multilingual speech recognition, small and quick",
    "description_zh": "多语言语音识别，小而快",
    "licence": "MIT",
    "size": 147882941,
    "memory_bytes": 400000000,
    "default": True,
    "state": "present",
    "bytes_on_disk": 147882941,
    "source": "wheels",
    "problem": "",
}
TERM = {
    "id": "9a8b7c6d5e4f",
    "project": "Atlas",
    "canonical": "Quillgate",
    "aliases": ["quill gate"],
    "kind": "product",
}


class ProjectDocument(BaseModel):
    """A project and how many meetings it has."""

    model_config = example({"name": "Atlas", "private": False, "meetings": 12, "created_at": "2026-01-05T08:00:00Z"})

    name: str
    private: bool
    meetings: int
    created_at: datetime


class MoneyDocument(BaseModel):
    """An amount in a currency, ISO 4217."""

    amount: float
    currency: str


class NewProject(BaseModel):
    """A project to make. No server outside the user's control is told anything of a `private` one."""

    model_config = example({"name": "Atlas", "private": True})

    name: str = Field(min_length=1, max_length=200)
    private: bool = False


class ProjectChange(BaseModel):
    """What to change about a project."""

    model_config = example({"private": True})

    private: bool


class MeetingDocument(BaseModel):
    """A meeting and where its ingest stands. `progress` is the share of the stage done; times are seconds."""

    model_config = example(MEETING)

    id: str
    project: str
    title: str
    date: date
    date_source: str
    language: str
    duration: float | None
    has_media: bool
    source_name: str
    stage: Stage
    progress: float
    error: Told | None
    hint: Told | None
    cancelled: bool
    notes: list[Told]
    created_at: datetime
    finished_at: datetime | None


def meeting_document(meeting: Meeting, project: str) -> MeetingDocument:
    """The document of a stored meeting; `project` is the name of its project."""
    return MeetingDocument(
        id=meeting.id,
        project=project,
        title=meeting.title,
        date=meeting.date,
        date_source=meeting.date_source,
        language=meeting.language,
        duration=meeting.duration,
        has_media=meeting.media_sha256 is not None,
        source_name=meeting.source_name,
        stage=meeting.stage,
        progress=meeting.progress,
        error=meeting.error,
        hint=meeting.hint,
        cancelled=meeting.cancelled,
        notes=meeting.notes,
        created_at=meeting.created_at,
        finished_at=meeting.finished_at,
    )


class RegisteredMeeting(MeetingDocument):
    """A meeting that an upload led to. `duplicate`: the project had it already."""

    model_config = example({**MEETING, "stage": "queued", "progress": 0.0, "duplicate": False})

    duplicate: bool


class UploadDocument(BaseModel):
    """The meetings that an upload led to: one, or several for a collection of transcripts."""

    meetings: list[RegisteredMeeting]


class MeetingPage(BaseModel):
    """A page of meetings, by date. `next` is the cursor of the following page, null on the last; `total` is how many
    there are on all pages."""

    meetings: list[MeetingDocument]
    next: str | None
    total: int


class TermDocument(BaseModel):
    """A name or term; `project` is null when all projects share it."""

    model_config = example(TERM)

    id: str
    project: str | None
    canonical: str
    aliases: list[str]
    kind: str


class NewTerm(BaseModel):
    """A term to add, or to replace when the canonical form is known. Without a project all projects share it."""

    model_config = example({k: v for k, v in TERM.items() if k != "id"})

    project: str | None = None
    canonical: str = Field(min_length=1, max_length=200)
    aliases: list[str] = Field([], max_length=100)
    kind: str = Field("term", min_length=1, max_length=50)


class JobDocument(BaseModel):
    """A durable job. `progress` is the share done; `eta_seconds` is null while it cannot be known."""

    model_config = example(JOB, from_attributes=True)

    id: str
    kind: str
    meeting_id: str
    title: str
    date: date
    project: str
    stage: Stage
    progress: float
    eta_seconds: float | None
    error: Told | None
    hint: Told | None
    cancelled: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ReindexDocument(BaseModel):
    """How many meetings were queued."""

    model_config = example({"meetings": 12})

    meetings: int


class ModelDocument(BaseModel):
    """A model of the catalogue and how it stands on this machine. Sizes are bytes; `description_zh` is empty where
    nobody wrote one."""

    model_config = example(MODEL)

    name: str
    task: ModelTask
    engine: str
    description: str
    description_zh: str
    licence: str
    size: int
    memory_bytes: int
    default: bool
    state: ModelState
    bytes_on_disk: int
    source: str
    problem: Told


class Health(BaseModel):
    """The server's state."""

    model_config = example({"status": "ok"})

    status: Literal["ok", "ready"]
