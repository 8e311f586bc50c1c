"""Meetings put into a data home without an ingest, and a store that remembers what an ingest put into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ingestion.chunking import chunk_id
from ingestion.database import Database
from ingestion.domain import ChunkDraft, ChunkPoint, SpokenLine, Stage
from ingestion.indexing import IndexedMeeting
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import Meeting
from ingestion.vectors.edge import EdgeVectorStore

PROJECTS = 20
"""Meetings are dealt out to this many projects, `project 0` and so on."""
_FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Content:
    """What is said in a meeting, and how it is cut."""

    lines: Sequence[SpokenLine]
    drafts: Sequence[ChunkDraft]


@dataclass(frozen=True, slots=True)
class _Chunk:
    id: str
    first: int
    last: int
    text: str


class RecordingStore(EdgeVectorStore):
    """The default store, which also keeps in memory what was put into it."""

    def __init__(self, folder: Path, dimensions: int, model_id: str) -> None:
        super().__init__(folder, dimensions, model_id)
        self.points: list[ChunkPoint] = []

    def upsert(self, points: Sequence[ChunkPoint]) -> None:
        super().upsert(points)
        self.points += points


def add_meeting(database: Database, number: int, content: Content) -> IndexedMeeting:
    """Store the rows of the `number`th meeting as if it had been ingested; its vectors are the caller's to store."""
    with database.session() as session:
        project = ProjectRepository(session).ensure(f"project {number % PROJECTS}")
        meeting = MeetingRepository(session).add(_meeting(number, project.id))
        transcripts = TranscriptRepository(session)
        transcripts.replace_utterances(meeting.id, content.lines)
        ids = [chunk_id(meeting.id, draft.first, draft.last) for draft in content.drafts]
        transcripts.replace_chunks(meeting.id, list(zip(ids, content.drafts, strict=True)))
        chunks = [_Chunk(id, d.first, d.last, d.text) for id, d in zip(ids, content.drafts, strict=True)]
        return IndexedMeeting(meeting.id, project.name, meeting.date, chunks, content.lines)


def _meeting(number: int, project_id: str) -> Meeting:
    return Meeting(
        project_id=project_id,
        title=f"meeting {number}",
        date=_FIRST_DAY + timedelta(days=number % 365),
        date_source="option",
        language="en",
        source_name=f"{number}.vtt",
        source_sha256=str(number),
        stage=Stage.READY,
    )
