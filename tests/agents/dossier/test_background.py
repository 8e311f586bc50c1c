from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from agents.dossier.background import ProjectBackground
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Owner
from agents.ledger.service import Ledger, ProjectLedger, ReadOn
from agents.ledger.threads import threads
from ingestion.domain import SearchFilter
from retrieval.domain import Coverage

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
ATLAS = SearchFilter(projects=("Atlas",))


def item(id: str, day: date, kind: ItemKind, text: str, owner: str | None = None, due: date | None = None) -> Item:
    draft = ItemDraft(kind, (0,), text, 0.8, Owner(owner, (0,)) if owner else None, Due(due, "", 0) if due else None)
    return Item(id, str(day), day, draft)


class Holds:
    """A ledger that holds these items."""

    def __init__(self, items: Sequence[Item], links: Sequence[Link] = ()) -> None:
        self._items, self._links, self.until = items, links, date.max

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        self.until = until or date.max
        said = [one for one in self._items if one.day <= self.until]
        read = tuple(ReadOn(str(day), "", day) for day in sorted({one.day for one in said}))
        return ProjectLedger(name, tuple(threads(said, self._links)), read, (), (), Coverage(2, 2, 2))


def background(*items: Item, links: Sequence[Link] = ()) -> ProjectBackground:
    return ProjectBackground(cast(Ledger, Holds(items, links)))


BUDGET = item("b1", FIRST, ItemKind.DECISION, "The budget is 15,000.")
RAISED = item("b2", SECOND, ItemKind.DECISION, "We go up to 18,000.")
SCRIPT = item("c", FIRST, ItemKind.COMMITMENT, "I'll write the script.", "Ann", date(2026, 3, 20))
DONE = item("d", SECOND, ItemKind.UPDATE, "The script is done.")


def test_what_holds_now_stands_there_and_what_is_over_does_not() -> None:
    links = [Link("b2", "b1", LinkType.REFINES, 0.9, ""), Link("d", "c", LinkType.FULFILS, 0.9, "")]
    found = background(BUDGET, RAISED, SCRIPT, DONE, links=links)
    assert found.lines(ATLAS, 100) == ["2026-03-09 decision (in_force): We go up to 18,000."]
    earlier = SearchFilter(projects=("Atlas",), until=FIRST)
    assert found.lines(earlier, 100) == [
        "2026-03-02 decision (in_force): The budget is 15,000.",
        "2026-03-02 commitment (promised, Ann, due 2026-03-20): I'll write the script.",
    ]


def test_it_fits_the_budget_and_is_empty_without_one_project() -> None:
    found = background(BUDGET, SCRIPT)
    assert len(found.lines(ATLAS, 12)) == 1
    assert found.lines(ATLAS, 0) == found.lines(SearchFilter(), 100) == []
    assert found.lines(SearchFilter(projects=("Atlas", "Borealis")), 100) == []
