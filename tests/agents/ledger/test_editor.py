"""People who edit the same items at once, and readings that go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from agents.ledger.domain import Item, ItemDraft, ItemKind, Link, LinkType, Owner
from agents.ledger.edits import Change
from agents.ledger.edits_service import LedgerEditor
from agents.ledger.repository import LedgerRepository
from agents.ledger.threads import threads
from agents.link.reasons import Why, reason
from ingestion.database import Database
from ingestion.errors import ConflictError
from ingestion.repository import MeetingRepository, ProjectRepository
from tests.agents.ledger.conftest import AddMeeting

DAY, NEXT = date(2026, 3, 4), date(2026, 3, 11)
LINES = [("Ann", "I'll write it"), ("Ann", "by Friday."), ("Bo", "And I test it.")]
WRITE = ItemDraft(ItemKind.COMMITMENT, (0, 1), "I'll write it by Friday.", 0.8, Owner("Ann", (0,)))
TEST = ItemDraft(ItemKind.COMMITMENT, (2,), "And I test it.", 0.8, Owner("Bo", (2,)))


@pytest.fixture
def editor(database: Database, add_meeting: AddMeeting) -> LedgerEditor:
    """Over two meetings with two promises each."""
    for id, day in (("one", DAY), ("two", NEXT)):
        add_meeting(id, day, LINES)
        with database.session() as session:
            LedgerRepository(session).replace_items(id, [WRITE, TEST])
    return LedgerEditor(database)


def items(database: Database) -> list[Item]:
    with database.session() as session:
        return LedgerRepository(session).items(ProjectRepository(session).named("Atlas").id)


def at_once(calls: Sequence[Callable[[], object]]) -> None:
    """Run the calls so that they begin together; raises what one raises."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        ready.wait()
        call()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(run, calls))


def test_no_edit_of_many_at_once_is_lost(database: Database, editor: LedgerEditor) -> None:
    given = [
        Change(frozenset({"owner"}), owner="Mina"),
        Change(frozenset({"text"}), text="Write the report."),
        Change(frozenset({"due"}), due=date(2026, 4, 1)),
        Change(frozenset({"kind"}), kind=ItemKind.DECISION),
        *(Change(frozenset({"owner"}), owner=f"Person {n}") for n in range(4)),
    ]
    first, other, *_ = items(database)
    # each with connections of its own, as in processes of their own
    own = [LedgerEditor(Database(str(database.engine.url.render_as_string(hide_password=False)))) for _ in given]
    targets = [first.id] * 4 + [other.id] * 4
    at_once([lambda e=e, id=id, g=g: e.change(id, g) for e, id, g in zip(own, targets, given, strict=True)])
    said = {item.id: item.said for item in items(database)}
    assert said[first.id].owner == Owner("Mina", ())
    assert (said[first.id].text, said[first.id].kind) == ("Write the report.", ItemKind.DECISION)
    assert said[first.id].due
    history = editor.history(other.id)
    assert {event.after["owner"] for event in history} == {f"Person {n}" for n in range(4)}
    assert said[other.id].owner == Owner(history[0].after["owner"], ())
    assert sorted(e.number for e in [*history, *editor.history(first.id)]) == list(range(1, 9))


def test_edits_and_readings_at_once(database: Database, editor: LedgerEditor) -> None:
    first, *_ = items(database)

    def read() -> None:
        with database.session() as session:
            MeetingRepository(session).hold("one")
            LedgerRepository(session).replace_items("one", [WRITE, TEST])

    at_once([read, lambda: editor.change(first.id, Change(frozenset({"owner"}), owner="Mina")), read])
    assert {item.id: item.said.owner for item in items(database)}[first.id] == Owner("Mina", ())


def test_nothing_is_recorded_when_what_was_seen_has_changed(database: Database, editor: LedgerEditor) -> None:
    first, *_ = items(database)

    def changed() -> None:
        raise ConflictError("it was changed meanwhile", "look again")

    with pytest.raises(ConflictError):
        editor.change(first.id, Change(frozenset({"owner"}), owner="Mina"), look=changed)
    assert editor.history(first.id) == []


def test_a_link_to_an_item_that_was_removed_meanwhile_is_left_out(database: Database, editor: LedgerEditor) -> None:
    first, _, third, _ = items(database)
    editor.remove(first.id)
    with database.session() as session:
        link = Link(third.id, first.id, LinkType.RESTATES, 0.9, reason(Why.SAID_SAME))
        LedgerRepository(session).replace_links("two", [link], [])
    assert first.id not in {item.id for item in items(database)}


def test_a_meeting_that_was_read_before_edits_were_kept(database: Database, editor: LedgerEditor) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM ledgerfound")
    before = items(database)
    (event,) = editor.change(before[0].id, Change(frozenset({"owner"}), owner="Mina")).events
    (second,) = editor.change(before[0].id, Change(frozenset({"text"}), text="Other words.")).events
    editor.undo(event.edit_id)
    editor.undo(second.edit_id)
    assert items(database) == before


def test_two_matters_of_one_meeting_are_merged(database: Database, editor: LedgerEditor) -> None:
    first, second, *_ = items(database)
    edited = editor.merge(second.id, first.id)
    (event,) = edited.events
    assert (edited.item_id, event.item_id, event.other_id) == (first.id, second.id, first.id)
    with database.session() as session:
        ledger = LedgerRepository(session)
        ledger.replace_items("one", [WRITE, TEST])
        ledger.replace_links("one", [], [])
        project = ProjectRepository(session).named("Atlas").id
        found = threads(ledger.items(project), ledger.links(project))
    assert [step.item.id for step in found[0].steps] == [first.id, second.id]
    assert found[0].steps[1].does is LinkType.HANDS_OVER


def test_what_was_edited_is_to_be_read_again_after_a_crash(database: Database, editor: LedgerEditor) -> None:
    first, *_ = items(database)
    with database.session() as session:
        ledger = LedgerRepository(session)
        for id in ("one", "two"):
            ledger.finished(id, ledger.want(id))
        assert ledger.unread() == []
    (event,) = editor.change(first.id, Change(frozenset({"owner"}), owner="Mina")).events
    with database.session() as session:
        ledger = LedgerRepository(session)
        assert ledger.unread() == ["one"]
        ledger.finished("one", ledger.want("one"))
        assert ledger.unread() == []
    editor.undo(event.edit_id)
    with database.session() as session:
        assert LedgerRepository(session).unread() == ["one"]
