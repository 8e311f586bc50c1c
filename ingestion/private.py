"""What is said in a meeting is as private as its project."""

from __future__ import annotations

from contextlib import AbstractContextManager

from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.outbound import about
from ingestion.repository import MeetingRepository
from ingestion.search_repository import SearchRepository


def about_meeting(database: Database, meeting_id: str) -> AbstractContextManager[None]:
    """`about` for work on what was said in a meeting, by what holds of its project now: one that is made private is
    obeyed from the next call on. A meeting that is gone counts as private."""
    with database.session() as session:
        project = MeetingRepository(session).project(meeting_id)
        private, name = (project.private, project.name) if project else (True, None)
    return about(private=private, project=name)


def about_scope(repository: SearchRepository, where: SearchFilter) -> AbstractContextManager[None]:
    """`about` for work on all meetings that match: private as soon as one of them is, and of a project when all are."""
    projects = repository.projects(where)
    return about(
        private=any(project.private for project in projects),
        project=projects[0].name if len(projects) == 1 else None,
    )
