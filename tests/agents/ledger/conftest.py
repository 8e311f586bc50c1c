from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from pathlib import Path

import pytest

from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.repository import ProjectRepository
from ingestion.tables import Meeting, Utterance
from server.migrations import migrate

AddMeeting = Callable[[str, date, Sequence[tuple[str, str]]], str]
"""Stores a ready meeting: its id, its day, its lines with who says them."""


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def add_meeting(database: Database) -> AddMeeting:
    def add(id: str, day: date, lines: Sequence[tuple[str, str]]) -> str:
        with database.session() as session:
            project = ProjectRepository(session).ensure("Atlas")
            session.flush()
            session.add(
                Meeting(
                    id=id,
                    project_id=project.id,
                    title=f"Weekly {day}",
                    date=day,
                    date_source="given",
                    source_name="a.txt",
                    source_sha256=id,
                    stage=Stage.READY,
                )
            )
            session.flush()
            session.add_all(
                Utterance(meeting_id=id, index=i, speaker=who, text=text, raw_text=text, language="en")
                for i, (who, text) in enumerate(lines)
            )
        return id

    return add
