"""A real database with meetings whose items are given, line by line, and the reports over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from agents.ledger.domain import ItemDraft, ItemKind
from agents.ledger.reader import LedgerReader
from agents.ledger.repository import LedgerRepository
from agents.ledger.service import Ledger
from agents.reports.building import Builder
from agents.reports.schedules import Schedules
from agents.reports.service import Reports
from agents.templates.catalogue import Templates
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.tables import Meeting, Utterance
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.agents.ledger.conftest import delete_meeting
from tests.doubles import HashEmbedder

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
DECISIONS = {FIRST: "We ship the gateway on April 17.", SECOND: "We hire a tester for the gateway."}

Meet = Callable[..., str]
"""Stores a meeting of which each line is a decision: its id, its day, its lines with who says them."""


@pytest.fixture
def database(migrated_database: Database) -> Database:
    return migrated_database


def lines_of(database: Database) -> RetrievalService:
    """Reads the lines of a place from the rows; nothing can be searched."""
    return RetrievalService(database, None, HashEmbedder(), RetrievalSettings(), None)  # type: ignore[arg-type]


@pytest.fixture
def reader(database: Database) -> LedgerReader:
    return LedgerReader(database, None)  # type: ignore[arg-type]


@pytest.fixture
def meet(database: Database, reader: LedgerReader) -> Meet:
    def store(id: str, day: date, lines: Sequence[tuple[str, str]], project: str = "Atlas") -> str:
        with database.session() as session:
            owner = ProjectRepository(session).ensure(project)
            MeetingRepository(session).add(
                Meeting(
                    id=id,
                    project_id=owner.id,
                    title=f"Weekly {id}",
                    date=day,
                    date_source="option",
                    source_name=id,
                    source_sha256=id,
                    stage=Stage.READY,
                )
            )
            session.add_all(
                Utterance(meeting_id=id, index=i, speaker=who, start=i * 5.0, text=text, raw_text=text, language="en")
                for i, (who, text) in enumerate(lines)
            )
        read(reader, database, id, lines)
        return id

    return store


def read(reader: LedgerReader, database: Database, id: str, lines: Sequence[tuple[str, str]]) -> None:
    """Read a meeting anew: each of its lines is a decision."""
    (count,) = reader.want([id]).values()
    with database.session() as session:
        drafts = [ItemDraft(ItemKind.DECISION, (i,), text, 0.9) for i, (_, text) in enumerate(lines)]
        LedgerRepository(session).replace_items(id, drafts)
    reader.finish(id, count)


@pytest.fixture
def two(meet: Meet) -> tuple[str, str]:
    """Two meetings of the project Atlas, a week apart."""
    return meet("m1", FIRST, [("Ann", DECISIONS[FIRST])]), meet("m2", SECOND, [("Bo", DECISIONS[SECOND])])


@pytest.fixture
def builder(database: Database, tmp_path: Path) -> Builder:
    retrieval = lines_of(database)
    return Builder(database, Ledger(database, retrieval), retrieval, Templates(tmp_path / "templates"))


@pytest.fixture
def reports(database: Database, builder: Builder) -> Reports:
    return Reports(database, builder)


@pytest.fixture
def schedules(database: Database, reports: Reports) -> Schedules:
    return Schedules(database, reports)


@pytest.fixture
def delete(database: Database, reports: Reports) -> Callable[[str], None]:
    """Deletes a meeting as the services do."""

    def gone(meeting_id: str) -> None:
        delete_meeting(database, meeting_id)
        reports.forget_deleted()

    return gone
