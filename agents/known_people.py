"""The people whom a project knows by name."""

from __future__ import annotations

from agents.qa.directory import PERSON_KINDS
from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.voice_repository import VoiceRepository


class KnownPeople:
    """Reads names from where they are kept. Blocking: call it from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self, project: str | None) -> tuple[str, ...]:
        """Who speaks in the meetings of a project, whose voice is known there and who is in its glossary, other names
        of theirs included; of every project where `project` is null, and nobody where there is none of that name."""
        with self._database.session() as session:
            projects, voices = ProjectRepository(session), VoiceRepository(session)
            concerned = [one for one, _ in projects.all() if project in (None, one.name)]
            where = SearchFilter(projects=(project,) if project else ())
            meetings = [meeting.id for meeting, _ in MeetingRepository(session).list(where)]
            found = TranscriptRepository(session).speakers(meetings)
            for one in concerned:
                found += [person.name for person in voices.people(one.id)]
                terms = [term for term in projects.terms(one.id) if term.kind in PERSON_KINDS]
                found += [name for term in terms for name in (term.canonical, *term.aliases)]
        return tuple(dict.fromkeys(found))
