"""Readings for which an embedding server on another machine would be told what was said."""

from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.reader import LedgerReader
from agents.link.meaning import EmbedderMeaning
from agents.ports import ChatCard, Reads
from ingestion.database import Database
from ingestion.outbound import PrivacyError
from ingestion.repository import MeetingRepository, ProjectRepository
from tests.agents.ledger.conftest import AddMeeting
from tests.agents.ledger.test_reader import MOVED, PROMISE, read
from tests.doubles import RemoteEmbedder


def test_only_what_is_not_private_is_told(database: Database, add_meeting: AddMeeting) -> None:
    add_meeting("a", date(2026, 3, 2), PROMISE)
    add_meeting("b", date(2026, 3, 9), MOVED)
    embedder = RemoteEmbedder()
    reader = LedgerReader(database, EmbedderMeaning(embedder))
    read(reader, "a", "b")
    assert embedder.told
    card = ChatCard("m", "t", 8000, json_schema=True, thinking=False, remote=False, reads=Reads.DOUBTS)
    reader.to_ask("b", card, 100)

    with database.session() as session:
        project_id = MeetingRepository(session).get("a").project_id
        ProjectRepository(session).get(project_id).private = True
    embedder.told.clear()
    fresh = LedgerReader(database, EmbedderMeaning(embedder))
    with pytest.raises(PrivacyError):
        read(fresh, "a", "b")
    with pytest.raises(PrivacyError):
        fresh.link("b")
    with pytest.raises(PrivacyError):
        fresh.to_ask("b", card, 100)
    assert embedder.told == []
