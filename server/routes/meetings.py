"""Meetings and their transcripts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from server.documents import MeetingDocument, MeetingPage, meeting_document
from server.problems import responses
from server.routes.deps import API, Filters, Opened, attachment, decoded_cursor, encoded_cursor, tagged
from server.transcript_documents import TranscriptDocument
from server.transcripts import TranscriptFormat, render, render_compact

router = APIRouter(prefix=f"{API}/meetings", tags=["meetings"])


@router.get("", summary="List the meetings", responses=responses(404, 422))
def list_meetings(
    services: Opened,
    filters: Annotated[Filters, Depends()],
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    q: Annotated[
        str, Query(max_length=200, description="Words that all stand in the title, the date or the project.")
    ] = "",
    order: Annotated[Literal["oldest", "newest"], Query(description="Which come first; the same on every page.")] = (
        "oldest"
    ),
) -> MeetingPage:
    """A page of meetings by date. With how many there are on all pages."""
    with services.database.session() as session:
        for name in filters.where.projects:
            ProjectRepository(session).named(name)
        meetings = MeetingRepository(session)
        found = meetings.list(
            filters.where, called=q, after=decoded_cursor(cursor), limit=limit + 1, newest_first=order == "newest"
        )
        page = [meeting_document(meeting, project) for meeting, project in found[:limit]]
        return MeetingPage(
            meetings=page,
            next=encoded_cursor(page[-1].date, page[-1].id) if len(found) > limit else None,
            total=meetings.count(filters.where, called=q),
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
    response_model=TranscriptDocument,
    responses={
        200: {"content": {f.media_type.split(";")[0]: {} for f in TranscriptFormat if f is not TranscriptFormat.JSON}},
        304: {},
        **responses(404, 422),
    },
)
def transcript(
    meeting_id: str,
    services: Opened,
    request: Request,
    format: TranscriptFormat = TranscriptFormat.JSON,
    words: Annotated[bool, Query(description="Also the words of each line; JSON alone has them.")] = False,
    first: Annotated[int, Query(ge=0, description="First line that is wanted.")] = 0,
    last: Annotated[int | None, Query(ge=0, description="Last line that is wanted; the last if left out.")] = None,
    download: Annotated[bool, Query(description="Offer the file for saving.")] = False,
) -> Response:
    """JSON, Markdown, WebVTT, SubRip or plain text; each can be imported again. With an ETag."""
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        meeting, project = meetings.get(meeting_id), meetings.project_name(meeting_id)
        words = words and format is TranscriptFormat.JSON
        utterances = TranscriptRepository(session).lines(meeting_id, first, last, words=words)
    if format is TranscriptFormat.JSON and (words or not download):
        body = render_compact(meeting, project, utterances, words=words)
    else:
        body = render(meeting, project, utterances, format)
    response = tagged(request, body, format.media_type)
    if download:
        response.headers.update(attachment(f"{meeting.date} {meeting.title}.{format.value}"))
    return response
