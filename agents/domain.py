"""The values of the agents: claims, citations and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agents.llm.domain import NOTHING, Money
from retrieval.domain import Coverage, Evidence


class Verdict(StrEnum):
    """What verification found: the evidence says it, says part of it, or does not say it."""

    SUPPORTED = "supported"
    WEAK = "weak"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer with the numbers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The claim document of the contract."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "verdict": self.verdict.value,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered piece of evidence."""

    n: int
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """The citation document of the contract."""
        return {"n": self.n, **self.evidence.to_json()}


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens spent and their price, null where no price is known."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: Money | None = NOTHING

    def plus(self, other: Usage) -> Usage:
        """The tokens of both; what they cost is counted where calls are."""
        return Usage(self.prompt_tokens + other.prompt_tokens, self.completion_tokens + other.completion_tokens)

    def to_json(self) -> dict[str, Any]:
        """The usage document of the contract; `cost_usd` is null for what is paid in another currency."""
        cost = self.cost
        in_dollars = cost is not None and (cost.currency == "USD" or not cost.amount)
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "cost_usd": float(cost.amount) if cost and in_dollars else None,
            "cost": cost.to_json() if cost else None,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: Markdown with [n] marks, its claims, and the evidence behind each mark.

    `abstained` is true when nothing supports an answer; `answer` then says what was searched. `model` is null when
    no chat model took part. `notes` say what the reader should know, such as how a time word was understood.
    """

    question: str
    answer: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    coverage: Coverage
    model: str | None
    tier: str
    tier_reason: str
    usage: Usage
    took_ms: float
    first_token_ms: float | None
    conversation_id: str
    message_id: str
    notes: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The answer document of the contract."""
        return {
            "question": self.question,
            "answer": self.answer,
            "claims": [claim.to_json() for claim in self.claims],
            "citations": [citation.to_json() for citation in self.citations],
            "abstained": self.abstained,
            "coverage": self.coverage.to_json(),
            "model": self.model,
            "tier": self.tier,
            "tier_reason": self.tier_reason,
            "usage": self.usage.to_json(),
            "took_ms": round(self.took_ms, 1),
            "first_token_ms": None if self.first_token_ms is None else round(self.first_token_ms, 1),
            "conversation_id": self.conversation_id,
            "message_id": self.message_id,
            "notes": list(self.notes),
        }
