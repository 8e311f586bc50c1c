"""What of a meeting deserves a listen, and what the glossary changes in stored lines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ingestion.review.suggestions import Suggestion
from server.correction_documents import CorrectionDocument, correction_document
from server.problems import responses
from server.review_documents import (
    FlagDocument,
    GlossaryApplied,
    GlossaryChangeDocument,
    GlossaryChangePage,
    LineReference,
    LinesFoundRight,
    OwnWords,
    SuggestionDocument,
)
from server.routes.deps import API, Opened, decoded_cursor, encoded_cursor

router = APIRouter(prefix=API)

_REVIEW, _GLOSSARY = "corrections", "glossary"


@router.get("/meetings/{meeting_id}/review", tags=[_REVIEW], summary="What deserves a listen", responses=responses(404))
def review(meeting_id: str, services: Opened) -> list[FlagDocument]:
    """Doubtful numbers, names and speakers of a meeting, by line. A line that was corrected, or found right, has none,
    but for its speaker."""
    return [FlagDocument.model_validate(flag) for flag in services.reviewer.flags(meeting_id)]


@router.post(
    "/meetings/{meeting_id}/review",
    status_code=201,
    tags=[_REVIEW],
    summary="Find lines right",
    responses=responses(404, 409, 422),
)
def find_right(meeting_id: str, body: LinesFoundRight, services: Opened) -> list[CorrectionDocument]:
    """Somebody has listened: text and speaker stay as they are, whatever a later run makes of the lines. Each line is a
    correction, which can be undone."""
    made = services.corrector.confirm(meeting_id, body.lines, made_by=body.made_by)
    return [correction_document(event) for event in made]


@router.get("/glossary/changes", tags=[_GLOSSARY], summary="What the glossary changes", responses=responses(404, 422))
def list_changes(
    services: Opened,
    project: str | None = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> GlossaryChangePage:
    """What it has changed in stored lines, and what it would change or take back now. Lines of which somebody has said
    what they say are left out. A page ends with the meeting that fills it, and may be empty before the last one."""
    page = services.reviewer.changes(project, decoded_cursor(cursor), limit)
    return GlossaryChangePage(
        changes=[GlossaryChangeDocument.model_validate(change) for change in page.changes],
        next=encoded_cursor(*page.next) if page.next else None,
    )


@router.post(
    "/glossary/changes", status_code=202, tags=[_GLOSSARY], summary="Apply the glossary", responses=responses(404)
)
def apply_glossary(services: Opened, project: str | None = None) -> GlossaryApplied:
    """Queues the stored meetings in which it would change or take back something; their jobs show when it is done."""
    return GlossaryApplied(meetings=services.apply_glossary(project))


@router.post(
    "/glossary/keep",
    status_code=201,
    tags=[_GLOSSARY],
    summary="Give a line its own words again",
    responses=responses(404, 409, 422, 503),
)
def keep_own_words(body: OwnWords, services: Opened) -> CorrectionDocument:
    """A correction like any other: the glossary changes nothing in the line any more, until it is undone."""
    return correction_document(services.reviewer.keep(body.meeting_id, body.line, made_by=body.made_by))


@router.get("/glossary/suggestions", tags=[_GLOSSARY], summary="Terms to add", responses=responses(404))
def list_suggestions(services: Opened, project: str | None = None) -> list[SuggestionDocument]:
    """What people wrote in corrections where something like it was heard, seen most often first; what the glossary
    does already is left out. Without a project, from the corrections of all."""
    return [_suggestion(one) for one in services.reviewer.suggestions(project)]


def _suggestion(one: Suggestion) -> SuggestionDocument:
    return SuggestionDocument(
        canonical=one.canonical,
        alias=one.alias,
        times=len(one.lines),
        lines=[LineReference(meeting_id=meeting_id, line=line) for meeting_id, line in one.lines],
        known_aliases=list(one.entry.aliases) if one.entry else [],
        kind=one.entry.kind if one.entry else None,
    )
