"""Dossiers, comparisons and reviews as papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agents.comparison.deltas import Row
from agents.comparison.report import SECTIONS, Comparison
from agents.comparison.summary import Sentence
from agents.domain import Verdict
from agents.dossier.claims import DossierClaim
from agents.dossier.dossier import Dossier
from agents.dossier.markdown import QUOTED_ELSEWHERE, left_out
from agents.dossier.wording import WORDS as DOSSIER_WORDS
from agents.dossier.wording import with_counts
from agents.exports.paper import Cite, Entry, Paper, Part, cites, one_line
from agents.exports.wording import WORDS
from agents.ledger.domain import Item
from agents.ledger.matters import evidence_of
from agents.ledger.wording import KINDS, on_day, standing, valued, worded
from agents.qa.language import Language
from agents.qa.wording import coverage_line
from agents.templates.review import Review, ReviewedSection, is_verbatim
from agents.templates.wording import WORDS as REVIEW_WORDS
from agents.templates.wording import heading


def paper(document: Dossier | Comparison | Review, base: str) -> Paper:
    """The document as a paper whose links begin with `base`."""
    if isinstance(document, Review):
        return _of_review(document, base)
    return _of_dossier(document, base) if isinstance(document, Dossier) else _OfComparison(document, base).paper()


def _of_dossier(found: Dossier, base: str) -> Paper:
    language, words = found.language, DOSSIER_WORDS[found.language]
    project = one_line(found.ledger.project)
    title = words["title"].format(project=project, day=on_day(found.as_of, language)) if found.as_of else project
    parts = [
        Part(
            section.key,
            words[section.key],
            tuple(_claimed(claim, base, language) for claim in section.claims),
            quoted=section.key not in QUOTED_ELSEWHERE,
        )
        for section in found.sections
    ]
    return Paper(
        base,
        project,
        title,
        language,
        tuple(part for part in parts if part.entries),
        words["nothing"],
        " ".join([*left_out(found), coverage_line(found.ledger.coverage, language)]),
        found.as_of,
        found.matters,
    )


def _claimed(claim: DossierClaim, base: str, language: Language) -> Entry:
    return replace(_sentence(claim, base, language), text=one_line(with_counts(claim, language)))


def _of_review(found: Review, base: str) -> Paper:
    """Sections that hold something, and the titles of those that do not at the end."""
    language, words, meeting = found.language, REVIEW_WORDS[found.language], found.meeting
    title = heading(one_line(found.title), one_line(meeting.title), found.focus, language)
    parts = [_reviewed(section, base, language) for section in found.sections if section.claims]
    missing = tuple(Entry(one_line(section.title)) for section in found.sections if not section.claims)
    if missing:
        parts.append(Part("not_found", words["not_found"], missing))
    coverage = coverage_line(meeting.coverage, language)
    project = one_line(meeting.project)
    return Paper(base, project, title, language, tuple(parts), words["nothing"], coverage, meeting.day, ())


def _reviewed(section: ReviewedSection, base: str, language: Language) -> Part:
    entries = [
        _said(claim, base, language) if is_verbatim(claim) else _sentence(claim, base, language)
        for claim in section.claims
    ]
    if section.left_out:
        entries.append(Entry(REVIEW_WORDS[language]["left_out"].format(n=section.left_out)))
    quoted = not all(is_verbatim(claim) for claim in section.claims)
    return Part(section.key, one_line(section.title), tuple(entries), quoted)


def _said(claim: Sentence, base: str, language: Language) -> Entry:
    """Somebody's own words, after their name."""
    speaker = claim.evidence[0].speaker
    text = WORDS[language]["owned"].format(name=speaker, text=claim.text) if speaker else claim.text
    return Entry(one_line(text), cites(claim.evidence, base, language))


def _sentence(sentence: Sentence, base: str, language: Language) -> Entry:
    note = WORDS[language]["weak"] if sentence.verdict is Verdict.WEAK else ""
    return Entry(one_line(sentence.text), cites(sentence.evidence, base, language), note)


class _OfComparison:
    def __init__(self, found: Comparison, base: str) -> None:
        self._found, self._base = found, base
        self._language: Language = found.language
        self._words = WORDS[self._language]

    def paper(self) -> Paper:
        found, words = self._found, self._words
        entries: dict[str, list[Entry]] = {
            "summary": [self._told(sentence) for sentence in found.summary],
            **{name: [self._row(row) for row in getattr(found.deltas, name)] for name in SECTIONS},
            "conflicts": [self._conflict(*pair) for pair in found.conflicts],
            "metrics": [self._metric(row) for row in found.deltas.metrics],
        }
        entries["notes"] = [Entry(one_line(note)) for note in found.notes]
        project = one_line(found.project)
        return Paper(
            self._base,
            project,
            words["title"].format(project=project, earlier=found.earlier.days, later=found.later.days),
            self._language,
            tuple(Part(key, words[key], tuple(some), quoted=key != "summary") for key, some in entries.items() if some),
            words["nothing"],
            coverage_line(found.coverage, self._language),
            found.later.last,
            tuple(found.matter(row) for row in found.rows),
        )

    def _told(self, sentence: Sentence) -> Entry:
        told = _sentence(sentence, self._base, self._language)
        return replace(told, text=self._of_project(sentence.evidence[0].project, told.text))

    def _of_project(self, project: str, text: str) -> str:
        """The text after the project's name, where there are several."""
        words = self._words["project_first"]
        return words.format(project=one_line(project), text=text) if self._found.several else text

    def _kind(self, item: Item) -> str:
        kind = KINDS[item.kind][self._language]
        if not self._found.several:
            return kind
        return self._words["of_project"].format(kind=kind, project=one_line(self._found.of(item).ledger.project))

    def _row(self, row: Row) -> Entry:
        found, kind = self._found, self._kind(row.thread.steps[0].item)
        notes = one_line(standing(row.thread, found.matter(row).status, self._language))
        after, now = found.after(row), found.now(row)
        if row.before and after:
            sides = (self._side("before", row.before, [row.before]), self._side("after", after, now))
            return Entry(_capital(self._words["both"].format(kind=kind, standing=notes)), sides=sides)
        shown = row.before or row.thread.steps[0].item
        text = self._words["row"].format(kind=kind, text=one_line(worded(shown.said, self._language)), standing=notes)
        return Entry(_capital(text), self._cites([shown] if row.before else now or [shown]))

    def _conflict(self, before: Item, after: Item) -> Entry:
        sides = (self._side("before", before, [before]), self._side("after", after, [after]))
        return Entry(_capital(self._kind(before)), sides=sides)

    def _metric(self, row: Row) -> Entry:
        """A measure with both values; one that was not said in its period has none."""
        after = self._found.measured(row)
        said = [item for item in (row.before, after) if item and item.said.measure]
        named = next((item.said.measure.name for item in (row.after, row.before) if item and item.said.measure), "")
        text = self._words["metric"].format(
            name=one_line(named), before=self._value(row.before), after=self._value(after)
        )
        project = self._found.of(row.thread.steps[0].item).ledger.project
        return Entry(self._of_project(project, text), self._cites(said))

    def _value(self, item: Item | None) -> str:
        return one_line(valued(item.said, self._language)) if item and item.said.measure else self._words["unsaid"]

    def _side(self, name: str, item: Item, items: Sequence[Item]) -> Entry:
        return Entry(self._words[name].format(text=one_line(worded(item.said, self._language))), self._cites(items))

    def _cites(self, items: Iterable[Item]) -> tuple[Cite, ...]:
        return cites(evidence_of(items, self._found.said), self._base, self._language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
