"""The front door of edits: what a person says of items. Blocking: call it from a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from agents.ledger.domain import Field, Item, ItemDraft, ItemKind, Link, LinkType
from agents.ledger.edits import STATUS_LINKS, Change, Found, Operation, Part, fields_of
from agents.ledger.edits_checks import (
    checked_change,
    checked_lines,
    checked_parts,
    checked_status,
    require_measured,
    require_two_matters,
)
from agents.ledger.edits_recording import EditRecorder
from agents.ledger.edits_repository import EditRepository
from agents.ledger.tables import LedgerEdit
from agents.ledger.threads import Thread, outlines, threads
from agents.link.reasons import Why, reason
from ingestion.database import Database
from ingestion.errors import BadInputError, ConflictError, NotFoundError
from ingestion.repository import MeetingRepository, ProjectRepository, require_ready
from ingestion.tables import new_id

Look = Callable[[], None]
"""Looks once more at what the caller saw, when nothing can change it any more; raises when it is not so."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What was recorded of one edit, and the item by which its matter is found."""

    events: tuple[LedgerEdit, ...]
    item_id: str

    @property
    def meeting_ids(self) -> list[str]:
        """The meetings whose items it changed: they are to be read again, so that what follows them is linked anew."""
        return list(dict.fromkeys(id for event in self.events for id in _meetings(event)))


