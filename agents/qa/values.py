"""The values that travel between the nodes, and the collaborators they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from agents.domain import Citation, Claim, Usage, Verdict
from agents.llm.choice import Chooser
from agents.qa.answerable import Missing
from agents.qa.ledger import LedgerSource, Telling
from agents.qa.rank import RankedLine
from agents.qa.scope import MeetingFacts
from agents.qa.select import Pick
from agents.qa.verify import Numbered
from agents.settings import AgentsSettings
from ingestion.domain import SearchFilter
from retrieval.domain import Coverage, Evidence


class Gathered(Protocol):
    """Evidence that fits a budget, best first, and what was searched for it."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Runs of lines."""
        ...

    @property
    def coverage(self) -> Coverage:
        """Meetings in scope, searched and read."""
        ...

    @property
    def related(self) -> bool:
        """Whether some line is near enough in meaning to have to do with the question, as far as is known."""
        ...


class EvidenceSource(Protocol):
    """Finds evidence. Blocking: called in a worker thread."""

    def gather(self, query: str, where: SearchFilter, budget_words: int) -> Gathered:
        """The best evidence for a query within a number of words."""
        ...


class Directory(Protocol):
    """Knows the meetings. Blocking: called in a worker thread."""

    def facts(self, where: SearchFilter) -> MeetingFacts:
        """What is known of the meetings that match."""
        ...


class Background(Protocol):
    """Knows what the meetings of a project hold. Blocking: called in a worker thread."""

    def lines(self, where: SearchFilter, budget_words: int) -> list[str]:
        """What a model is told before it reads, a line a matter, within a number of words."""
        ...


@dataclass(frozen=True, slots=True)
class QaDeps:
    """The collaborators of the graph."""

    directory: Directory
    evidence: EvidenceSource
    background: Background
    settings: AgentsSettings
    ledger: LedgerSource | None = None


@dataclass(frozen=True, slots=True)
class QaContext:
    """What holds while one question is answered: its filters, today's date, who chooses the model, the tier that was
    asked for by name, who asks, and as whom they get their share of a model that others use too."""

    where: SearchFilter
    today: date
    chat: Chooser
    tier: str | None = None
    user: str = ""
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval brought: lines ranked, the picks, why they may not answer, and what the ledger says."""

    coverage: Coverage
    ranked: Sequence[RankedLine]
    picks: Sequence[Pick]
    missing: Missing | None
    telling: Telling | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims over numbered lines, by a model or, when `model` is null, by code alone. `repairable` says that the model
    may be asked once more for what fell."""

    claims: tuple[Claim, ...]
    sources: tuple[Numbered, ...]
    model: str | None
    usage: Usage = field(default_factory=Usage)
    note: str = ""
    repairable: bool = False

    @property
    def fallen(self) -> tuple[Claim, ...]:
        """The claims that verification removed."""
        return tuple(claim for claim in self.claims if claim.verdict is Verdict.REMOVED)


@dataclass(frozen=True, slots=True)
class Body:
    """The finished text with its verified claims and citations."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    coverage: Coverage
    model: str | None
    usage: Usage
    notes: tuple[str, ...]
