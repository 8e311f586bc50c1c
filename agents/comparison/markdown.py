"""A comparison as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from agents.comparison.deltas import Period, Row
from agents.comparison.report import SECTIONS, Comparison
from agents.comparison.summary import Sentence
from agents.comparison.wording import WORDS
from agents.ledger.domain import Item, Measure
from agents.ledger.markdown import cited, document, entry, escaped, section
from agents.ledger.matters import evidence_of
from agents.ledger.wording import KINDS, standing
from agents.qa.language import Language


def comparison_markdown(found: Comparison) -> str:
    """What changed, in sections that hold something, both sides with what was said, in the language of the material."""
    return _Page(found).text()


class _Page:
    def __init__(self, found: Comparison) -> None:
        self._found = found
        self._language: Language = found.language
        self._words = WORDS[self._language]

    def text(self) -> str:
        found, words = self._found, self._words
        title = words["title"].format(
            project=escaped(found.ledger.project), earlier=_days(found.earlier), later=_days(found.later)
        )
        sections = {
            "summary": [self._sentence(sentence) for sentence in found.summary],
            **{name: [self._row(row) for row in getattr(found.deltas, name)] for name in SECTIONS},
            "conflicts": [self._conflict(*pair) for pair in found.conflicts],
            "metrics": [self._metric(row) for row in found.deltas.metrics],
        }
        parts = [part for name, rows in sections.items() for part in section(words[name], rows, self._language)]
        return document(title, parts or [words["nothing"]], found.ledger.coverage, self._language)

    def _sentence(self, sentence: Sentence) -> str:
        """Its quotes stand in the sections below."""
        return f"- {escaped(sentence.text)} {cited(sentence.evidence)}"

    def _row(self, row: Row) -> str:
        kind = f"**{KINDS[row.thread.kind][self._language]}**"
        status = self._found.matter(row).status
        notes = escaped(standing(row.thread, status, self._language))
        after, now = self._found.after(row), self._found.now(row)
        if row.before and after:
            heading = self._words["both"].format(kind=kind, standing=notes)
            return self._sides(heading, (row.before, [row.before]), (after, now))
        shown = row.before or row.thread.steps[0].item
        text = self._words["row"].format(kind=kind, text=escaped(shown.said.text), standing=notes)
        return self._entry(text, [row.before] if row.before else now or [shown])

    def _conflict(self, before: Item, after: Item) -> str:
        heading = f"**{KINDS[before.kind][self._language]}**"
        return self._sides(heading, (before, [before]), (after, [after]))

    def _metric(self, row: Row) -> str:
        """A measure with both values; one that was not said in its period has none."""
        after = row.after if row.after and self._found.later.holds(row.after.day) else None
        measures = [item.said.measure for item in (row.before, row.after) if item and item.said.measure]
        text = self._words["metric"].format(
            name=escaped(measures[-1].name if measures else ""),
            before=self._value(row.before),
            after=self._value(after),
        )
        return self._entry(text, [item for item in (row.before, after) if item])

    def _value(self, item: Item | None) -> str:
        measure: Measure | None = item.said.measure if item else None
        return escaped(measure.said) if measure else self._words["unsaid"]

    def _sides(self, heading: str, *sides: tuple[Item, Sequence[Item]]) -> str:
        """What was said before and what is now, each with the items that say it."""
        found = [
            entry(
                self._words[name].format(text=escaped(item.said.text)),
                evidence_of(items, self._found.said),
                self._language,
                depth=1,
            )
            for name, (item, items) in zip(("before", "after"), sides, strict=True)
        ]
        return "\n".join([self._entry(heading, []), *found])

    def _entry(self, text: str, items: Sequence[Item]) -> str:
        return entry(text, evidence_of(items, self._found.said), self._language)


def _days(period: Period) -> str:
    return f"{period.first}" if period.first == period.last else f"{period.first}..{period.last}"
