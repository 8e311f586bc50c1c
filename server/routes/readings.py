"""The readings: how far meetings were read into the ledger."""

from __future__ import annotations

from typing import Annotated, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request, Response

from agents.ledger.service import Ledger, MeetingReading, ReadState
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository
from server.events import EVENT_STREAM, Tell, event_stream
from server.ledger_documents import NewReadings, QueuedReadings, ReadingDocument, ReadingPage
from server.problems import responses
from server.routes.deps import API, Opened
from server.routes.written import tagged_json
from server.services import Services

router = APIRouter(prefix=f"{API}/readings", tags=["items"])

_POLL_SECONDS = 0.3
_STREAM_EXAMPLE = (
    'event: reading\ndata: {"id":"3f9c1a2b7d40","state":"read",...}\n\nevent: done\ndata: {"readings":[...]}\n\n'
)


@router.post("", status_code=202, summary="Read meetings again", responses=responses(404, 422))
def read_again(body: NewReadings, services: Opened) -> QueuedReadings:
    """Queues the readings; `GET /readings` shows how they stand. What people said of links stays."""
    if (body.project is None) == (body.meetings is None):
        raise BadInputError("it is not said what to read", "give `project` or `meetings`, not both")
    if body.project is not None:
        ids = [reading.meeting.id for reading in services.ledger.readings(body.project)]
    else:
        ids = _known(services, body.meetings or [])
    return QueuedReadings(meetings=services.readings.want(ids))


@router.get(
    "",
    summary="How far meetings were read",
    response_model=ReadingPage,
    responses={
        200: {"content": {EVENT_STREAM: {"example": _STREAM_EXAMPLE}}},
        304: {},
        **responses(404, 422),
    },
)
async def list_readings(
    services: Opened,
    request: Request,
    project: Annotated[str, Query(description="Name of a project.")],
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """The ready meetings of a project by date. A meeting is read in the background as soon as it is ready.

    With `Accept: text/event-stream` an event `reading` for each meeting and again whenever its reading changes, then
    `done` with them all once none is under way. Without, with an ETag.
    """
    found = await _readings(services.ledger, project)
    if EVENT_STREAM not in accept:
        return tagged_json(request, _page(found))
    return event_stream(lambda tell: _follow(services.ledger, project, tell), request.url.path)


async def _follow(ledger: Ledger, project: str, tell: Tell) -> None:
    told: dict[str, dict[str, Any]] = {}
    while True:
        found = await _readings(ledger, project)
        for one in found:
            if told.get(one.meeting.id) != (document := _document(one)):
                told[one.meeting.id] = document
                await tell("reading", document)
        if all(one.state is not ReadState.READING for one in found):
            return await tell("done", _page(found))
        await anyio.sleep(_POLL_SECONDS)


async def _readings(ledger: Ledger, project: str) -> list[MeetingReading]:
    return await anyio.to_thread.run_sync(ledger.readings, project)


def _page(found: list[MeetingReading]) -> dict[str, Any]:
    return {"readings": [_document(one) for one in found]}


def _document(one: MeetingReading) -> dict[str, Any]:
    return ReadingDocument.model_validate(one.to_json()).model_dump(mode="json")


def _known(services: Services, meeting_ids: list[str]) -> list[str]:
    """The ids as they are. Raises NotFoundError for one that is unknown."""
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        return [meetings.get(meeting_id).id for meeting_id in meeting_ids]
