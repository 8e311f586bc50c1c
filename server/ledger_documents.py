"""The JSON documents of the ledger: items, readings and dossiers.

`agents` writes most of these documents itself (`to_json`); the models describe them for OpenAPI.
"""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, Field, field_serializer

from agents.domain import Verdict
from agents.ledger.domain import Field as ItemField
from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.service import ReadState
from agents.ledger.threads import Status
from agents.qa.language import Language
from server.answer_documents import EVIDENCE, CoverageDocument, EvidenceDocument
from server.documents import example
from server.language import Told, told

COVERAGE: dict[str, Any] = {"in_scope": 12, "searched": 12, "read": 12, "failed": []}
LINK: dict[str, Any] = {
    "type": "re-dates",
    "item_id": "5eed00112233",
    "earlier_id": "7d40c0ffee12",
    "confidence": 0.81,
    "reason": "day",
    "values": ["2026-04-10", "2026-04-17"],
    "confirmed": None,
    "joins": True,
}
STEP: dict[str, Any] = {
    "item_id": "7d40c0ffee12",
    "type": None,
    "lines": [2],
    "text": "I'll have the release ready by April 17.",
    "owner": "Mina",
    "due": "2026-04-17",
    "value": None,
    "by_hand": {},
    "meeting_id": "3f9c1a2b7d40",
    "date": "2026-03-04",
    "evidence": [EVIDENCE],
}
ITEM: dict[str, Any] = {
    "id": "7d40c0ffee12",
    "kind": "commitment",
    "text": "I'll have the release ready by April 17.",
    "owner": "Mina",
    "due": "2026-04-17",
    "name": None,
    "value": None,
    "unit": None,
    "status": "promised",
    "confidence": 0.9,
    "meeting_id": "3f9c1a2b7d40",
    "date": "2026-03-04",
    "evidence": [EVIDENCE],
    "by_hand": {"due": "2026-03-05T09:30:00Z"},
    "links": [LINK],
    "history": [STEP],
}
READING: dict[str, Any] = {
    "id": "3f9c1a2b7d40",
    "title": "Release weekly",
    "date": "2026-03-04",
    "state": "read",
    "error": None,
    "hint": None,
    "spent": {"lines": 312, "seconds": 0.4},
    "lost": 0,
}
CLAIM: dict[str, Any] = {"text": "We ship on April 17. (in force)", "verdict": "supported", "evidence": [EVIDENCE]}
DOSSIER_CLAIM: dict[str, Any] = {"key": "decisions/7d40c0ffee12", **CLAIM, "counted": {}}
DOSSIER: dict[str, Any] = {
    "project": "Atlas",
    "version": "9f86d081884c",
    "as_of": "2026-03-04",
    "language": "en",
    "sections": [{"key": "decisions", "claims": [DOSSIER_CLAIM]}],
    "left_out": 0,
    "coverage": COVERAGE,
}


class LinkDocument(BaseModel):
    """What the item `item_id` does to the item `earlier_id`. `reason` is a key, `values` what it speaks of: what was
    and what is. `joins`: both are taken for one matter, which a rejected link and a conflict are not."""

    model_config = example(LINK)

    type: LinkType
    item_id: str
    earlier_id: str
    confidence: float
    reason: str
    values: list[str]
    confirmed: bool | None
    joins: bool


class StepDocument(BaseModel):
    """What one meeting said of a matter, or a person on a day. `type` is what that does to what was said before, null
    for the first; `lines` are those that state it; `by_hand` as of an item."""

    model_config = example(STEP)

    item_id: str
    type: LinkType | None
    lines: list[int]
    text: str
    owner: str | None
    due: datetime.date | None
    value: str | None
    by_hand: dict[ItemField, datetime.datetime]
    meeting_id: str
    date: datetime.date
    evidence: list[EvidenceDocument]


class ItemDocument(BaseModel):
    """A matter: what holds now, whose it is, how it stands, and what every meeting said of it. Its id is that of the
    first item. `by_hand` are the fields that a person has set, and when: no line is their evidence."""

    model_config = example(ITEM)

    id: str
    kind: ItemKind
    text: str
    owner: str | None
    due: datetime.date | None
    name: str | None
    value: str | None
    unit: str | None
    status: Status
    confidence: float
    meeting_id: str
    date: datetime.date
    evidence: list[EvidenceDocument]
    by_hand: dict[ItemField, datetime.datetime]
    links: list[LinkDocument]
    history: list[StepDocument]


class ItemPage(BaseModel):
    """A page of matters, oldest first. `next` is the cursor of the following page, null on the last."""

    items: list[ItemDocument]
    coverage: CoverageDocument
    next: str | None


class LinkJudgement(BaseModel):
    """What a person says of a link: that it holds, that it does not, or, with null, nothing any more."""

    model_config = example({"confirmed": False})

    confirmed: bool | None


class JudgedLink(BaseModel):
    """A link with what a person said of it."""

    model_config = example({"item_id": "5eed00112233", "earlier_id": "7d40c0ffee12", "confirmed": False})

    item_id: str
    earlier_id: str
    confirmed: bool | None


class NewReadings(BaseModel):
    """What is to be read again: every ready meeting of a project, or those of `meetings` that are ready."""

    model_config = example({"project": "Atlas"})

    project: str | None = None
    meetings: list[str] | None = Field(None, max_length=10_000)


class QueuedReadings(BaseModel):
    """The ids of the meetings that will be read."""

    model_config = example({"meetings": ["3f9c1a2b7d40"]})

    meetings: list[str]


class ReadingDocument(BaseModel):
    """How far a ready meeting was read. `error` and `hint` say why the newest reading failed; what was read before
    stays then. `spent` is what the last one took: lines, seconds, and `model`, `inquiries`, `prompt_tokens`,
    `completion_tokens`, `model_seconds` of a chat model's part; `model_error` and `model_hint` say why that has not
    read it to its end. `lost` counts the edits whose lines are gone."""

    model_config = example(READING)

    id: str
    title: str
    date: datetime.date
    state: ReadState
    error: Told | None
    hint: Told | None
    spent: dict[str, Any]
    lost: int

    @field_serializer("spent")
    def _told(self, spent: dict[str, Any]) -> dict[str, Any]:
        return {**spent, **{name: told(spent[name]) for name in ("model_error", "model_hint") if spent.get(name)}}


class ReadingPage(BaseModel):
    """The ready meetings of a project by date."""

    readings: list[ReadingDocument]


class StandingClaim(BaseModel):
    """A statement with the evidence it stands on."""

    model_config = example(CLAIM)

    text: str
    verdict: Verdict
    evidence: list[EvidenceDocument]


class DossierClaimDocument(StandingClaim):
    """A statement of a dossier. Its `key` stays as long as it tells of the same thing; `counted` was counted by code,
    and said by nobody."""

    model_config = example(DOSSIER_CLAIM)

    key: str
    counted: dict[str, int]


class SectionDocument(BaseModel):
    """A section of a dossier."""

    key: str
    claims: list[DossierClaimDocument]


class DossierDocument(BaseModel):
    """What is known of a project as of a day. `version` is another exactly when anything that it says or quotes is;
    `left_out` counts the claims that are not told since their evidence does not say them."""

    model_config = example(DOSSIER)

    project: str
    version: str
    as_of: datetime.date | None
    language: Language
    sections: list[SectionDocument]
    left_out: int
    coverage: CoverageDocument
