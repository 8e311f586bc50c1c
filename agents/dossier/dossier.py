"""The dossier of a project: what its meetings hold, in sections of claims with their evidence, as of any day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.dossier import matters as told
from agents.dossier.claims import Claims, DossierClaim, Section, section
from agents.dossier.outline import glossary, purpose, timeline
from agents.dossier.people import people
from agents.ledger.domain import ItemKind
from agents.ledger.heard import Heard, Place
from agents.ledger.matters import Matter, Said, matters
from agents.ledger.service import Ledger, ProjectLedger
from agents.qa.language import Language, language_of

SECTIONS = (
    "purpose",
    "people",
    "decisions",
    "commitments",
    "questions",
    "risks",
    "metrics",
    "timeline",
    "glossary",
    "conflicts",
)
"""The keys of the sections, in order, as in the contract; what contradicts comes after."""

_VERSION_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of a project as of a day: in sections of claims, and as the matters that those tell of, `outline`
    what they tell of meetings and people."""

    ledger: ProjectLedger
    as_of: date | None
    language: Language
    sections: tuple[Section, ...]
    matters: tuple[Matter, ...]
    outline: tuple[Matter, ...]

    @property
    def version(self) -> str:
        """A digest of everything that it says and quotes: another exactly when anything of that is another."""
        said = [[section.key, [claim.to_json() for claim in section.claims]] for section in self.sections]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:_VERSION_LETTERS]

    @property
    def left_out(self) -> int:
        """How many claims are not told since their evidence does not say them."""
        return sum(section.left_out for section in self.sections)

    @property
    def claims(self) -> dict[str, DossierClaim]:
        """Every claim by its key, in order."""
        return {claim.key: claim for section in self.sections for claim in section.claims}

    def to_json(self) -> dict[str, Any]:
        """The dossier document of the contract."""
        return {
            "project": self.ledger.project,
            "version": self.version,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "language": self.language,
            "sections": [
                {"key": section.key, "claims": [claim.to_json() for claim in section.claims]}
                for section in self.sections
            ],
            "left_out": self.left_out,
            "coverage": self.ledger.coverage.to_json(),
        }


def dossier(ledger: Ledger, project: str, at: date | None = None, language: Language | None = None) -> Dossier:
    """The dossier of a project as of a day, or as it stands now; in the language in which most of it was said, unless
    one is given. Raises NotFoundError."""
    whole = ledger.project(project, until=at)
    said = ledger.evidence(step.item for thread in whole.all for step in thread.steps)
    found, outline = (matters(some, whole.held, said) for some in (whole.threads, whole.outline))
    heard = ledger.heard(project, [meeting.id for meeting in whole.meetings])
    spoken = language or _language(found, outline)
    quotes = ledger.quote(_places(heard))
    roles = [one for one in outline if one.thread.kind is ItemKind.ROLE]
    by_key: dict[str, Claims] = {
        "purpose": purpose(outline, spoken),
        "people": people(heard.presences, quotes, found, roles, spoken),
        **_of_matters(whole, found, said, spoken),
        "timeline": timeline(found, outline, spoken),
        "glossary": glossary(heard.mentions, quotes, spoken),
    }
    sections = tuple(section(key, by_key[key]) for key in SECTIONS)
    as_of = at or max(whole.held, default=None)
    return Dossier(whole, as_of, spoken, sections, tuple(found), tuple(outline))


def _of_matters(whole: ProjectLedger, found: Sequence[Matter], said: Said, language: Language) -> dict[str, Claims]:
    return {
        "decisions": told.decisions(found, language),
        "commitments": told.commitments(found, language),
        "questions": told.questions(found, language),
        "risks": told.risks(found, language),
        "metrics": told.metrics(found, language),
        "conflicts": told.conflicts(whole, said, language),
    }


def _language(found: Sequence[Matter], outline: Sequence[Matter]) -> Language:
    return language_of("\n".join(matter.shown.said.text for matter in (*found[:50], *outline[:50])))


def _places(heard: Heard) -> list[Place]:
    speaking = [place for one in heard.presences for place in one.ends]
    return [*speaking, *(place for one in heard.mentions for place in (one.first, one.last))]
