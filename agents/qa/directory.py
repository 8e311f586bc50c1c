"""What the database knows of the meetings that a question may be about."""

from __future__ import annotations

from agents.qa.scope import MeetingFacts
from ingestion.database import Database
from ingestion.domain import SearchFilter, Stage
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository

PERSON_KINDS = ("person", "people", "name")
"""Kinds of glossary entries that name people."""


class MeetingDirectory:
    """Reads meetings, speakers and the glossary's people. Blocking: call it from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def facts(self, where: SearchFilter) -> MeetingFacts:
        """What is known of the meetings that match."""
        with self._database.session() as session:
            projects = ProjectRepository(session)
            meetings = [meeting for meeting, _ in MeetingRepository(session).list(where)]
            ready = [meeting for meeting in meetings if meeting.stage is Stage.READY]
            project_ids = {meeting.project_id for meeting in meetings}
            named = [t.canonical for id in project_ids for t in projects.terms(id) if t.kind in PERSON_KINDS]
            speakers = TranscriptRepository(session).speakers([meeting.id for meeting in ready])
            concerned = [project for project, _ in projects.all() if project.id in project_ids]
            private = any(project.private for project in concerned)
            names = tuple(project.name for project in concerned)
        return MeetingFacts(
            days=tuple(meeting.date for meeting in ready),
            people=tuple(dict.fromkeys([*speakers, *named])),
            failed=tuple(meeting.id for meeting in meetings if meeting.stage is Stage.FAILED),
            private=private,
            projects=names,
        )