class LedgerEditor:
    """Records what people say of items and lays it over them. Safe to call from several threads and processes.

    An edit is one transaction that holds the meetings of its matters from before it reads until it ends, and adds
    events: two edits at once never lose each other. An item's id means that item; that of the first item of a matter
    means the matter, and each of its fields is set where it is told now. With `look`, nothing is recorded when it
    raises. All raise NotFoundError for an item that does not exist, and BadInputError for what cannot be said.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, item_id: str, change: Change, look: Look | None = None) -> Edited:
        """Other fields of an item, or since a day another status of its matter."""
        change = checked_change(change)
        with self._holding([item_id], look) as held:
            thread = held.thread(item_id)
            by_item: dict[str, dict[str, str | None]] = {}
            for name, value in change.to_json().items():
                target = _teller(thread, item_id, Field(name))
                by_item.setdefault(target, {})[name] = value
            edit_id, events = new_id(), list[LedgerEdit]()
            for target, after in by_item.items():
                before = fields_of(held.item(target).said)
                require_measured({**before, **after}, change.given)
                shown = {name: before[name] for name in after}
                events.append(held.ledger.say(edit_id, Operation.CHANGE, target, before=shown, after=after))
            if change.status is not None:
                events.append(self._tell_status(held, edit_id, thread, change.status, change.on))
            return held.settled(events, item_id)

    def add(self, meeting_id: str, kind: ItemKind, lines: Sequence[int], change: Change) -> Edited:
        """Say that lines of a meeting tell of something. Its text is what they say unless another is given. Raises
        ConflictError where that is known already."""
        change = checked_change(replace(change, kind=kind, given=change.given | {"kind"}))
        with self._database.session() as session:
            require_ready(MeetingRepository(session).hold(meeting_id))
            ledger = EditRecorder(session)
            texts = ledger.texts(meeting_id)
            stated = checked_lines(lines, len(texts), meeting_id)
            require_measured({**fields_of(ItemDraft(kind, stated, "", 1.0)), **change.to_json()}, change.given)
            same = [one for one in ledger.shown(meeting_id) if (one.said.kind, one.said.lines) == (kind, stated)]
            if same and change.text is None:
                raise ConflictError(
                    f"these lines tell of a {kind.value} already", f"`huimai items edit {same[0].id}` changes it"
                )
            new = Found(new_id(), ItemDraft(kind, stated, " ".join(texts[line] for line in stated), 1.0))
            event = ledger.say_of_lines(new_id(), meeting_id, new, change.to_json())
            return _settled(ledger, [event], new.id)

    def remove(self, item_id: str, look: Look | None = None) -> Edited:
        """Say that an item, or everything said of a matter, is none. It is not found again until that is undone."""
        with self._holding([item_id], look) as held:
            thread = held.thread(item_id)
            steps = [step.item for step in thread.steps] if thread.id == item_id else [held.item(item_id)]
            edit_id = new_id()
            events = [
                held.ledger.say(edit_id, Operation.REMOVE, one.id, before={"text": one.said.text})
                for one in steps
                if one.said.told_on is None
            ]
            if not events:
                raise BadInputError(
                    "this is what somebody told by hand",
                    "`huimai items undo` takes it back, `items history` says which",
                )
            return held.settled(events, item_id)

    def merge(self, one: str, other: str, does: LinkType | None = None, look: Look | None = None) -> Edited:
        """Say that two matters are one: what began later does that to what began earlier; by itself it is told by what
        differs."""
        with self._holding([one, other], look) as held:
            require_two_matters(held.thread(one), held.thread(other), (held.project_of(one), held.project_of(other)))
            first, second = sorted((held.thread(one), held.thread(other)), key=held.place)
            type = does or _difference(first, second)
            link = Link(second.id, first.current.id, type, 1.0, reason(Why.BY_HAND))
            return held.settled([held.ledger.say_of_link(new_id(), Operation.MERGE, link)], first.id)

    def split(self, item_id: str, parts: Sequence[Part] = (), look: Look | None = None) -> Edited:
        """Say that an item tells of several things, a part each; without parts, that it belongs to another matter than
        what it is linked to."""
        with self._holding([item_id], look) as held:
            item = held.item(item_id)
            if not parts:
                step = next(step for step in held.thread(item_id).steps if step.item.id == item_id)
                if step.link is None:
                    raise BadInputError(
                        "it begins its matter: there is nothing to split it from",
                        "name a later step, or give the lines of each part",
                    )
                return held.settled([held.ledger.say_of_link(new_id(), Operation.REJECT, step.link)], item_id)
            parts = checked_parts(parts, item.said)
            values = [
                {
                    "id": new_id() if number else item_id,
                    "lines": list(part.lines),
                    "text": part.text,
                    "kind": part.kind.value if part.kind else None,
                }
                for number, part in enumerate(parts)
            ]
            before = {"text": item.said.text, "lines": list(item.said.lines)}
            event = held.ledger.say(new_id(), Operation.SPLIT, item_id, before=before, values={"parts": values})
            return held.settled([event], item_id)

    def judge(self, later: str, earlier: str, confirmed: bool | None) -> tuple[bool | None, list[str]]:
        """Say of a link that it holds, that it does not, or nothing any more: that also of one which is gone since.
        Returns what is said of it then, and the meetings that are to be read again. Raises NotFoundError also where
        there is none."""
        with self._database.session() as session:
            said = EditRepository(session).of_link(later, earlier)
            ids = EditRecorder(session).meetings_of([later, earlier])
        with self._database.session() as session:
            MeetingRepository(session).hold_all(ids.union(*map(_meetings, said)))
            ledger = EditRecorder(session)
            if confirmed is None:
                taken_back = _settled(ledger, ledger.take_back(later, earlier), later)
                link = ledger.link(later, earlier)
                return link.confirmed if link else None, taken_back.meeting_ids
            meeting_id = ledger.judge(later, earlier, confirmed)
            ledger.relink([meeting_id])
            return confirmed, [meeting_id]

    def undo(self, edit_id: str) -> Edited:
        """Take an edit back; those made since stand. Raises NotFoundError, and ConflictError when it was taken back."""
        with self._database.session() as session:
            made = EditRepository(session).of(edit_id)
        with self._database.session() as session:
            MeetingRepository(session).hold_all(set[str]().union(*map(_meetings, made)))
            edits, ledger = EditRepository(session), EditRecorder(session)
            events = edits.of(edit_id)
            if any(event.undone_at for event in events):
                raise ConflictError("this edit was undone already", "`huimai items history ID` shows it")
            edits.undo(events)
            return _settled(ledger, events, events[0].item_id)

    def history(self, item_id: str) -> list[LedgerEdit]:
        """What people said of the matter of an item, or of an item that is gone, the newest first. Raises
        NotFoundError for an id that no item and no edit has."""
        with self._database.session() as session:
            edits, ledger = EditRepository(session), EditRecorder(session)
            try:
                _, project_id = ledger.get(item_id)
            except NotFoundError:
                if found := edits.of_items([item_id]):
                    return found
                raise
            thread = _thread(_threads(ledger, project_id), item_id)
            ids = {step.item.id for step in thread.steps} if thread else {item_id}
            return edits.of_items(ids)

    def of_project(self, name: str, *, lost: bool = False) -> list[LedgerEdit]:
        """What people said of a project's items, the newest first; with `lost` what could not be laid over anything.
        Raises NotFoundError."""
        with self._database.session() as session:
            return EditRepository(session).of_project(ProjectRepository(session).named(name).id, lost=lost)

    @contextmanager
    def _holding(self, item_ids: Sequence[str], look: Look | None) -> Generator[_Held]:
        with self._database.session() as session:
            ids = _Held(EditRecorder(session), item_ids).meeting_ids
        with self._database.session() as session:
            MeetingRepository(session).hold_all(ids)
            if look:
                look()
            yield _Held(EditRecorder(session), item_ids)

    def _tell_status(self, held: _Held, edit_id: str, thread: Thread, status: str, on: date | None) -> LedgerEdit:
        day = checked_status(thread, status, on)
        does = STATUS_LINKS[thread.kind][status]
        values = {"id": new_id(), "type": does.value, "on": day.isoformat()}
        return held.ledger.say(edit_id, Operation.STATUS, thread.current.id, after={"status": status}, values=values)


class _Held:
    """The matters of some items, whose meetings are held."""

    def __init__(self, ledger: EditRecorder, item_ids: Iterable[str]) -> None:
        self.ledger = ledger
        self._project = {id: ledger.get(id)[1] for id in item_ids}
        whole = {project_id: _threads(ledger, project_id) for project_id in dict.fromkeys(self._project.values())}
        self._threads = [thread for some in whole.values() for thread in some]
        self._items = {item.id: item for project_id in whole for item in ledger.items(project_id)}

    @property
    def meeting_ids(self) -> set[str]:
        matters = [self.thread(id) for id in self._project]
        return {step.item.meeting_id for thread in matters for step in thread.steps}

    def project_of(self, item_id: str) -> str:
        return self._project[item_id]

    def item(self, item_id: str) -> Item:
        return self._items[item_id]

    def thread(self, item_id: str) -> Thread:
        """The matter of an item. Raises NotFoundError for an update that is linked to none."""
        if found := _thread(self._threads, item_id):
            return found
        raise NotFoundError(
            f"'{item_id}' told of a matter, but is linked to none any more", "`huimai items confirm` links it again"
        )

    def place(self, thread: Thread) -> int:
        return self._threads.index(thread)

    def settled(self, events: Sequence[LedgerEdit], item_id: str) -> Edited:
        return _settled(self.ledger, events, item_id)


def _meetings(event: LedgerEdit) -> list[str]:
    return [id for id in (event.meeting_id, event.other_meeting_id) if id]


def _settled(ledger: EditRecorder, events: Sequence[LedgerEdit], item_id: str) -> Edited:
    edited = Edited(tuple(events), item_id)
    for meeting_id in edited.meeting_ids:
        ledger.settle(meeting_id)
        ledger.settle_links(meeting_id)
    ledger.relink(edited.meeting_ids)
    return edited


def _threads(ledger: EditRecorder, project_id: str) -> list[Thread]:
    items = ledger.items(project_id)
    return [*threads(items, ledger.links(project_id)), *outlines(items)]


def _thread(found: Iterable[Thread], item_id: str) -> Thread | None:
    return next((one for one in found if any(step.item.id == item_id for step in one.steps)), None)


def _teller(thread: Thread, item_id: str, field: Field) -> str:
    """The id of the item where a field is set: of a matter that which tells it now."""
    if item_id != thread.id:
        return item_id
    if field in (Field.OWNER, Field.DUE):
        return told.id if (told := thread.telling(field)) else thread.id
    if thread.kind is ItemKind.METRIC:
        return thread.steps[-1].item.id
    return thread.current.id if field is Field.TEXT and thread.kind is ItemKind.DECISION else thread.id


def _difference(first: Thread, second: Thread) -> LinkType:
    """What a matter does to an earlier one that it is said to be, by what differs between them."""
    if second.kind is ItemKind.METRIC or second.kind is not first.kind:
        return LinkType.CONTINUES
    was, now = first.owner, second.owner
    if second.due and first.due and second.due.day != first.due.day:
        return LinkType.REDATES
    return LinkType.HANDS_OVER if was and now and was.name != now.name else LinkType.RESTATES
