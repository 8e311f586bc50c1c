from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

import pytest

from agents.comparison.report import Comparison, compare
from agents.dossier.dossier import Dossier, dossier
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, Measure, Owner
from agents.ledger.heard import Heard, Place
from agents.ledger.service import Ledger, ProjectLedger, ReadOn
from agents.ledger.threads import threads
from retrieval.domain import Coverage, Evidence, Line


@dataclass
class Told:
    """A ledger of items that are given, each of which stands on one line that says its text."""

    items: Sequence[Item]
    links: Sequence[Link] = ()
    start: float | None = 61.5
    speaker: str | None = "Mina"
    title: str = "Weekly"
    name: str = "Atlas"

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        said = [item for item in self.items if item.day <= (until or date.max)]
        read = {item.meeting_id: ReadOn(item.meeting_id, self.title, item.day) for item in said}
        found = tuple(threads(said, self.links))
        meetings = tuple(sorted(read.values(), key=lambda one: one.day))
        return ProjectLedger(
            self.name, found, meetings, tuple(self.links), (), Coverage(len(read), len(read), len(read))
        )

    def evidence(self, items: Iterable[Item]) -> dict[str, tuple[Evidence, ...]]:
        return {item.id: (self._evidence(item),) for item in items}

    def heard(self, name: str, meeting_ids: Sequence[str]) -> Heard:
        return Heard()

    def quote(self, places: Iterable[Place]) -> dict[Place, Evidence]:
        return {}

    def dossier(self) -> Dossier:
        return dossier(cast(Ledger, self), self.name)

    def comparison(self) -> Comparison:
        return compare(cast(Ledger, self), [self.name])

    def _evidence(self, item: Item) -> Evidence:
        said = item.said
        parts = [said.owner.name if said.owner else "", said.text, str(said.due.day) if said.due else ""]
        end = None if self.start is None else self.start + 4
        line = Line(said.lines[0], self.speaker, self.start, end, " ".join(filter(None, parts)))
        return Evidence(item.meeting_id, self.title, self.name, item.day, (line,), 1.0)


def draft(
    kind: ItemKind, text: str, *, owner: str | None = None, due: date | None = None, value: str | None = None
) -> ItemDraft:
    return ItemDraft(
        kind,
        (3,),
        text,
        0.9,
        owner=Owner(owner, (3,)) if owner else None,
        due=Due(due, str(due), 3) if due else None,
        measure=Measure("转化率", Decimal(value), "%", f"{value}%", 3) if value else None,
    )


AddItem = Callable[..., Item]


@pytest.fixture
def make() -> AddItem:
    """Makes an item: its id, its day, its kind, its words, and `owner`, `due` and `value` where somebody said them."""

    def made(id: str, day: date, kind: ItemKind, text: str, **said: object) -> Item:
        return Item(id, f"m{day:%m%d}", day, draft(kind, text, **said))  # type: ignore[arg-type]

    return made


@pytest.fixture
def told() -> type[Told]:
    """A ledger of given items."""
    return Told
