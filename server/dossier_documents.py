"""The JSON documents of what changed in a dossier, and of why it says a thing."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, Field

from server.answer_documents import CoverageDocument
from server.documents import example
from server.ledger_documents import DOSSIER, DOSSIER_CLAIM, ITEM, DossierClaimDocument, ItemDocument

_CHANGES: dict[str, Any] = {
    "project": "Atlas",
    "from": {"as_of": "2026-02-25", "version": "60303ae22b99"},
    "to": {"as_of": "2026-03-04", "version": "9f86d081884c"},
    "new": [DOSSIER_CLAIM],
    "gone": [],
    "changed": [],
    "left_out": 0,
    "coverage": DOSSIER["coverage"],
}
_TRAIL: dict[str, Any] = {"project": "Atlas", "version": "9f86d081884c", "claim": DOSSIER_CLAIM, "items": [ITEM]}


class DossierSide(BaseModel):
    """A dossier by the day as of which it is, null where no meeting was read, and its version."""

    as_of: datetime.date | None
    version: str


class ChangedClaim(BaseModel):
    """Two statements of the same thing."""

    before: DossierClaimDocument
    after: DossierClaimDocument


class DossierChanges(BaseModel):
    """What a dossier says otherwise than it did: claims that only one of both has, and those that say another thing."""

    model_config = example(_CHANGES)

    project: str
    from_: DossierSide = Field(alias="from")
    to: DossierSide
    new: list[DossierClaimDocument]
    gone: list[DossierClaimDocument]
    changed: list[ChangedClaim]
    left_out: int
    coverage: CoverageDocument


class ClaimTrail(BaseModel):
    """A claim, and the matters that it tells of with every step and link that led to them."""

    model_config = example(_TRAIL)

    project: str
    version: str
    claim: DossierClaimDocument
    items: list[ItemDocument]
