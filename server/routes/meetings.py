"""Meetings and their transcripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from server.documents import MeetingDocument, MeetingPage, meeting_document
from server.problems import responses
from server.routes.deps import API, Filters, Opened, attachment, decoded_cursor, encoded_cursor, tagged
from server.transcripts import TranscriptFormat, render

router = APIRouter(prefix=f"{API}/meetings", tags=["meetings"])

_TRANSCRIPT_EXAMPLE = {
    "id": "3f9c1a2b7d40",
    "project": "Atlas",
    "title": "Release weekly",
    "date": "2026-03-04",
    "language": "en",
    "duration": 1803.2,
    "utterances": [{"i": 0, "speaker": "Mina", "text": "We ship on April 17.", "start": 0.6, "end": 3.1}],
}


@router.get("", summary="List the meetings", responses=responses(404, 422))
def list_meetings(
    services: Opened,
    filters: Annotated[Filters, Depends()],
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> MeetingPage:
    """A page of meetings by date, oldest first."""
    with services.database.session() as session:
        for name in filters.where.projects:
            ProjectRepository(session).named(name)
        found = MeetingRepository(session).list(filters.where, after=decoded_cursor(cursor), limit=limit + 1)
        page = [meeting_document(meeting, project) for meeting, project in found[:limit]]
        return MeetingPage(
            meetings=page, next=encoded_cursor(page[-1].date, page[-1].id) if len(found) > limit else None
        )


@router.get(
    "/{meeting_id}", summary="One meeting", response_model=MeetingDocument, responses={304: {}, **responses(404)}
)
def show_meeting(meeting_id: str, services: Opened, request: Request) -> Response:
    """The meeting and where its ingest stands, with an ETag."""
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        document = meeting_document(meetings.get(meeting_id), meetings.project_name(meeting_id))
    return tagged(request, document.model_dump_json(), "application/json")


@router.delete("/{meeting_id}", status_code=204, summary="Delete a meeting", responses=responses(404, 409))
def delete_meeting(meeting_id: str, services: Opened) -> None:
    """Removes the meeting, its transcript, vectors and, when no other meeting stands on it, its recording."""
    services.delete_meeting(meeting_id)


@router.get(
    "/{meeting_id}/transcript",
    summary="The transcript",
    response_class=Response,
    responses={
        200: {
            "content": {
                "application/json": {"example": _TRANSCRIPT_EXAMPLE},
                **{f.media_type.split(";")[0]: {} for f in TranscriptFormat if f is not TranscriptFormat.JSON},
            }
        },
        304: {},
        **responses(404, 422),
    },
)
def transcript(
    meeting_id: str,
    services: Opened,
    request: Request,
    format: TranscriptFormat = TranscriptFormat.JSON,
    download: Annotated[bool, Query(description="Offer the file for saving.")] = False,
) -> Response:
    """JSON, Markdown, WebVTT, SubRip or plain text; each can be imported again. With an ETag."""
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        meeting, project = meetings.get(meeting_id), meetings.project_name(meeting_id)
        utterances = TranscriptRepository(session).utterances(meeting_id)
    response = tagged(request, render(meeting, project, utterances, format), format.media_type)
    if download:
        response.headers.update(attachment(f"{meeting.date} {meeting.title}.{format.value}"))
    return response
