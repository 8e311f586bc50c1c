"""Reads of retrieval that the service's tests do not reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from ingestion.database import Database
from ingestion.domain import ChunkDraft, SearchFilter, SpokenLine
from ingestion.outbound import Outbound, PrivacyError, project_at_work
from ingestion.private import about_scope
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.search_repository import ChunkRange, ScopedProject, SearchRepository
from ingestion.tables import Meeting


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[SearchRepository]:
    """A meeting of 500 utterances in chunks of 2."""
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    SQLModel.metadata.create_all(database.engine)
    with database.session() as session:
        project = ProjectRepository(session).ensure("P")
        meeting = Meeting(
            id="m", project_id=project.id, title="T", date=date(2026, 3, 2), date_source="given", source_name="s",
            source_sha256="s",
        )  # fmt: skip
        MeetingRepository(session).add(meeting)
        transcripts = TranscriptRepository(session)
        transcripts.replace_utterances("m", [SpokenLine(i, f"t{i}", "", "A", None, None, "en") for i in range(500)])
        transcripts.replace_chunks("m", [(f"c{i}", ChunkDraft(i * 2, i * 2 + 1, "", 2)) for i in range(250)])
        session.flush()
        yield SearchRepository(session)
    database.close()


def test_any_number_of_ranges_gives_each_line_once_in_order(repository: SearchRepository) -> None:
    lines = repository.lines([("m", i, i + 2) for i in range(400, 0, -1)] + [("other", 0, 5)])
    assert [line.index for line in lines] == list(range(1, 403))
    assert repository.lines([]) == []


def test_the_projects_of_a_scope_are_those_of_its_meetings(repository: SearchRepository) -> None:
    nowhere, here = SearchFilter(projects=("Q",)), SearchFilter(meeting_ids=("m",))
    projects = ProjectRepository(repository.session)
    projects.ensure("Q").private = True
    assert repository.projects(SearchFilter()) == [ScopedProject("P", private=False)]
    projects.named("P").private = True
    repository.session.flush()
    assert repository.projects(SearchFilter()) == [ScopedProject("P", private=True)]
    assert repository.projects(here) == [ScopedProject("P", private=True)]
    assert repository.projects(nowhere) == []
    assert repository.projects(SearchFilter(since=date(2026, 3, 3))) == []


def test_a_scope_is_private_when_a_meeting_in_it_is_and_of_the_project_of_all(repository: SearchRepository) -> None:
    def said(where: SearchFilter) -> tuple[bool, str | None]:
        with about_scope(repository, where):
            return _may_leave(), project_at_work()

    assert said(SearchFilter()) == (True, "P")
    assert said(SearchFilter(projects=("Q",))) == (True, None)
    project = ProjectRepository(repository.session).ensure("Q")
    project.private = True
    meeting = Meeting(
        id="n", project_id=project.id, title="T", date=date(2026, 3, 2), date_source="given", source_name="n",
        source_sha256="n",
    )  # fmt: skip
    MeetingRepository(repository.session).add(meeting)
    repository.session.flush()
    assert said(SearchFilter()) == (False, None)
    assert said(SearchFilter(projects=("P",))) == (True, "P")
    assert said(SearchFilter(meeting_ids=("n",))) == (False, "Q")


def _may_leave() -> bool:
    try:
        Outbound().require("a server", remote=True)
    except PrivacyError:
        return False
    return True


def test_places_and_heads_of_what_exists(repository: SearchRepository) -> None:
    assert repository.places(["c3", "gone"]) == {"c3": ChunkRange("m", 6, 7, 2)}
    assert repository.places([]) == {}
    (head,) = repository.heads(["m", "m", "gone"]).values()
    assert (head.title, head.project, head.date) == ("T", "P", date(2026, 3, 2))
    assert len(repository.chunk_ranges(["m"])) == len(repository.chunk_ranges()) == 250
