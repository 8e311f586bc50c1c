"""The comparison of two periods as a document: rows with evidence on both sides, and what was read for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.comparison.deltas import Deltas, Period, Row, deltas
from agents.comparison.periods import chosen
from agents.comparison.summary import Sentence, summary
from agents.ledger.domain import Item
from agents.ledger.matters import Matter, Said, evidence_of
from agents.ledger.service import Ledger, ProjectLedger
from agents.qa.language import Language, language_of

SECTIONS = ("new", "changed", "closed", "carried", "dropped")
"""The parts of a comparison, as in the contract."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one period to the next in a project."""

    ledger: ProjectLedger
    earlier: Period
    later: Period
    deltas: Deltas
    conflicts: tuple[tuple[Item, Item], ...]
    summary: tuple[Sentence, ...]
    said: Said

    def to_json(self) -> dict[str, Any]:
        """The compare document of the contract."""
        sections = {name: [self._row(row) for row in getattr(self.deltas, name)] for name in SECTIONS}
        return {
            "project": self.ledger.project,
            "from": self._period(self.earlier),
            "to": self._period(self.later),
            **sections,
            "conflicts": [self._conflict(*pair) for pair in self.conflicts],
            "metrics": [self._metric(row) for row in self.deltas.metrics],
            "summary": [sentence.to_json() for sentence in self.summary],
            "coverage": self.ledger.coverage.to_json(),
        }

    def _period(self, period: Period) -> dict[str, Any]:
        return {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "meetings": [
                {"id": one.id, "title": one.title, "date": one.day.isoformat()}
                for one in self.ledger.meetings
                if period.holds(one.day)
            ],
        }

    @property
    def language(self) -> Language:
        """The language that most of it was said in."""
        rows = [row for name in (*SECTIONS, "metrics") for row in getattr(self.deltas, name)]
        return language_of("\n".join(row.thread.steps[0].item.said.text for row in rows[:50]))

    def matter(self, row: Row) -> Matter:
        """The matter of a row, as it stands at the end of the later period."""
        return Matter(row.thread, row.thread.status(self.ledger.held), self.said)

    def now(self, row: Row) -> list[Item]:
        """What the later period says of a row's matter."""
        return [step.item for step in row.thread.steps if self.later.holds(step.item.day)]

    def after(self, row: Row) -> Item | None:
        """The words in which a row's matter stands or ended in the later period; null where it says nothing of it."""
        now = self.now(row)
        if row.before is None:
            return row.after
        if now and (row.thread.closed or row.after not in now):
            return now[-1]
        return row.after if now else None

    def _row(self, row: Row) -> dict[str, Any]:
        after = self.after(row)
        return {
            "item": self.matter(row).to_json(),
            "before": row.before.said.text if row.before else None,
            "after": after.said.text if after else None,
            "evidence_before": self._quotes([row.before] if row.before else []),
            "evidence_after": self._quotes(self.now(row)),
        }

    def _metric(self, row: Row) -> dict[str, Any]:
        items = [item for item in (row.before, row.after) if item]
        measures = [item.said.measure for item in items if item.said.measure]
        return {
            "name": measures[0].name if measures else "",
            "unit": measures[-1].unit if measures else "",
            "before": _value(row.before),
            "after": _value(row.after) if row.after and self.later.holds(row.after.day) else None,
            "evidence": self._quotes(items),
        }

    def _conflict(self, before: Item, after: Item) -> dict[str, Any]:
        return {
            "item": None,
            "before": before.said.text,
            "after": after.said.text,
            "evidence_before": self._quotes([before]),
            "evidence_after": self._quotes([after]),
        }

    def _quotes(self, items: Iterable[Item]) -> list[dict[str, Any]]:
        return [evidence.to_json() for evidence in evidence_of(items, self.said)]


def compare(
    ledger: Ledger, project: str, earlier: str | None = None, later: str | None = None, week: str | None = None
) -> Comparison:
    """Compare two periods of a project, named as `periods.chosen` reads them. Raises NotFoundError, BadInputError."""
    whole = ledger.project(project)
    before, after = chosen(whole.meetings, earlier, later, week)
    upto = ledger.project(project, until=after.last)
    found = deltas(upto.threads, before, after, upto.held)
    conflicts = tuple((one, other) for one, other, _ in upto.conflicts if after.holds(other.day))
    rows = [row for name in (*SECTIONS, "metrics") for row in getattr(found, name)]
    said = ledger.evidence(_items(rows, conflicts))
    return Comparison(upto, before, after, found, conflicts, summary(found, after, said), said)


def _items(rows: Iterable[Row], conflicts: Sequence[tuple[Item, Item]]) -> list[Item]:
    return [step.item for row in rows for step in row.thread.steps] + [item for pair in conflicts for item in pair]


def _value(item: Item | None) -> str | None:
    return str(item.said.measure.value) if item and item.said.measure else None
