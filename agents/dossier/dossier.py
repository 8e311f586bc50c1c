"""The dossier of a project: what its meetings hold, in sections of claims with their evidence, as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.comparison.summary import Sentence, checked
from agents.dossier.wording import WORDS
from agents.ledger.domain import ItemKind
from agents.ledger.matters import Matter, matters
from agents.ledger.service import Ledger, ProjectLedger
from agents.ledger.threads import OVER
from agents.ledger.wording import on_day, standing
from agents.qa.language import Language, language_of
from retrieval.domain import Evidence

SECTIONS = ("purpose", "people", "decisions", "commitments", "questions", "risks", "metrics", "timeline", "glossary")
"""The keys of the sections, in order, as in the contract."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its key and its claims."""

    key: str
    claims: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of a project as of a day: in sections of claims, and as the matters that those tell of."""

    ledger: ProjectLedger
    as_of: date | None
    language: Language
    sections: tuple[Section, ...]
    matters: tuple[Matter, ...]

    @property
    def version(self) -> int:
        """How many meetings it stands on."""
        return len(self.ledger.meetings)

    def to_json(self) -> dict[str, Any]:
        """The dossier document of the contract."""
        return {
            "project": self.ledger.project,
            "version": self.version,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "sections": [
                {"key": section.key, "claims": [claim.to_json() for claim in section.claims]}
                for section in self.sections
            ],
            "coverage": self.ledger.coverage.to_json(),
        }


def dossier(ledger: Ledger, project: str, at: date | None = None) -> Dossier:
    """The dossier of a project as of a day, or as it stands now. Raises NotFoundError."""
    whole = ledger.project(project, until=at)
    said = ledger.evidence(step.item for thread in whole.threads for step in thread.steps)
    found = matters(whole.threads, whole.held, said)
    language = language_of("\n".join(matter.shown.said.text for matter in found[:50]))
    as_of = at or max(whole.held, default=None)
    by_key = {
        "people": _people(found, language),
        "decisions": _claims(_of(found, ItemKind.DECISION), language),
        "commitments": _claims(_by_person(_of(found, ItemKind.COMMITMENT)), language),
        "questions": _claims(_of(found, ItemKind.QUESTION), language),
        "risks": _claims(_of(found, ItemKind.RISK), language),
        "metrics": tuple(_series(matter) for matter in _of(found, ItemKind.METRIC)),
        "timeline": _timeline(found, language),
    }
    sections = tuple(Section(key, _kept(by_key.get(key, ()))) for key in SECTIONS)
    return Dossier(whole, as_of, language, sections, tuple(found))


def _of(found: Iterable[Matter], kind: ItemKind) -> list[Matter]:
    """The matters of a kind that still stand, the newest first; what is over comes last."""
    some = [matter for matter in found if matter.thread.kind is kind]
    return sorted(some, key=lambda m: (m.status in OVER, -m.thread.steps[-1].item.day.toordinal()))


def _by_person(found: Sequence[Matter]) -> list[Matter]:
    def whose(matter: Matter) -> tuple[bool, bool, str, date]:
        owner, due = matter.thread.owner, matter.thread.due
        return matter.status in OVER, owner is None, owner.name if owner else "", due.day if due else date.max

    return sorted(found, key=whose)


def _claims(found: Iterable[Matter], language: Language) -> tuple[Sentence | None, ...]:
    return tuple(_claim(matter, language) for matter in found)


def _claim(matter: Matter, language: Language) -> Sentence | None:
    """What holds, whose it is, by when, and how it stands; what held before, where it was changed."""
    people = [matter.thread.owner.name] if matter.thread.owner else []
    return checked(_noted(matter, language), matter.evidence, people)


def _noted(matter: Matter, language: Language, *, owned: bool = True) -> str:
    notes = standing(matter.thread, matter.status, language, owned=owned)
    return WORDS[language]["noted"].format(text=matter.shown.said.text.strip(), notes=notes)


def _series(matter: Matter) -> Sentence | None:
    """A measure with each of its values."""
    steps = [step.item for step in matter.thread.steps if step.item.said.measure]
    values = " → ".join(f"{item.said.measure.said}" for item in steps if item.said.measure)
    name = matter.measure.name if matter.measure else ""
    evidence = [one for item in steps for one in matter.said.get(item.id, ())]
    return checked(f"{name}: {values}", evidence)


def _people(found: Iterable[Matter], language: Language) -> tuple[Sentence | None, ...]:
    """Everybody to whom something is open, with what that is."""
    open_: dict[str, list[Matter]] = {}
    for matter in found:
        if matter.thread.owner and matter.status not in OVER:
            open_.setdefault(matter.thread.owner.name, []).append(matter)
    return tuple(
        checked(
            WORDS[language]["open_for"].format(
                name=name, open=" · ".join(_noted(one, language, owned=False) for one in some)
            ),
            _evidence(some),
            [name],
        )
        for name, some in sorted(open_.items())
    )


def _timeline(found: Iterable[Matter], language: Language) -> tuple[Sentence | None, ...]:
    """What was decided and changed on each day, the newest first."""
    steps = [
        (step.item, matter)
        for matter in found
        if matter.thread.kind is ItemKind.DECISION
        for step in matter.thread.steps
    ]
    newest_first = sorted(steps, key=lambda pair: (-pair[0].day.toordinal(), pair[0].said.lines))
    return tuple(
        checked(f"{on_day(item.day, language)}: {item.said.text.strip()}", matter.said.get(item.id, ()))
        for item, matter in newest_first
    )


def _evidence(found: Iterable[Matter]) -> tuple[Evidence, ...]:
    return tuple({(e.meeting_id, e.first, e.last): e for matter in found for e in matter.evidence}.values())


def _kept(claims: Iterable[Sentence | None]) -> tuple[Sentence, ...]:
    return tuple(claim for claim in claims if claim)
