"""Doubles of what the qa graph stands on: meetings in memory, found by shared characters and words."""

from dataclasses import dataclass, field, replace
from datetime import date

from agents.llm.choice import ChatChoice
from agents.llm.domain import Work
from agents.qa.scope import MeetingFacts
from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError
from ingestion.outbound import Outbound
from retrieval.domain import Coverage, Evidence, Line
from retrieval.service import Gathered


def meeting(id, day, *lines, project="p"):
    """A meeting whose lines are (speaker, text), ten seconds each."""
    said = tuple(Line(i, who, i * 10.0, i * 10.0 + 9, text) for i, (who, text) in enumerate(lines))
    return Evidence(id, f"meeting {id}", project, date.fromisoformat(day), said, 1.0)


class MeetingsInMemory:
    """Gives back every meeting that matches the dates of a filter; keeps the calls. With an `embedder` lines are
    compared with the question."""

    def __init__(self, *meetings, embedder=None):
        self.meetings = meetings
        self.embedder = embedder
        self.calls = []
        self.private = False
        self.known: list[str] = []

    def lines(self, where: SearchFilter, budget_words: int) -> list[str]:
        return self.known

    def gather(self, query: str, where: SearchFilter, budget_words: int) -> Gathered:
        self.calls.append((query, where, budget_words))
        kept = tuple(self._compared(m, query) for m in self.meetings if self._matches(m, where))
        return Gathered(kept, Coverage(len(self.meetings), len(self.meetings), len(kept)))

    def _compared(self, found, query):
        if self.embedder is None:
            return found
        cosines = self.embedder.embed_passages([line.text for line in found.lines]) @ self.embedder.embed_query(query)
        lines = (replace(line, cosine=float(cosine)) for line, cosine in zip(found.lines, cosines, strict=True))
        return replace(found, lines=tuple(lines))

    def facts(self, where: SearchFilter) -> MeetingFacts:
        people = sorted({line.speaker for m in self.meetings for line in m.lines if line.speaker})
        return MeetingFacts(tuple(m.date for m in self.meetings), tuple(people), (), self.private)

    def _matches(self, found, where):
        return (where.since is None or found.date >= where.since) and (where.until is None or found.date <= where.until)


@dataclass
class Chooses:
    """A chat chooser with one model, or none; keeps what it is asked for."""

    model: object = None
    works: list[Work] = field(default_factory=list)

    def require(self, tier: str) -> None:
        known = ["none", *([self.model.card.tier] if self.model else [])]
        if tier not in known:
            raise BadInputError(f"there is no tier '{tier}' here", f"tiers: {', '.join(known)}")

    async def choose(self, work: Work, language: str = "en") -> ChatChoice:
        self.works.append(work)
        if self.model is None or work.tier == "none":
            return ChatChoice(None, "none", "a test without a model")
        if not Outbound().may_reach(remote=self.model.card.remote, private=work.private):
            return ChatChoice(None, "none", "private", withheld=True)
        return ChatChoice(self.model, self.model.card.tier, "a test")


def strong(card):
    """A card whose window takes all the evidence."""
    return replace(card, context_tokens=128_000)
