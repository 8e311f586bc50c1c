"""Who said it: a comparison of what chosen people said, by their names or by the side that they are on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.ledger.domain import Item
from agents.ledger.matters import Said
from agents.qa.spans import people_in
from ingestion.database import Database
from ingestion.domain import Side
from ingestion.errors import BadInputError
from ingestion.repository import ProjectRepository, TranscriptRepository
from ingestion.side_repository import SideRepository


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to listen to: people who are named, and those of a side; null means either."""

    speakers: tuple[str, ...] = ()
    side: Side | None = None

    def __bool__(self) -> bool:
        return bool(self.speakers or self.side)


@dataclass(frozen=True, slots=True)
class Heard:
    """The people that were listened to: their names by project, how many lines of how many meetings are theirs, and how
    many others speak there of whom it is not known on which side they are."""

    side: Side | None
    people: Mapping[str, frozenset[str]]
    lines: int
    meetings: int
    unsided: int

    @property
    def names(self) -> list[str]:
        """Everybody's names."""
        return sorted({name for names in self.people.values() for name in names})

    def says(self, item: Item, project: str, said: Said) -> bool:
        """Whether one of them says a line that states the item."""
        names, stated = self.people[project], set(item.said.lines)
        return any(
            line.index in stated and line.speaker in names for one in said.get(item.id, ()) for line in one.lines
        )

    def to_json(self) -> dict[str, Any]:
        """The people as a document."""
        return {
            "side": self.side.value if self.side else None,
            "people": self.names,
            "lines": self.lines,
            "meetings": self.meetings,
            "unsided": self.unsided,
        }


class Listener:
    """Finds out who is meant. Blocking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def heard(self, who: Who, meetings: Mapping[str, Sequence[str]]) -> Heard:
        """The people that `who` means among those who speak in the meetings, which are given by project. Raises
        BadInputError when nobody is meant."""
        people: dict[str, frozenset[str]] = {}
        known: set[str] = set()
        lines = unsided = 0
        for project, ids in meetings.items():
            with self._database.session() as session:
                sides = SideRepository(session).sides(ProjectRepository(session).named(project).id)
                counts = TranscriptRepository(session).lines_by_speaker(ids)
            people[project] = frozenset(name for name in counts if _meant(who, name, sides))
            known |= counts.keys()
            lines += sum(counts[name] for name in people[project])
            unsided += len(counts.keys() - sides.keys()) if who.side else 0
        if not any(people.values()):
            raise _nobody(who, known, next(iter(meetings), ""))
        return Heard(who.side, people, lines, sum(map(len, meetings.values())), unsided)


def _meant(who: Who, name: str, sides: Mapping[str, Side]) -> bool:
    by_side = who.side is None or sides.get(name) is who.side
    return by_side and (not who.speakers or any(_called(asked, name) for asked in who.speakers))


def _called(asked: str, name: str) -> bool:
    return asked.casefold() == name.casefold() or bool(people_in(asked, [name]))


def _nobody(who: Who, known: Iterable[str], project: str) -> BadInputError:
    names = ", ".join(sorted(known)[:8]) or "none"
    if who.side:
        return BadInputError(
            f"of nobody who speaks in these periods it is known that they are on the side '{who.side.value}'",
            f'say who is: `huimai speakers side NAME {who.side.value} --project "{project}"`; speakers: {names}',
        )
    return BadInputError(f"{' or '.join(who.speakers)[:80]} says nothing in these periods", f"speakers: {names}")
