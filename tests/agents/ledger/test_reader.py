from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.ledger.domain import Item, ItemDraft, ItemKind, Link, LinkType
from agents.ledger.reader import LedgerReader
from agents.ledger.repository import LedgerRepository
from agents.ledger.threads import Status, threads
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.errors import NotFoundError
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.tables import Utterance
from tests.agents.ledger.conftest import AddMeeting, delete_meeting

FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
PROMISE = [("Ann Lee", "I'll write the rollback script by March 6."), ("Bo", "Great.")]
MOVED = [("Ann Lee", "The rollback script is late, can I move it to March 13?"), ("Bo", "Okay, fine.")]
DONE = [("Ann Lee", "The rollback script is done, it is merged."), ("Bo", "Thanks.")]


class BagOfWords:
    """Meaning by the words alone."""

    model = "bag-of-words"

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), 256), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                found[row, zlib.crc32(word.encode()) % 256] += 1
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def reader(database: Database) -> LedgerReader:
    return LedgerReader(database, BagOfWords())


def read(reader: LedgerReader, *meetings: str) -> list[str]:
    """Read the meetings as the job does; returns what was linked."""
    linked: list[str] = []
    for meeting, count in reader.want(meetings).items():
        ids = reader.extract(meeting, count)
        for id in ids:
            reader.link(id)
        reader.finish(meeting, count)
        linked += ids
    return linked


def ledger(database: Database) -> tuple[list[Item], list[Link]]:
    with database.session() as session:
        project = ProjectRepository(session).named("Atlas").id
        repository = LedgerRepository(session)
        return repository.items(project), repository.links(project)


def promise(database: Database) -> tuple[Status, date | None]:
    """How the one promise stands, and when it is due."""
    found = [thread for thread in threads(*ledger(database)) if thread.kind is ItemKind.COMMITMENT]
    (thread,) = found
    return thread.status([FIRST, SECOND, THIRD]), thread.due.day if thread.due else None


def test_a_promise_over_three_meetings(database: Database, reader: LedgerReader, add_meeting: AddMeeting) -> None:
    read(reader, add_meeting("one", FIRST, PROMISE))
    assert promise(database)[1] == date(2026, 3, 6)
    read(reader, add_meeting("two", SECOND, MOVED))
    assert promise(database)[1] == date(2026, 3, 13)
    assert read(reader, add_meeting("three", THIRD, DONE)) == ["three"]
    assert promise(database) == (Status.DONE, date(2026, 3, 13))


def test_a_meeting_that_comes_late_is_linked_to_by_the_later_ones(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("three", THIRD, DONE), add_meeting("two", SECOND, MOVED))
    assert read(reader, add_meeting("one", FIRST, PROMISE)) == ["one", "two", "three"]
    assert promise(database) == (Status.DONE, date(2026, 3, 13))


def test_reading_again_touches_nothing_that_did_not_change(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", FIRST, PROMISE), add_meeting("two", SECOND, DONE))
    before = ledger(database)
    assert read(reader, "one") == ["one"]
    assert ledger(database) == before


def test_a_corrected_line_is_followed_in_the_later_meetings(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", FIRST, PROMISE), add_meeting("two", SECOND, MOVED))
    with database.session() as session:
        line = session.get(Utterance, ("one", 0))
        assert line
        line.text = "I'll book a room by March 6."
    assert read(reader, "one") == ["one", "two"]
    assert not [link for link in ledger(database)[1] if link.type is LinkType.REDATES]


def test_a_meeting_whose_day_was_wrong_is_linked_anew(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("two", SECOND, MOVED), add_meeting("one", THIRD, PROMISE))
    with database.session() as session:
        MeetingRepository(session).get("one").date = FIRST
    assert read(reader, "one") == ["one", "two"]
    assert promise(database)[1] == date(2026, 3, 13)


def test_a_deleted_meeting_is_forgotten_and_the_next_is_to_be_read(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", FIRST, PROMISE), add_meeting("two", SECOND, DONE))
    assert delete_meeting(database, "one") == ["two"]
    read(reader, "two")
    items, links = ledger(database)
    assert {item.meeting_id for item in items} <= {"two"}
    assert not links


def test_an_older_reading_does_nothing(database: Database, reader: LedgerReader, add_meeting: AddMeeting) -> None:
    add_meeting("one", FIRST, PROMISE)
    count = reader.want(["one"])["one"]
    reader.want(["one"])
    assert reader.extract("one", count) == []
    assert ledger(database) == ([], [])


def test_only_what_is_ready_is_wanted(database: Database, reader: LedgerReader, add_meeting: AddMeeting) -> None:
    add_meeting("one", FIRST, PROMISE)
    with database.session() as session:
        MeetingRepository(session).get("one").stage = Stage.CLEAN
    assert reader.want(["one", "gone"]) == {}
    assert reader.unread() == []


def test_a_meeting_that_is_deleted_while_it_is_read(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    add_meeting("one", FIRST, PROMISE)
    count = reader.want(["one"])["one"]
    delete_meeting(database, "one")
    with pytest.raises(NotFoundError):
        reader.extract("one", count)
    reader.link("one")
    reader.finish("one", count)


def test_a_meeting_that_is_deleted_while_what_it_says_is_stored(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    add_meeting("one", FIRST, PROMISE)
    reader.want(["one"])
    found = ItemDraft(ItemKind.COMMITMENT, (0,), "I'll write the rollback script", confidence=1.0)
    with ThreadPoolExecutor(1) as beside, database.session() as session:
        MeetingRepository(session).hold("one")
        LedgerRepository(session).replace_items("one", [found])
        deleted = beside.submit(delete_meeting, database, "one")
        with pytest.raises(TimeoutError):
            deleted.result(timeout=0.3)
        session.commit()
        assert deleted.result(timeout=10) == []
    assert ledger(database) == ([], [])


def test_a_meeting_without_items(database: Database, reader: LedgerReader, add_meeting: AddMeeting) -> None:
    read(reader, add_meeting("one", FIRST, [("Ann Lee", "Hello."), ("Bo", "Hi.")]), add_meeting("two", SECOND, []))
    assert ledger(database) == ([], [])
    assert reader.unread() == []
