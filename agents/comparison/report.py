"""The comparison of two periods as a document: rows with evidence on both sides, and what was read for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from agents.comparison.deltas import Deltas, Period, Row, deltas
from agents.comparison.periods import When, chosen
from agents.comparison.summary import Sentence, summary
from agents.comparison.who import Heard, Listener, Who
from agents.comparison.wording import notes
from agents.ledger.domain import Item
from agents.ledger.matters import Matter, Said, evidence_of, link_json
from agents.ledger.service import Ledger, ProjectLedger
from agents.qa.language import Language, language_of
from ingestion.errors import BadInputError
from retrieval.domain import Coverage

SECTIONS = ("new", "changed", "closed", "carried", "dropped")
"""The parts of a comparison, as in the contract."""
MOST_PROJECTS = 50


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the projects that are compared, as it stood at the end of its later period, with both and the ids of its
    items."""

    ledger: ProjectLedger
    earlier: Period
    later: Period
    items: frozenset[str]

    def meetings(self, period: Period) -> list[str]:
        """The ids of the meetings read of a period."""
        return [one.id for one in self.ledger.meetings if period.holds(one.day)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one period to the next in a project, or in several. `heard` are the people whose words alone
    count, null where everybody's do; `left_out` counts the sentences of a summary that their evidence does not say."""

    parts: tuple[Compared, ...]
    deltas: Deltas
    conflicts: tuple[tuple[Item, Item], ...]
    summary: tuple[Sentence, ...]
    said: Said
    heard: Heard | None = None
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """The compare document of the contract; of several projects `project` is null."""
        sections = {name: [self._row(row) for row in getattr(self.deltas, name)] for name in SECTIONS}
        return {
            "project": None if self.several else self.parts[0].ledger.project,
            "projects": [_part(part) for part in self.parts],
            "from": _period(self.earlier, self.parts, [part.earlier for part in self.parts]),
            "to": _period(self.later, self.parts, [part.later for part in self.parts]),
            **sections,
            "conflicts": [self._conflict(*pair) for pair in self.conflicts],
            "metrics": [self._metric(row) for row in self.deltas.metrics],
            "summary": [{"project": one.evidence[0].project, **one.to_json()} for one in self.summary],
            "left_out": self.left_out,
            "heard": self.heard.to_json() if self.heard else None,
            "notes": self.notes,
            "coverage": self.coverage.to_json(),
        }

    @property
    def several(self) -> bool:
        """Whether it tells of more than one project."""
        return len(self.parts) > 1

    @property
    def project(self) -> str:
        """The projects' names as one."""
        return " + ".join(part.ledger.project for part in self.parts)

    @property
    def earlier(self) -> Period:
        """From the first to the last day of the projects' earlier periods."""
        return reduce(_around, [part.earlier for part in self.parts])

    @property
    def later(self) -> Period:
        """From the first to the last day of the projects' later periods."""
        return reduce(_around, [part.later for part in self.parts])

    @property
    def coverage(self) -> Coverage:
        """What was read of all projects."""
        each = [part.ledger.coverage for part in self.parts]
        return Coverage(
            sum(one.in_scope for one in each),
            sum(one.searched for one in each),
            sum(one.read for one in each),
            tuple(id for one in each for id in one.failed),
        )

    @property
    def notes(self) -> list[str]:
        """What a reader has to know of how it was made: periods without a meeting, whose words count, and what
        is left out."""
        empty = [
            (part.ledger.project, period.days)
            for part in self.parts
            for period in (part.earlier, part.later)
            if not part.meetings(period)
        ]
        return notes(empty, self.heard, self.left_out, self.language)

    @property
    def rows(self) -> list[Row]:
        """Every row, in the order of the parts."""
        return [row for name in (*SECTIONS, "metrics") for row in getattr(self.deltas, name)]

    @property
    def language(self) -> Language:
        """The language that most of it was said in."""
        return language_of("\n".join(row.thread.steps[0].item.said.text for row in self.rows[:50]))

    def of(self, item: Item) -> Compared:
        """The project in which an item was said."""
        return next(part for part in self.parts if item.id in part.items)

    def matter(self, row: Row) -> Matter:
        """The matter of a row, as it stands at the end of the later period."""
        held = self.of(row.thread.steps[0].item).ledger.held
        return Matter(row.thread, row.thread.status(held), self.said)

    def now(self, row: Row) -> list[Item]:
        """What the later period says of a row's matter."""
        later = self.of(row.thread.steps[0].item).later
        return [step.item for step in row.thread.steps if later.holds(step.item.day)]

    def after(self, row: Row) -> Item | None:
        """The words in which a row's matter stands or ended in the later period; null where it says nothing of it."""
        now = self.now(row)
        if row.before is None:
            return row.after
        if now and (row.thread.closed or row.after not in now):
            return now[-1]
        return row.after if now else None

    def measured(self, row: Row) -> Item | None:
        """What the later period says of a measure; null where it says nothing."""
        return row.after if row.after in self.now(row) else None

    def _row(self, row: Row) -> dict[str, Any]:
        after = self.after(row)
        return {
            "project": self.of(row.thread.steps[0].item).ledger.project,
            "item": self.matter(row).to_json(),
            "link": None,
            "before": row.before.said.text if row.before else None,
            "after": after.said.text if after else None,
            "evidence_before": self._quotes([row.before] if row.before else []),
            "evidence_after": self._quotes(self.now(row)),
        }

    def _metric(self, row: Row) -> dict[str, Any]:
        items = [item for item in (row.before, row.after) if item]
        measures = [item.said.measure for item in items if item.said.measure]
        return {
            "project": self.of(row.thread.steps[0].item).ledger.project,
            "name": measures[0].name if measures else "",
            "unit": measures[-1].unit if measures else "",
            "before": _value(row.before),
            "after": _value(self.measured(row)),
            "evidence": self._quotes(items),
        }

    def _conflict(self, before: Item, after: Item) -> dict[str, Any]:
        ledger = self.of(after).ledger
        link = next(link for one, other, link in ledger.conflicts if (one.id, other.id) == (before.id, after.id))
        return {
            "project": ledger.project,
            "item": None,
            "link": link_json(link, joins=False),
            "before": before.said.text,
            "after": after.said.text,
            "evidence_before": self._quotes([before]),
            "evidence_after": self._quotes([after]),
        }

    def _quotes(self, items: Iterable[Item]) -> list[dict[str, Any]]:
        return [evidence.to_json() for evidence in evidence_of(items, self.said)]


def compare(
    ledger: Ledger,
    projects: Sequence[str],
    when: When = When(),
    who: Who | None = None,
    listener: Listener | None = None,
) -> Comparison:
    """Compare two periods of each project, the last two days of meetings of each unless others are named. With `who`,
    which needs a listener, a matter counts only where one of these people speaks of it in one of the two periods.

    Raises NotFoundError, and BadInputError also when nobody is meant by `who`.
    """
    parts = _parts(ledger, list(dict.fromkeys(projects)), when)
    heard = None
    if who and listener:
        spoken = {one.ledger.project: [*one.meetings(one.earlier), *one.meetings(one.later)] for one in parts}
        heard = listener.heard(who, spoken)
    found = Deltas()
    conflicts: list[tuple[Item, Item]] = []
    sentences: list[Sentence] = []
    left_out = 0
    said: dict[str, Any] = {}
    for part in parts:
        changed = deltas(part.ledger.threads, part.earlier, part.later, part.ledger.held)
        pairs = [(one, other) for one, other, _ in part.ledger.conflicts if part.later.holds(other.day)]
        evidence = ledger.evidence(_items(changed, pairs))
        if heard:
            changed, pairs = _of_these(heard, part, changed, pairs, evidence)
        for name in (*SECTIONS, "metrics"):
            getattr(found, name).extend(getattr(changed, name))
        conflicts += pairs
        told = summary(changed, part.later, evidence)
        sentences += told.sentences
        left_out += told.left_out
        said |= evidence
    return Comparison(tuple(parts), found, tuple(conflicts), tuple(sentences), said, heard, left_out)


def _parts(ledger: Ledger, projects: Sequence[str], when: When) -> list[Compared]:
    if not 1 <= len(projects) <= MOST_PROJECTS:
        raise BadInputError(f"{len(projects)} projects cannot be compared", f"name 1 to {MOST_PROJECTS} of them")
    whole = [ledger.project(name) for name in projects]
    every = [meeting for one in whole for meeting in one.meetings]
    # what is named means the same days in every project, also a meeting that only one of them has
    periods = [chosen(every if when.named else one.meetings, when) for one in whole]
    return [
        _part_of(ledger.project(one.project, until=later.last), earlier, later)
        for one, (earlier, later) in zip(whole, periods, strict=True)
    ]


def _part_of(ledger: ProjectLedger, earlier: Period, later: Period) -> Compared:
    joined = {step.item.id for thread in ledger.threads for step in thread.steps}
    apart = {item.id for one, other, _ in ledger.conflicts for item in (one, other)}
    return Compared(ledger, earlier, later, frozenset(joined | apart))


def _of_these(
    heard: Heard, part: Compared, found: Deltas, conflicts: Sequence[tuple[Item, Item]], said: Said
) -> tuple[Deltas, list[tuple[Item, Item]]]:
    """The rows and the conflicts of which one of these people speaks in one of the two periods."""

    def theirs(items: Iterable[Item]) -> bool:
        inside = [item for item in items if part.earlier.holds(item.day) or part.later.holds(item.day)]
        return any(heard.says(item, part.ledger.project, said) for item in inside)

    kept = Deltas(
        **{
            name: [row for row in getattr(found, name) if theirs(step.item for step in row.thread.steps)]
            for name in (*SECTIONS, "metrics")
        }
    )
    return kept, [pair for pair in conflicts if theirs(pair)]


def _items(found: Deltas, conflicts: Sequence[tuple[Item, Item]]) -> list[Item]:
    rows: list[Row] = [row for name in (*SECTIONS, "metrics") for row in getattr(found, name)]
    return [step.item for row in rows for step in row.thread.steps] + [item for pair in conflicts for item in pair]


def _part(part: Compared) -> dict[str, Any]:
    return {
        "project": part.ledger.project,
        "from": _period(part.earlier, [part], [part.earlier]),
        "to": _period(part.later, [part], [part.later]),
        "coverage": part.ledger.coverage.to_json(),
    }


def _period(whole: Period, parts: Sequence[Compared], periods: Sequence[Period]) -> dict[str, Any]:
    return {
        "first": whole.first.isoformat(),
        "last": whole.last.isoformat(),
        "meetings": [
            {"id": one.id, "title": one.title, "date": one.day.isoformat()}
            for part, period in zip(parts, periods, strict=True)
            for one in part.ledger.meetings
            if period.holds(one.day)
        ],
    }


def _around(one: Period, other: Period) -> Period:
    return Period(min(one.first, other.first), max(one.last, other.last))


def _value(item: Item | None) -> str | None:
    return str(item.said.measure.value) if item and item.said.measure else None
