"""What a meeting is called and filed under: its title, date and project, in its row and beside its vectors."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from ingestion.corrections.domain import MeetingFacts
from ingestion.errors import ConflictError
from ingestion.ports import VectorStore
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.speakers.memory import recognise_in
from ingestion.tables import Meeting
from ingestion.voice_repository import VoiceRepository

CORRECTED = "correction"
"""`Meeting.date_source` of a date that somebody corrected."""


def present_facts(session: Session, meeting: Meeting) -> dict[str, Any]:
    """The fields of a meeting that can be corrected, as events keep them."""
    return {
        "title": meeting.title,
        "date": meeting.date.isoformat(),
        "date_source": meeting.date_source,
        "project": ProjectRepository(session).get(meeting.project_id).name,
    }


def changed_facts(wanted: MeetingFacts, present: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not yet as wanted."""
    changed = {field: value for field, value in _given(wanted).items() if value != present[field]}
    return {**changed, "date_source": CORRECTED} if "date" in changed else changed


def require_same(expected: MeetingFacts, present: dict[str, Any]) -> None:
    """Raises ConflictError when a field is not as expected."""
    for field, value in _given(expected).items():
        if value != present[field]:
            raise ConflictError(f"the {field} is now '{present[field]}'", "somebody changed it since; look at it again")


def file_meeting(session: Session, vectors: VectorStore, meeting: Meeting, facts: dict[str, Any]) -> None:
    """Store facts of a meeting; a project is made if it is new. Raises ConflictError when that project has the same
    file already."""
    meeting.title = facts.get("title", meeting.title)
    meeting.date_source = facts.get("date_source", meeting.date_source)
    if "date" in facts:
        meeting.date = date.fromisoformat(facts["date"])
    if "project" in facts:
        project = ProjectRepository(session).ensure(facts["project"])
        same = MeetingRepository(session).with_source(project.id, meeting.source_sha256)
        if same is not None and same.id != meeting.id:
            raise ConflictError(
                f"the project '{project.name}' has the same file already, as '{same.title}' ({same.id})",
                "delete one of the two meetings",
            )
        meeting.project_id = project.id
        VoiceRepository(session).refile(meeting.id, project.id)
    session.add(meeting)
    session.flush()
    if "project" in facts:
        recognise_in(session, meeting.id)
    if "date" in facts or "project" in facts:
        vectors.relabel(meeting.id, ProjectRepository(session).get(meeting.project_id).name, meeting.date)


def _given(facts: MeetingFacts) -> dict[str, str]:
    day = facts.date.isoformat() if facts.date else None
    fields = {"title": facts.title, "date": day, "project": facts.project}
    return {field: value for field, value in fields.items() if value is not None}
