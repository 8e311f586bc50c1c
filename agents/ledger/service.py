"""The front door of the ledger: what a project's meetings hold, as it stands now or stood on a day. Blocking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any, Protocol

from agents.ledger.domain import Item, Link, LinkType, stands_on
from agents.ledger.edits_repository import EditRepository
from agents.ledger.heard import Heard, Place, mentions, presences
from agents.ledger.repository import LedgerRepository
from agents.ledger.tables import Reading
from agents.ledger.threads import Thread, outlines, threads
from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.line_repository import LineRepository
from ingestion.repository import ProjectRepository
from ingestion.tables import Meeting
from retrieval.domain import Coverage, Evidence


class Quotes(Protocol):
    """Where what was said is read."""

    def quote(self, places: Iterable[Place]) -> dict[Place, Evidence]:
        """What was said at each place; one of which nothing is left is missing."""
        ...

    def coverage(self, where: SearchFilter = ..., read: int = 0) -> Coverage:
        """How many meetings match and were searched, and which of them failed. Raises NotFoundError."""
        ...


@dataclass(frozen=True, slots=True)
class ReadOn:
    """A meeting that was read into the ledger."""

    id: str
    title: str
    day: date


class ReadState(StrEnum):
    """Where the reading of a meeting stands."""

    READ = "read"
    READING = "reading"
    FAILED = "failed"
    """The newest reading failed; what was read before stays."""


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """A ready meeting with the state of its reading: why it failed and what to do, what the last one took, and how much
    of what people said of its items found nothing to be laid over."""

    meeting: ReadOn
    state: ReadState
    error: str | None
    hint: str | None
    spent: dict[str, Any]
    lost: int = 0

    def to_json(self) -> dict[str, Any]:
        """The reading as a document."""
        return {
            "id": self.meeting.id,
            "title": self.meeting.title,
            "date": self.meeting.day.isoformat(),
            "state": self.state.value,
            "error": self.error,
            "hint": self.hint,
            "spent": self.spent,
            "lost": self.lost,
        }


@dataclass(frozen=True, slots=True)
class ProjectLedger:
    """What a project's meetings hold: threads with the oldest first, the meetings that were read in order, the links
    between their items, those that conflict, what all this stands on, and what is told of meetings and people."""

    project: str
    threads: tuple[Thread, ...]
    meetings: tuple[ReadOn, ...]
    links: tuple[Link, ...]
    conflicts: tuple[tuple[Item, Item, Link], ...]
    coverage: Coverage
    outline: tuple[Thread, ...] = ()

    @property
    def all(self) -> tuple[Thread, ...]:
        """The threads and the outline."""
        return (*self.threads, *self.outline)

    @property
    def held(self) -> list[date]:
        """The days of the meetings that were read."""
        return [meeting.day for meeting in self.meetings]


class Ledger:
    """Reads the ledger. Safe to call from several threads."""

    def __init__(self, database: Database, quotes: Quotes) -> None:
        self._database, self._quotes = database, quotes

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        """What the project's meetings hold up to a day, or all of them. Raises NotFoundError."""
        with self._database.session() as session:
            project, ledger = ProjectRepository(session).named(name), LedgerRepository(session)
            items, links = ledger.items(project.id), ledger.links(project.id)
            readings = ledger.readings(project.id)
        upto = until or date.max
        read = [one for one, reading in readings if reading and reading.done and one.date <= upto]
        said = {item.id: item for item in items if item.day <= upto}
        between = tuple(link for link in links if {link.later, link.earlier} <= said.keys())
        where = SearchFilter(projects=(name,), until=until)
        return ProjectLedger(
            name,
            tuple(threads(said.values(), links)),
            tuple(ReadOn(one.id, one.title, one.date) for one in read),
            between,
            tuple(_conflicts(said, between)),
            self._quotes.coverage(where, read=len(read)),
            tuple(outlines(said.values())),
        )

    def readings(self, name: str) -> list[MeetingReading]:
        """The ready meetings of a project by day, each with the state of its reading. Raises NotFoundError."""
        with self._database.session() as session:
            project = ProjectRepository(session).named(name)
            found = LedgerRepository(session).readings(project.id)
            lost = EditRepository(session).lost([meeting.id for meeting, _ in found])
            return [replace(_reading(*one), lost=lost.get(one[0].id, 0)) for one in found]

    def project_of(self, item_id: str) -> str:
        """The name of the project in whose ledger an item stands. Raises NotFoundError."""
        with self._database.session() as session:
            _, project_id = LedgerRepository(session).get(item_id)
            return ProjectRepository(session).get(project_id).name

    def evidence(self, items: Iterable[Item]) -> dict[str, tuple[Evidence, ...]]:
        """What was said that makes each item, by its id: the lines that state it and those that say its owner, its date
        and its number, a run of lines each."""
        places = {item.id: _places(item) for item in items}
        said = self._quotes.quote(place for some in places.values() for place in some)
        return {id: tuple(said[place] for place in some if place in said) for id, some in places.items()}

    def heard(self, name: str, meeting_ids: Sequence[str]) -> Heard:
        """Who speaks in these meetings of a project, given in order, and where they say the terms of its glossary.
        Raises NotFoundError."""
        with self._database.session() as session:
            project, lines = ProjectRepository(session).named(name), LineRepository(session)
            terms = [entry.canonical for entry in ProjectRepository(session).glossary(project.id)]
            return Heard(
                presences(meeting_ids, lines.first_lines(meeting_ids)),
                mentions(meeting_ids, terms, lines.saying(meeting_ids, terms)),
            )

    def quote(self, places: Iterable[Place]) -> dict[Place, Evidence]:
        """What was said at each place; one of which nothing is left is missing."""
        return self._quotes.quote(places)


def _reading(meeting: Meeting, reading: Reading | None) -> MeetingReading:
    read = ReadOn(meeting.id, meeting.title, meeting.date)
    if reading is None:
        return MeetingReading(read, ReadState.READING, None, None, {})
    state = ReadState.READ if reading.done >= reading.wanted else ReadState.READING
    return MeetingReading(
        read, ReadState.FAILED if reading.error else state, reading.error, reading.hint, reading.spent
    )


def _places(item: Item) -> Sequence[Place]:
    runs = groupby(enumerate(stands_on(item.said)), lambda pair: pair[1] - pair[0])
    found = [[line for _, line in run] for _, run in runs]
    return [(item.meeting_id, run[0], run[-1]) for run in found]


def _conflicts(said: Mapping[str, Item], links: Iterable[Link]) -> Iterable[tuple[Item, Item, Link]]:
    for link in links:
        if link.type is LinkType.CONFLICTS and link.confirmed is not False:
            yield said[link.earlier], said[link.later], link
