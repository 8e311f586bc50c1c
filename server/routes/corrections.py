"""Corrections: what a line says, who says it, what a meeting is called; made, listed and undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from ingestion.corrections.domain import MeetingFacts
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository
from server.correction_documents import CorrectionDocument, MeetingChange, NewCorrection, correction_document
from server.documents import MeetingDocument, meeting_document
from server.problems import ChangedMeanwhileError, responses
from server.routes.deps import API, Opened, clean_name, etag_matches, etag_of, tagged
from server.services import Services

router = APIRouter(prefix=API, tags=["corrections"])


@router.post(
    "/meetings/{meeting_id}/corrections",
    status_code=201,
    summary="Correct a line or its speaker",
    responses=responses(404, 409, 422, 503),
)
def correct(meeting_id: str, body: NewCorrection, services: Opened) -> list[CorrectionDocument]:
    """Transcript and search have followed when it answers; search in other meetings that it reaches follows soon.
    Returns what was changed, meeting by meeting."""
    corrector, given = services.corrector, body.model_fields_set
    if ("speaker" in given) == (body.text is not None):
        raise BadInputError("a correction changes either a text or a speaker", "give `text` or `speaker`, not both")
    if body.text is not None:
        if "reach" in given:
            raise BadInputError("only a speaker is corrected beyond its line", "leave `reach` out")
        made = [corrector.correct_text(meeting_id, body.line, body.text, expected=body.expected, made_by=body.made_by)]
    else:
        made = corrector.give_speaker(
            meeting_id, body.line, body.speaker, body.reach, expected=body.expected, made_by=body.made_by
        )
    services.follow_corrections([event.meeting_id for event in made])
    return [correction_document(event) for event in made]


@router.get("/meetings/{meeting_id}/corrections", summary="List the corrections", responses=responses(404))
def list_corrections(meeting_id: str, services: Opened) -> list[CorrectionDocument]:
    """Every correction of a meeting, newest first; those that were undone say when."""
    return [correction_document(event) for event in services.corrector.list(meeting_id)]


@router.delete("/corrections/{correction_id}", summary="Undo a correction", responses=responses(404, 409, 503))
def undo(correction_id: str, services: Opened) -> list[CorrectionDocument]:
    """In every meeting that it changed. Corrections made since stay; the record of this one stays too."""
    undone = services.corrector.undo(correction_id)
    services.follow_corrections([event.meeting_id for event in undone])
    return [correction_document(event) for event in undone]


@router.patch(
    "/meetings/{meeting_id}",
    summary="Correct title, date or project",
    response_model=MeetingDocument,
    responses=responses(404, 409, 412, 422),
)
def change_meeting(
    meeting_id: str,
    body: MeetingChange,
    services: Opened,
    request: Request,
    if_match: Annotated[str | None, Header(description="ETag of the meeting that was seen.")] = None,
) -> Response:
    """Search follows, and the voices are recognised as those of its project. With If-Match, nothing is changed when
    the meeting is not as it was seen any more."""
    wanted = MeetingFacts(
        title=None if body.title is None else clean_name(body.title, "the title"),
        date=body.date,
        project=None if body.project is None else clean_name(body.project, "the project name"),
    )
    if wanted == MeetingFacts():
        raise BadInputError("nothing is to be corrected", "give `title`, `date` or `project`")
    expected = None
    if if_match is not None:
        seen = _meeting(services, meeting_id)
        if not etag_matches(if_match, etag_of(seen.model_dump_json())):
            raise ChangedMeanwhileError("the meeting was changed meanwhile", "look at it again, then correct it")
        expected = MeetingFacts(seen.title, seen.date, seen.project)
    services.corrector.change_meeting(meeting_id, wanted, expected=expected, made_by=body.made_by)
    services.follow_corrections([meeting_id])
    return tagged(request, _meeting(services, meeting_id).model_dump_json(), "application/json")


def _meeting(services: Services, meeting_id: str) -> MeetingDocument:
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        return meeting_document(meetings.get(meeting_id), meetings.project_name(meeting_id))
