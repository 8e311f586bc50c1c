"""The JSON documents of review templates and of reviews. `agents` writes reviews itself (`to_json`)."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from agents.qa.language import Language
from agents.templates.catalogue import Listed
from agents.templates.template import Section, Title
from server.answer_documents import CoverageDocument
from server.documents import example
from server.language import Told
from server.ledger_documents import CLAIM, StandingClaim

TEMPLATE: dict[str, Any] = {
    "name": "weekly_sync",
    "own": False,
    "title": {"zh": "周会", "en": "Weekly sync"},
    "sections": [
        {
            "key": "decisions",
            "title": {"zh": "决定", "en": "Decisions"},
            "kinds": ["decision"],
            "about": [],
            "question": None,
            "limit": 30,
        }
    ],
    "error": None,
}
REVIEW: dict[str, Any] = {
    "meeting": {"id": "3f9c1a2b7d40", "title": "Release weekly", "date": "2026-03-04", "project": "Atlas"},
    "template": "weekly_sync",
    "language": "en",
    "focus": {"from": 750.0, "to": None},
    "sections": [{"key": "decisions", "title": "Decisions", "claims": [CLAIM], "left_out": 0}],
    "coverage": {"in_scope": 1, "searched": 1, "read": 1, "failed": []},
}


class TemplateDocument(BaseModel):
    """A review template. `own`: from the data home. `error` says why one cannot be used; it has no sections then."""

    model_config = example(TEMPLATE)

    name: str
    own: bool
    title: Title | None
    sections: list[Section]
    error: Told | None


class TemplateList(BaseModel):
    """The templates by name."""

    templates: list[TemplateDocument]


class FocusDocument(BaseModel):
    """A span in seconds, null at an open end."""

    model_config = ConfigDict(populate_by_name=True)

    start: float | None = Field(alias="from")
    end: float | None = Field(alias="to")


class ReviewedMeetingDocument(BaseModel):
    """The meeting of a review."""

    id: str
    title: str
    date: datetime.date
    project: str


class ReviewedSectionDocument(BaseModel):
    """A section of a review, without claims where nothing was found. `left_out` counts what its limit left out."""

    key: str
    title: str
    claims: list[StandingClaim]
    left_out: int


class ReviewReportDocument(BaseModel):
    """The review of a meeting by a template."""

    model_config = example(REVIEW)

    meeting: ReviewedMeetingDocument
    template: str
    language: Language
    focus: FocusDocument | None
    sections: list[ReviewedSectionDocument]
    coverage: CoverageDocument


def template_document(listed: Listed) -> TemplateDocument:
    """The template as a document."""
    template = listed.template
    return TemplateDocument(
        name=listed.name,
        own=listed.own,
        title=template.title if template else None,
        sections=list(template.sections) if template else [],
        error=listed.error,
    )
