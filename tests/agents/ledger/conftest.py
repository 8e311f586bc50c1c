from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from agents.ledger.reader import forget_reading
from agents.ledger.repository import LedgerRepository
from agents.reading.repository import InquiryRepository
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.tables import Meeting, Utterance

AddMeeting = Callable[[str, date, Sequence[tuple[str, str]]], str]
"""Stores a ready meeting: its id, its day, its lines with who says them."""


def delete_meeting(database: Database, meeting_id: str) -> list[str]:
    """Delete a meeting with what was read from it; returns those that have to be read again."""
    with database.session() as session:
        meetings = MeetingRepository(session)
        meeting = meetings.hold(meeting_id)
        following = forget_reading(LedgerRepository(session), InquiryRepository(session), meeting)
        meetings.delete(meeting)
        return following


@pytest.fixture
def database(migrated_database: Database) -> Database:
    return migrated_database


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
