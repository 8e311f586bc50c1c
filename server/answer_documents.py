"""The JSON documents of searches and questions.

`retrieval` and `agents` write these documents themselves (`to_json`); the models describe them for OpenAPI.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from agents.domain import Answer, Verdict
from server.documents import MoneyDocument, example
from server.language import Told

EVIDENCE = {
    "meeting_id": "3f9c1a2b7d40",
    "meeting_title": "Release weekly",
    "project": "Atlas",
    "date": "2026-03-04",
    "utterances": [41, 43],
    "start": 312.4,
    "end": 327.9,
    "speaker": "Mina",
    "speakers": ["Mina"],
    "quote": "We ship on April 17.",
    "score": 0.0328,
}
ANSWER: dict[str, Any] = {
    "question": "When do we ship?",
    "answer": "The release ships on April 17 [1].",
    "claims": [{"text": "The release ships on April 17.", "citations": [1], "verdict": "supported", "reason": ""}],
    "citations": [{"n": 1, **EVIDENCE}],
    "abstained": False,
    "coverage": {"in_scope": 12, "searched": 12, "read": 3, "failed": []},
    "model": "qwen2.5-1.5b",
    "tier": "local",
    "tier_reason": "local: about 900 tokens to read",
    "usage": {
        "prompt_tokens": 812,
        "completion_tokens": 40,
        "cost_usd": 0.0,
        "cost": {"amount": 0.0, "currency": "USD"},
    },
    "took_ms": 5210.0,
    "first_token_ms": 3100.0,
    "conversation_id": "c0ffee123456",
    "message_id": "5eed00112233",
    "notes": [],
}
CONVERSATION = {
    "id": "c0ffee123456",
    "title": "When do we ship?",
    "scope": {"projects": ["Atlas"]},
    "created_at": "2026-03-05T08:00:00Z",
    "updated_at": "2026-03-05T08:00:05Z",
}


class EvidenceDocument(BaseModel):
    """A run of consecutive utterances, copied from the transcript. `utterances` is [first, last].

    `speaker` is null where several speak in it, or nobody whose name is known; `speakers` are those whose names are
    known, in the order in which they first speak; null in what was kept before evidence told of them.
    """

    model_config = example(EVIDENCE)

    meeting_id: str
    meeting_title: str
    project: str
    date: date
    utterances: tuple[int, int]
    start: float | None
    end: float | None
    speaker: str | None
    speakers: list[str] | None = None
    quote: str
    score: float


class FoundDocument(EvidenceDocument):
    """A search result: evidence, and its text with a speaker before each line."""

    model_config = example({**EVIDENCE, "text": "Mina: We ship on April 17.", "best": [42, 43]})

    text: str
    best: tuple[int, int]


class SearchDocument(BaseModel):
    """Ranked evidence, best first."""

    query: str
    results: list[FoundDocument]
    took_ms: float
    recipe: str


class SearchBody(BaseModel):
    """A search. Filters hold together; dates are both included."""

    model_config = example({"query": "release date", "project": "Atlas", "since": "2026-03-01", "limit": 10})

    query: str = Field(min_length=1, max_length=2000)
    project: str | None = None
    meetings: list[str] = []
    speaker: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = Field(10, ge=1, le=100)
    recipe: str | None = None


class AskBody(BaseModel):
    """A question. Filters hold together; `conversation_id` continues a conversation."""

    model_config = example({"question": "When do we ship?", "project": "Atlas"})

    question: str = Field(min_length=1, max_length=4000)
    project: str | None = None
    meetings: list[str] = []
    speaker: str | None = None
    since: date | None = None
    until: date | None = None
    conversation_id: str | None = Field(None, max_length=100)
    tier: str | None = None


class ClaimDocument(BaseModel):
    """A statement of an answer, the numbers of its citations and what verification found."""

    text: str
    citations: list[int]
    verdict: Verdict
    reason: Told = ""


class CitationDocument(EvidenceDocument):
    """Evidence with the number that the answer's [n] marks name."""

    model_config = example({"n": 1, **EVIDENCE})

    n: int


class CoverageDocument(BaseModel):
    """What an answer stands on: numbers of meetings, and the ids of those whose ingest failed."""

    in_scope: int
    searched: int
    read: int
    failed: list[str]


class UsageDocument(BaseModel):
    """Tokens spent and their price; null where no price is known. `cost_usd` is null for another currency too."""

    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    cost: MoneyDocument | None


class AnswerDocument(BaseModel):
    """An answer: Markdown with [n] marks, its claims and the evidence of each."""

    model_config = example(ANSWER)

    question: str
    answer: str
    claims: list[ClaimDocument]
    citations: list[CitationDocument]
    abstained: bool
    coverage: CoverageDocument
    model: str | None
    tier: str
    tier_reason: str
    usage: UsageDocument
    took_ms: float
    first_token_ms: float | None
    conversation_id: str
    message_id: str
    notes: list[Told] = []


def answer_document(answer: Answer) -> dict[str, Any]:
    """The document of an answer, as JSON."""
    return AnswerDocument.model_validate(answer.to_json()).model_dump(mode="json")


class ConversationSummary(BaseModel):
    """A conversation: its first question, and the filters that it was asked with."""

    model_config = example(CONVERSATION, from_attributes=True)

    id: str
    title: str
    scope: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class ConversationPage(BaseModel):
    """A page of conversations. `next` is the cursor of the following page, null on the last."""

    conversations: list[ConversationSummary]
    next: str | None


class ConversationDocument(ConversationSummary):
    """A conversation with its answers, oldest first."""

    model_config = example({**CONVERSATION, "messages": [ANSWER]})

    messages: list[AnswerDocument]
