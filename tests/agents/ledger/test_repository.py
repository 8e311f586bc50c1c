from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Measure, Owner
from agents.ledger.edits_recording import EditRecorder
from agents.ledger.repository import LedgerRepository
from agents.ledger.tables import LedgerItem, LedgerLink, Reading
from ingestion.database import Database
from ingestion.errors import BadInputError, NotFoundError
from ingestion.repository import MeetingRepository
from ingestion.tables import CorrectionEvent, Meeting, now
from tests.agents.ledger.conftest import AddMeeting

DAY, NEXT = date(2026, 3, 4), date(2026, 3, 11)
PROMISE = ItemDraft(
    ItemKind.COMMITMENT, (0, 1), "I'll write it by Friday.", 0.8, Owner("Ann", (0,)), Due(date(2026, 3, 6), "Friday", 1)
)
NUMBER = ItemDraft(
    ItemKind.METRIC, (2,), "Cold start is 2.4 s.", 0.7, measure=Measure("cold start", Decimal("2.40"), "s", "2.4 s", 2)
)


@pytest.fixture
def project(database: Database, add_meeting: AddMeeting) -> str:
    """The project of the meetings `one` and `two`."""
    for id, day in (("one", DAY), ("two", NEXT)):
        add_meeting(id, day, [("Ann", "I'll write it"), ("Ann", "by Friday."), ("Bo", "Cold start is 2.4 s.")])
    with database.session() as session:
        return MeetingRepository(session).get("one").project_id


def stored(database: Database, project: str) -> list[Item]:
    with database.session() as session:
        return LedgerRepository(session).items(project)


def replace(database: Database, meeting: str, *drafts: ItemDraft) -> bool:
    with database.session() as session:
        return LedgerRepository(session).replace_items(meeting, drafts)


def test_an_item_comes_back_as_it_was_stored(database: Database, project: str) -> None:
    assert replace(database, "one", PROMISE, NUMBER)
    found = stored(database, project)
    assert [item.said for item in found] == [PROMISE, NUMBER]
    assert {(item.meeting_id, item.day) for item in found} == {("one", DAY)}


def test_reading_the_same_again_changes_nothing(database: Database, project: str) -> None:
    replace(database, "one", PROMISE, NUMBER)
    before = stored(database, project)
    assert not replace(database, "one", PROMISE, NUMBER)
    assert stored(database, project) == before


def test_an_item_on_shared_lines_keeps_its_id_and_its_link(database: Database, project: str) -> None:
    replace(database, "one", PROMISE)
    replace(database, "two", PROMISE)
    first, second = stored(database, project)
    with database.session() as session:
        link = Link(second.id, first.id, LinkType.RESTATES, 0.9, "")
        LedgerRepository(session).replace_links("two", [link], [])
    longer = ItemDraft(ItemKind.COMMITMENT, (0, 1, 2), "I'll write it by Monday.", 0.8)
    assert replace(database, "one", longer)
    assert stored(database, project)[0] == Item(first.id, "one", DAY, longer)
    with database.session() as session:
        assert LedgerRepository(session).links(project) == [link]


def test_an_item_of_another_kind_on_the_same_lines_is_another(database: Database, project: str) -> None:
    replace(database, "one", PROMISE)
    (before,) = stored(database, project)
    replace(database, "one", ItemDraft(ItemKind.DECISION, PROMISE.lines, PROMISE.text, 0.8))
    assert stored(database, project)[0].id != before.id


def test_an_item_that_is_gone_takes_its_links_with_it(database: Database, project: str) -> None:
    replace(database, "one", PROMISE)
    replace(database, "two", PROMISE)
    first, second = stored(database, project)
    with database.session() as session:
        LedgerRepository(session).replace_links("two", [Link(second.id, first.id, LinkType.RESTATES, 0.9, "")], [])
    replace(database, "one")
    with database.session() as session:
        assert session.exec(select(LedgerLink)).all() == []


class TestLinks:
    def link(self, database: Database, project: str, *links: Link, updates: tuple[Item, ...] = ()) -> bool:
        with database.session() as session:
            return LedgerRepository(session).replace_links("two", links, updates)

    def pair(self, database: Database, project: str) -> tuple[str, str]:
        replace(database, "one", PROMISE)
        replace(database, "two", PROMISE)
        first, second = stored(database, project)
        return second.id, first.id

    def test_the_same_links_again_change_nothing(self, database: Database, project: str) -> None:
        link = Link(*self.pair(database, project), LinkType.RESTATES, 0.9, "")
        assert self.link(database, project, link)
        assert not self.link(database, project, link)

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_what_a_person_said_survives_linking_again(self, database: Database, project: str, confirmed: bool) -> None:
        later, earlier = self.pair(database, project)
        self.link(database, project, Link(later, earlier, LinkType.RESTATES, 0.9, ""))
        with database.session() as session:
            EditRecorder(session).judge(later, earlier, confirmed)
        self.link(database, project, Link(later, earlier, LinkType.REFINES, 0.5, ""))
        self.link(database, project)
        with database.session() as session:
            (link,) = LedgerRepository(session).links(project)
        assert (link.type, link.confirmed) == (LinkType.RESTATES, confirmed)

    def test_an_update_keeps_its_id_and_goes_when_nothing_links_it(self, database: Database, project: str) -> None:
        replace(database, "one", PROMISE)
        (promise,) = stored(database, project)
        done = ItemDraft(ItemKind.UPDATE, (2,), "It is done.", 0.7)
        for id in ("u1", "u2"):
            update = Item(id, "two", NEXT, done)
            self.link(database, project, Link(id, promise.id, LinkType.FULFILS, 0.8, ""), updates=(update,))
        assert [item.id for item in stored(database, project)] == [promise.id, "u1"]
        self.link(database, project)
        assert [item.id for item in stored(database, project)] == [promise.id]

    def test_reading_a_meeting_again_leaves_its_updates(self, database: Database, project: str) -> None:
        replace(database, "one", PROMISE)
        (promise,) = stored(database, project)
        update = Item("u", "two", NEXT, ItemDraft(ItemKind.UPDATE, (2,), "It is done.", 0.7))
        self.link(database, project, Link("u", promise.id, LinkType.FULFILS, 0.8, ""), updates=(update,))
        assert not replace(database, "two")
        assert [item.id for item in stored(database, project)] == [promise.id, "u"]

    def test_a_link_that_is_not_there_cannot_be_judged(self, database: Database, project: str) -> None:
        with database.session() as session, pytest.raises(NotFoundError):
            EditRecorder(session).judge("x", "y", True)


