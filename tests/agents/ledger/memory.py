"""A ledger in memory: meetings of given lines, items on those lines, links between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Measure, Owner, stands_on
from agents.ledger.heard import Heard, Place, mentions, presences
from agents.ledger.service import ProjectLedger, ReadOn
from agents.ledger.threads import outlines, threads
from agents.link.reasons import Why, reason
from retrieval.domain import Coverage, Evidence, Line


@dataclass
class LedgerInMemory:
    """Stands in for `Ledger`. A meeting's id is its day; its lines are (speaker, text), ten seconds each."""

    meetings: dict[date, Sequence[tuple[str | None, str]]]
    items: list[Item] = field(default_factory=list[Item])
    links: list[Link] = field(default_factory=list[Link])
    terms: Sequence[str] = ()

    def say(
        self,
        day: date,
        line: int,
        kind: ItemKind,
        *,
        owner: str | None = None,
        due: date | None = None,
        value: str | None = None,
    ) -> Item:
        """An item on one line of a meeting; `value` is that of the measure "error rate" in %."""
        text = self.meetings[day][line][1]
        draft = ItemDraft(
            kind,
            (line,),
            text,
            0.9,
            Owner(owner, (line,)) if owner else None,
            Due(due, "then", line) if due else None,
            Measure("error rate", Decimal(value), "%", f"{value}%", line) if value else None,
        )
        self.items.append(Item(f"{day.day}-{line}", str(day), day, draft))
        return self.items[-1]

    def link(self, later: Item, does: LinkType, earlier: Item, confirmed: bool | None = None) -> Link:
        self.links.append(Link(later.id, earlier.id, does, 0.8, reason(Why.DAY, "old", "new"), confirmed))
        return self.links[-1]

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        days = [day for day in sorted(self.meetings) if until is None or day <= until]
        said = {item.id: item for item in self.items if item.day in days}
        links = tuple(link for link in self.links if {link.later, link.earlier} <= said.keys())
        conflicts = [(said[one.earlier], said[one.later], one) for one in links if one.type is LinkType.CONFLICTS]
        return ProjectLedger(
            name,
            tuple(threads(said.values(), links)),
            tuple(ReadOn(str(day), f"Weekly {day}", day) for day in days),
            links,
            tuple(conflicts),
            Coverage(len(days), len(days), len(days)),
            tuple(outlines(said.values())),
        )

    def heard(self, name: str, meeting_ids: Sequence[str]) -> Heard:
        said = [
            (str(day), index, speaker, text)
            for day, lines in self.meetings.items()
            for index, (speaker, text) in enumerate(lines)
            if str(day) in meeting_ids
        ]
        first = [(id, who, index) for id, index, who, _ in reversed(said) if who]
        lines = [(id, index, text) for id, index, _, text in said]
        return Heard(presences(meeting_ids, first), mentions(meeting_ids, self.terms, lines))

    def quote(self, places: Iterable[Place]) -> dict[Place, Evidence]:
        return {place: self._evidence(date.fromisoformat(place[0]), place[1]) for place in places}

    def evidence(self, items: Iterable[Item]) -> dict[str, tuple[Evidence, ...]]:
        return {item.id: tuple(self._evidence(item.day, line) for line in stands_on(item.said)) for item in items}

    def _evidence(self, day: date, index: int) -> Evidence:
        speaker, text = self.meetings[day][index]
        line = Line(index, speaker, index * 10.0, index * 10.0 + 9, text)
        return Evidence(str(day), f"Weekly {day}", "Atlas", day, (line,), 0.0)
