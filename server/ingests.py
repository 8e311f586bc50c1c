"""The ingests of an open home, as they are queued, shown, retried and begun anew."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingestion.correction_repository import CorrectionRepository
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.errors import ConflictError
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.storage import disk_full
from ingestion.tables import CANCELLED, Meeting
from ingestion.voice_repository import VoiceRepository
from server.durable import Failure
from server.job_views import JobView, job_view
from server.jobs import IngestJobs, explained_ingest

_ROOM_TO_BEGIN = 1024**2
"""Free bytes below which the jobs' database may not be able to record that an ingest has begun."""


class Ingests:
    """Every meeting's ingest. Blocking."""

    def __init__(self, database: Database, jobs: IngestJobs, folder: Path) -> None:
        """`folder` is that of the data home."""
        self._database, self._jobs, self._folder = database, jobs, folder

    def enqueue(self, meeting_id: str, attempt: int) -> None:
        """Queue an ingest; queueing the same attempt again changes nothing."""
        self._jobs.enqueue(meeting_id, attempt)

    def all(self) -> list[JobView]:
        """Every meeting's ingest, oldest meeting first."""
        with self._database.session() as session:
            meetings, transcripts = MeetingRepository(session), TranscriptRepository(session)
            return [self._view(transcripts, meeting, project) for meeting, project in meetings.list()]

    def get(self, job_id: str) -> JobView:
        """Raises NotFoundError."""
        with self._database.session() as session:
            meeting = MeetingRepository(session).get(job_id)
            project = ProjectRepository(session).get(meeting.project_id).name
            return self._view(TranscriptRepository(session), meeting, project)

    def retry(self, job_id: str) -> JobView:
        """Begin a failed ingest anew; finished pieces are kept. One under way goes on. Raises ConflictError when it
        has succeeded."""
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.get(job_id)
            if meeting.stage is Stage.READY:
                raise ConflictError(f"the ingest of '{meeting.title}' has not failed", "`huimai jobs` shows its stage")
            if job_id in self._jobs.stalled:
                self._jobs.cancel(job_id, meeting.attempt)
            elif meeting.stage is not Stage.FAILED:
                return self._view(TranscriptRepository(session), meeting, meetings.project_name(job_id))
            meetings.begin_anew(meeting)
        self._jobs.enqueue(job_id, meeting.attempt)
        return self.get(job_id)

    def cancel(self, job_id: str) -> JobView:
        """Stop an ingest before its next step. Raises ConflictError when it has ended."""
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.get(job_id)
            if meeting.stage in (Stage.READY, Stage.FAILED):
                raise ConflictError(f"the ingest of '{meeting.title}' has ended already", "`huimai jobs` shows it")
            meetings.fail(job_id, CANCELLED, f"`huimai jobs retry {job_id}` goes on where it stopped")
        self._jobs.cancel(job_id, meeting.attempt)
        return self.get(job_id)

    def derive_again(self, meeting_ids: Sequence[str]) -> list[str]:
        """Queue those of the meetings that are ready to be derived anew from what was heard; one whose ingest is under
        way does so by itself before it ends. Returns the ids given."""
        for meeting_id, attempt in self.begin_anew(meeting_ids, (Stage.READY,)).items():
            self._jobs.enqueue(meeting_id, attempt)
        return list(meeting_ids)

    def meeting_ids(self) -> list[str]:
        """The ids of all meetings."""
        with self._database.session() as session:
            return [meeting.id for meeting, _ in MeetingRepository(session).list()]

    def begin_anew(self, meeting_ids: Sequence[str], stages: Sequence[Stage]) -> dict[str, int]:
        """Put the ingests of the meetings that are in one of the stages back to their start; returns the attempts to
        queue by meeting."""
        again: dict[str, int] = {}
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            # held, so that an ingest that is ending either has ended or sees why it may not
            for meeting in meetings.hold_all(meeting_ids).values():
                if meeting.stage not in stages:
                    continue
                if meeting.stage is not Stage.READY:
                    self._jobs.cancel(meeting.id, meeting.attempt)
                meetings.begin_anew(meeting)
                again[meeting.id] = meeting.attempt
        return again

    def stop(self, meeting: Meeting) -> None:
        """Stop the ingest of a meeting that is about to be deleted, if it is under way."""
        if meeting.stage not in (Stage.READY, Stage.FAILED):
            self._jobs.cancel(meeting.id, meeting.attempt)

    def requeue(self) -> None:
        """Queue what was registered when a crash came before it was queued, and anew what could not record how it
        ended and what a correction or a name has changed in rows but not yet in vectors; what else DBOS knows
        already stays as it is."""
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            unfinished = meetings.unfinished()
            for meeting in unfinished:
                if self._jobs.has_broken(meeting.id, meeting.attempt):
                    meetings.begin_anew(meeting)
        with self._database.session() as session:
            behind = {*CorrectionRepository(session).meetings_behind(), *VoiceRepository(session).renamed()}
        for meeting in unfinished:
            self._jobs.enqueue(meeting.id, meeting.attempt)
        self.derive_again(sorted(behind))

    def _view(self, transcripts: TranscriptRepository, meeting: Meeting, project: str) -> JobView:
        pieces = transcripts.pieces(meeting.id) if meeting.stage is Stage.TRANSCRIBE else []
        view = job_view(meeting, project, pieces)
        stalled = self._stalled(meeting)
        return replace(view, stage=Stage.FAILED.value, **stalled) if stalled else view

    def _stalled(self, meeting: Meeting) -> Failure | None:
        """Why an ingest stands still without having failed, if it does. On a full disk none can begin."""
        if meeting.stage is Stage.QUEUED and shutil.disk_usage(self._folder).free < _ROOM_TO_BEGIN:
            return explained_ingest(meeting.id, disk_full())
        return self._jobs.stalled.get(meeting.id)