def test_a_deleted_meeting_leaves_nothing(database: Database, project: str) -> None:
    replace(database, "one", PROMISE, NUMBER)
    replace(database, "two", PROMISE)
    first, _, second = stored(database, project)
    with database.session() as session:
        ledger = LedgerRepository(session)
        ledger.want("one")
        ledger.replace_links("two", [Link(second.id, first.id, LinkType.RESTATES, 0.9, "")], [])
    with database.session() as session:
        LedgerRepository(session).delete_meeting("one")
        assert {row.meeting_id for row in session.exec(select(LedgerItem))} == {"two"}
        assert session.exec(select(LedgerLink)).all() == session.exec(select(Reading)).all() == []


class TestUnread:
    def unread(self, database: Database) -> list[str]:
        with database.session() as session:
            return LedgerRepository(session).unread()

    def read(self, database: Database, meeting: str) -> None:
        with database.session() as session:
            ledger = LedgerRepository(session)
            ledger.finished(meeting, ledger.want(meeting))

    def test_what_nobody_wanted_and_what_has_not_ended(self, database: Database, project: str) -> None:
        with database.session() as session:
            LedgerRepository(session).want("two")
        assert self.unread(database) == ["one", "two"]
        self.read(database, "one")
        assert self.unread(database) == ["two"]

    def test_what_failed_is_left_alone(self, database: Database, project: str) -> None:
        with database.session() as session:
            ledger = LedgerRepository(session)
            ledger.failed("one", ledger.want("one"), "no model", "pull it")
        assert self.unread(database) == ["two"]

    def test_the_failure_of_an_older_reading_says_nothing_of_the_newest(self, database: Database, project: str) -> None:
        with database.session() as session:
            ledger = LedgerRepository(session)
            older = ledger.want("one")
            ledger.want("one")
            ledger.failed("one", older, "no model", "pull it")
        assert self.unread(database) == ["one", "two"]

    def test_what_was_made_or_corrected_since(self, database: Database, project: str) -> None:
        for meeting in ("one", "two"):
            self.read(database, meeting)
        assert self.unread(database) == []
        with database.session() as session:
            MeetingRepository(session).get("one").finished_at = now()
            session.add(CorrectionEvent(correction_id="c", meeting_id="two", kind="text"))
        assert self.unread(database) == ["one", "two"]
        self.read(database, "two")
        assert self.unread(database) == ["one"]
        with database.session() as session:
            event = session.get(CorrectionEvent, ("c", "two"))
            assert event
            event.undone_at = now()
        assert self.unread(database) == ["one", "two"]


def test_the_next_meeting_of_the_project(database: Database, project: str) -> None:
    with database.session() as session:
        ledger, meetings = LedgerRepository(session), MeetingRepository(session)
        assert ledger.next_after(meetings.get("one")) == ["two"]
        assert ledger.next_after(meetings.get("two")) == []


@pytest.mark.parametrize(
    "draft",
    [
        ItemDraft(ItemKind.DECISION, (1, 7), "We ship.", 0.9),
        ItemDraft(ItemKind.DECISION, (), "We ship.", 0.9),
        ItemDraft(ItemKind.COMMITMENT, (1,), "by Friday", 0.9, owner=Owner("Ann", (7,))),
        ItemDraft(ItemKind.COMMITMENT, (1,), "by Friday", 0.9, due=Due(DAY, "Friday", 7)),
    ],
)
def test_what_stands_on_no_line_of_the_meeting_is_not_stored(
    database: Database, project: str, draft: ItemDraft
) -> None:
    with pytest.raises(BadInputError, match="does not have"):
        replace(database, "one", PROMISE, draft)
    with pytest.raises(BadInputError, match="does not have"), database.session() as session:
        LedgerRepository(session).replace_links("two", [], [Item("u", "two", NEXT, draft)])
    assert stored(database, project) == []


def test_meetings_without_a_ledger_row_are_listed(database: Database, project: str) -> None:
    with database.session() as session:
        found = LedgerRepository(session).readings(project)
    assert [(meeting.id, reading) for meeting, reading in found] == [("one", None), ("two", None)]
    assert all(isinstance(meeting, Meeting) for meeting, _ in found)
