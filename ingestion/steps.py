"""What every step of an ingest stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingestion.database import Database
from ingestion.domain import Progress, Stage
from ingestion.media.store import MediaStore
from ingestion.ports import Diarizer, Embedder, Transcriber, VectorStore
from ingestion.progress import throttled
from ingestion.repository import MeetingRepository
from ingestion.settings import IngestionSettings
from ingestion.tables import Meeting, now


@dataclass(frozen=True, slots=True)
class IngestionDeps:
    """What the steps work with. `work` holds files that only live as long as an ingest; without a diarizer nobody is
    told apart, and without `other_transcriber`, which makes the recogniser of another model, there is only the one.
    `own_transcriber` has the recogniser of a language (ISO 639-1, or `auto`) that is better heard by one of its own."""

    database: Database
    media: MediaStore
    transcriber: Transcriber
    diarizer: Diarizer | None
    embedder: Embedder
    vectors: VectorStore
    work: Path
    settings: IngestionSettings
    other_transcriber: Callable[[str], Transcriber] | None = None
    own_transcriber: Callable[[str], Transcriber | None] | None = None


class Steps:
    """Steps of an ingest. Blocking: call them from a worker thread."""

    def __init__(self, deps: IngestionDeps) -> None:
        self._deps = deps
        self._database = deps.database

    def _meeting(self, meeting_id: str) -> Meeting:
        with self._database.session() as session:
            return MeetingRepository(session).get(meeting_id)

    def _enter(self, meeting_id: str, stage: Stage) -> Meeting:
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.get(meeting_id)
            meeting.started_at = meeting.started_at or now()
            session.flush()
            meetings.set_stage(meeting_id, stage)
            return meeting

    def _progress(self, meeting_id: str, stage: Stage) -> Progress:
        def report(share: float) -> None:
            with self._database.session() as session:
                MeetingRepository(session).set_stage(meeting_id, stage, share)

        return throttled(report)

    def _pcm(self, meeting_id: str) -> Path:
        return self._deps.work / meeting_id / "audio.pcm"
