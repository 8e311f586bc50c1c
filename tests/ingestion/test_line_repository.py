from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from ingestion.database import Database
from ingestion.domain import SpokenLine
from ingestion.line_repository import LineRepository
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import Meeting

LINES = {"m": [("Ann", "The sink works."), (None, "100% sure."), ("Ann", "K8s is up.")], "n": [("Ann", "K8s again.")]}


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[LineRepository]:
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    SQLModel.metadata.create_all(database.engine)
    with database.session() as session:
        project = ProjectRepository(session).ensure("P")
        for id, lines in LINES.items():
            meeting = Meeting(
                id=id, project_id=project.id, title="T", date=date(2026, 3, 2), date_source="given", source_name="s",
                source_sha256=id,
            )  # fmt: skip
            MeetingRepository(session).add(meeting)
            spoken = [SpokenLine(i, text, text, who, None, None, "en") for i, (who, text) in enumerate(lines)]
            TranscriptRepository(session).replace_utterances(id, spoken)
        session.flush()
        yield LineRepository(session)
    database.close()


def test_everybody_known_has_a_first_line_in_each_meeting(repository: LineRepository) -> None:
    assert sorted(repository.first_lines(["m", "n"])) == [("m", "Ann", 0), ("n", "Ann", 0)]
    assert repository.first_lines(["n", "gone"]) == [("n", "Ann", 0)]
    assert repository.first_lines([]) == []


def test_lines_that_say_a_word_are_found_whatever_it_is(repository: LineRepository) -> None:
    assert sorted(repository.saying(["m", "n"], ["K8s"])) == [("m", 2, "K8s is up."), ("n", 0, "K8s again.")]
    assert repository.saying(["m"], ["%", "_"]) == [("m", 1, "100% sure.")]
    assert repository.saying(["m"], []) == []
