"""A comparison as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from agents.comparison.deltas import Row
from agents.comparison.report import SECTIONS, Comparison
from agents.comparison.summary import Sentence
from agents.comparison.wording import WORDS
from agents.ledger.domain import Item
from agents.ledger.markdown import cited, document, entry, escaped, section
from agents.ledger.matters import evidence_of
from agents.ledger.wording import KINDS, standing, valued, worded
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
            project=escaped(found.project), earlier=found.earlier.days, later=found.later.days
        )
        sections = {
            "summary": [self._sentence(sentence) for sentence in found.summary],
            **{name: [self._row(row) for row in getattr(found.deltas, name)] for name in SECTIONS},
            "conflicts": [self._conflict(*pair) for pair in found.conflicts],
            "metrics": [self._metric(row) for row in found.deltas.metrics],
        }
        parts = [part for name, rows in sections.items() for part in section(words[name], rows, self._language)]
        told = section(words["notes"], [f"- {escaped(note)}" for note in found.notes], self._language)
        return document(title, [*(parts or [words["nothing"]]), *told], found.coverage, self._language)

    def _sentence(self, sentence: Sentence) -> str:
        """Its quotes stand in the sections below."""
        text = escaped(sentence.text)
        if self._found.several:
            text = self._words["project_first"].format(project=escaped(sentence.evidence[0].project), text=text)
        return f"- {text} {cited(sentence.evidence)}"

    def _row(self, row: Row) -> str:
        kind = self._kind(row.thread.steps[0].item)
        status = self._found.matter(row).status
        notes = escaped(standing(row.thread, status, self._language))
        after, now = self._found.after(row), self._found.now(row)
        if row.before and after:
            heading = self._words["both"].format(kind=kind, standing=notes)
            return self._sides(heading, (row.before, [row.before]), (after, now))
        shown = row.before or row.thread.steps[0].item
        text = self._words["row"].format(kind=kind, text=escaped(worded(shown.said, self._language)), standing=notes)
        return self._entry(text, [row.before] if row.before else now or [shown])

    def _conflict(self, before: Item, after: Item) -> str:
        return self._sides(self._kind(before), (before, [before]), (after, [after]))

    def _metric(self, row: Row) -> str:
        """A measure with both values; one that was not said in its period has none."""
        after = self._found.measured(row)
        measures = [item.said.measure for item in (row.before, row.after) if item and item.said.measure]
        text = self._words["metric"].format(
            name=escaped(measures[-1].name if measures else ""),
            before=self._value(row.before),
            after=self._value(after),
        )
        if self._found.several:
            project = self._found.of(row.thread.steps[0].item).ledger.project
            text = self._words["project_first"].format(project=escaped(project), text=text)
        return self._entry(text, [item for item in (row.before, after) if item])

    def _kind(self, item: Item) -> str:
        """What it is, and of several projects of which."""
        kind = f"**{KINDS[item.kind][self._language]}**"
        if not self._found.several:
            return kind
        return self._words["of_project"].format(kind=kind, project=escaped(self._found.of(item).ledger.project))

    def _value(self, item: Item | None) -> str:
        return escaped(valued(item.said, self._language)) if item and item.said.measure else self._words["unsaid"]

    def _sides(self, heading: str, *sides: tuple[Item, Sequence[Item]]) -> str:
        """What was said before and what is now, each with the items that say it."""
        found = [
            entry(
                self._words[name].format(text=escaped(worded(item.said, self._language))),
                evidence_of(items, self._found.said),
                self._language,
                depth=1,
            )
            for name, (item, items) in zip(("before", "after"), sides, strict=True)
        ]
        return "\n".join([self._entry(heading, []), *found])

    def _entry(self, text: str, items: Sequence[Item]) -> str:
        return entry(text, evidence_of(items, self._found.said), self._language)
