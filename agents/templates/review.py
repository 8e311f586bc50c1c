"""The review of one meeting by a template: sections of claims in the words that were said. No model takes part.

A section whose lines and items say nothing has no claims; nothing is put in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.comparison.summary import Sentence, checked
from agents.domain import Verdict
from agents.dossier.wording import WORDS as DOSSIER_WORDS
from agents.ledger.domain import OUTLINE, Item, ItemKind
from agents.ledger.matters import Matter, evidence_of, matters
from agents.ledger.service import Ledger, Quotes
from agents.ledger.wording import standing
from agents.qa.language import Language, language_of
from agents.templates.lines import speaking_of
from agents.templates.template import Section, Template
from ingestion.database import Database
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository, require_ready
from retrieval.domain import Coverage, Evidence, Line

_LAST_LINE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Focus:
    """A span of a meeting in seconds, an open end where there is none."""

    start: float | None
    end: float | None

    def holds(self, line: Line) -> bool:
        """Whether any of a line is said in the span; not known of one without a time."""
        if line.start is None:
            return False
        begins_before = self.end is None or line.start < self.end
        ends_after = self.start is None or line.start >= self.start or (line.end or line.start) > self.start
        return begins_before and ends_after

    def to_json(self) -> dict[str, float | None]:
        """The span as a document."""
        return {"from": self.start, "to": self.end}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review reads: a meeting with its lines, and the matters of its project of which it speaks, as they stand
    now."""

    id: str
    title: str
    day: date
    project: str
    lines: tuple[Line, ...]
    matters: tuple[Matter, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ReviewedSection:
    """A section of a review: its claims in the order of the meeting, the matters first, and how many more there were
    than its limit."""

    key: str
    title: str
    claims: tuple[Sentence, ...]
    left_out: int

    def to_json(self) -> dict[str, Any]:
        """The section as a document."""
        return {
            "key": self.key,
            "title": self.title,
            "claims": [claim.to_json() for claim in self.claims],
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a meeting, in the language that most of it was said in."""

    meeting: Reviewed
    template: str
    title: str
    language: Language
    focus: Focus | None
    sections: tuple[ReviewedSection, ...]

    def to_json(self) -> dict[str, Any]:
        """The review as a document."""
        meeting = self.meeting
        return {
            "meeting": {
                "id": meeting.id,
                "title": meeting.title,
                "date": meeting.day.isoformat(),
                "project": meeting.project,
            },
            "template": self.template,
            "language": self.language,
            "focus": self.focus.to_json() if self.focus else None,
            "sections": [section.to_json() for section in self.sections],
            "coverage": meeting.coverage.to_json(),
        }


def is_verbatim(claim: Sentence) -> bool:
    """Whether a claim is what was said in one place, and nothing else."""
    return [claim.text] == [one.quote for one in claim.evidence]


def reviewed(database: Database, ledger: Ledger, quotes: Quotes, meeting_id: str) -> Reviewed:
    """What a review of the meeting reads. Raises NotFoundError, and ConflictError while it is not ready."""
    with database.session() as session:
        meetings = MeetingRepository(session)
        meeting = require_ready(meetings.get(meeting_id))
        project = meetings.project_name(meeting_id)
    place = (meeting_id, 0, _LAST_LINE)
    said = quotes.quote([place])
    whole = ledger.project(project)
    spoken_of = [one for one in whole.all if any(step.item.meeting_id == meeting_id for step in one.steps)]
    evidence = ledger.evidence(step.item for thread in spoken_of for step in thread.steps)
    read = any(one.id == meeting_id for one in whole.meetings)
    return Reviewed(
        meeting_id,
        meeting.title,
        meeting.date,
        project,
        said[place].lines if place in said else (),
        tuple(matters(spoken_of, whole.held, evidence)),
        Coverage(in_scope=1, searched=1, read=int(read)),
    )


def review(meeting: Reviewed, name: str, template: Template, focus: Focus | None = None) -> Review:
    """The review of a meeting by the template of that name; with a focus, of that span alone. Raises BadInputError when
    the span has no length, or the meeting no times."""
    if focus:
        _require_span(meeting, focus)
    lines = [line for line in meeting.lines if focus is None or focus.holds(line)]
    language = language_of("\n".join(line.text for line in lines))
    reviewer = _Reviewer(meeting, lines, language, focused=focus is not None)
    sections = tuple(reviewer.section(section) for section in template.sections)
    return Review(meeting, name, template.title.told(language), language, focus, sections)


def _require_span(meeting: Reviewed, focus: Focus) -> None:
    if focus.start is not None and focus.end is not None and focus.start >= focus.end:
        raise BadInputError(
            f"no span begins at {focus.start:g} s and ends at {focus.end:g} s", "name the earlier first"
        )
    if all(line.start is None for line in meeting.lines):
        raise BadInputError(f"the meeting '{meeting.id}' has no times to choose a span by", "ask for all of it")


class _Reviewer:
    """Fills the sections from the lines in the focus."""

    def __init__(self, meeting: Reviewed, lines: Sequence[Line], language: Language, *, focused: bool) -> None:
        self._meeting, self._lines, self._focused = meeting, lines, focused
        self._language: Language = language
        self._inside = {line.index: line for line in lines}

    def section(self, section: Section) -> ReviewedSection:
        """A section with the best of what it asks for."""
        stated = [(item, claim) for item, matter in self._of(section.kinds) if (claim := self._stated(item, matter))]
        surest = sorted(stated, key=lambda pair: -pair[0].said.confidence)[: section.limit]
        shown = sorted(surest, key=lambda pair: pair[0].said.lines)
        told = {index for item, _ in stated for index in item.said.lines}
        found = speaking_of(section, [line for line in self._lines if line.index not in told])
        best = sorted(found[: section.limit - len(shown)], key=lambda line: line.index)
        claims = [*(claim for _, claim in shown), *(self._verbatim(line) for line in best)]
        title = section.title.told(self._language)
        return ReviewedSection(section.key, title, tuple(claims), len(stated) + len(found) - len(claims))

    def _of(self, kinds: Sequence[ItemKind]) -> Iterable[tuple[Item, Matter]]:
        """The matters of these kinds, each with the first item by which the focus speaks of it."""
        for matter in self._meeting.matters:
            items = [step.item for step in matter.thread.steps if self._holds(step.item)]
            if matter.thread.kind in kinds and items:
                yield items[0], matter

    def _holds(self, item: Item) -> bool:
        return item.meeting_id == self._meeting.id and self._inside.keys() >= set(_lines(item))

    def _stated(self, item: Item, matter: Matter) -> Sentence | None:
        """A matter in the meeting's words and how it stands now; with a focus only what is said there. Null when its
        evidence does not say it."""
        if self._focused:
            return checked(_text(item), [self._evidence(self._inside[index]) for index in _lines(item)])
        if item.said.measure or item.kind in OUTLINE:
            return checked(_text(item), evidence_of([item], matter.said))
        # what only tells how something stands does not say of what
        text = _text(matter.shown if item.kind is ItemKind.UPDATE else item)
        notes = standing(matter.thread, matter.status, self._language)
        owner = matter.thread.owner
        evidence = {(e.meeting_id, e.first, e.last): e for e in (*evidence_of([item], matter.said), *matter.evidence)}
        noted = DOSSIER_WORDS[self._language]["noted"].format(text=text, notes=notes)
        return checked(noted, list(evidence.values()), [owner.name] if owner else [])

    def _verbatim(self, line: Line) -> Sentence:
        return Sentence(line.text, Verdict.SUPPORTED, (self._evidence(line),))

    def _evidence(self, line: Line) -> Evidence:
        meeting = self._meeting
        return Evidence(meeting.id, meeting.title, meeting.project, meeting.day, (line,), 0.0)


def _lines(item: Item) -> list[int]:
    """The lines that say what an item is."""
    measure = item.said.measure
    return sorted({*item.said.lines, *([measure.line] if measure else [])})


def _text(item: Item) -> str:
    """An item in its words; a measure with its number alone, since one line often tells several."""
    measure = item.said.measure
    return f"{measure.name}: {measure.said}" if measure else item.said.text.strip()
