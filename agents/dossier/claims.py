"""Claims of a dossier: what is told, by which key it is known again, and the matters that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agents.comparison.summary import Sentence, checked
from retrieval.domain import Evidence


@dataclass(frozen=True, slots=True)
class DossierClaim(Sentence):
    """A statement that was checked against its evidence.

    `key` is the same as long as it tells of the same thing, whatever it says of it. `about` are the ids of the matters
    that it tells of. `counted` are numbers that code counted in the ledger, and nobody said.
    """

    key: str = ""
    about: tuple[str, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict[str, int])

    def to_json(self) -> dict[str, Any]:
        """The claim document of the contract, with its key."""
        return {
            "key": self.key,
            "text": self.text,
            "verdict": self.verdict.value,
            "counted": dict(self.counted),
            "evidence": [evidence.to_json() for evidence in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its key, its claims, and how many were left out since their evidence does not say what they say."""

    key: str
    claims: tuple[DossierClaim, ...]
    left_out: int = 0


Claims = Iterable[DossierClaim | None]
"""Claims in order; null for one whose evidence does not say it."""


def claim(
    key: str,
    text: str,
    evidence: Iterable[Evidence],
    *,
    people: Iterable[str] = (),
    about: Sequence[str] = (),
    counted: Mapping[str, int] | None = None,
    by_hand: Iterable[str] = (),
) -> DossierClaim | None:
    """The statement as a claim, each piece of its evidence once; null when something in it stands nowhere there.
    What is marked as set `by_hand` stands on what a person said."""
    pieces = list({(one.meeting_id, one.first, one.last): one for one in evidence}.values())
    sentence = checked(text, pieces, people, by_hand)
    if sentence is None:
        return None
    return DossierClaim(sentence.text, sentence.verdict, sentence.evidence, key, tuple(about), counted or {})


def section(key: str, claims: Claims) -> Section:
    """The section of these claims; each key begins with that of the section, and stands there once."""
    found = list(claims)
    kept = [replace(one, key=f"{key}/{one.key}") for one in found if one]
    return Section(key, tuple(_keyed_apart(kept)), len(found) - len(kept))


def _keyed_apart(claims: Iterable[DossierClaim]) -> Iterator[DossierClaim]:
    seen: dict[str, int] = {}
    for one in claims:
        seen[one.key] = seen.get(one.key, 0) + 1
        yield one if seen[one.key] == 1 else replace(one, key=f"{one.key}/{seen[one.key]}")
