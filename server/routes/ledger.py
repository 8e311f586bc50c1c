"""The ledger: items, their links, readings, dossiers and comparisons."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from agents.comparison.markdown import comparison_markdown
from agents.comparison.report import Comparison, compare
from agents.dossier.dossier import Dossier, dossier
from agents.dossier.markdown import dossier_markdown
from agents.exports.export import ExportFormat, export
from agents.exports.paper import PAGE_POLICY
from agents.ledger.domain import ItemKind
from agents.ledger.listing import Place, Wanted, listed, matter_of
from agents.ledger.threads import Status
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository
from server.ledger_documents import (
    ComparisonDocument,
    DossierDocument,
    ItemDocument,
    ItemPage,
    JudgedLink,
    LinkJudgement,
    NewReadings,
    QueuedReadings,
    ReadingDocument,
    ReadingPage,
)
from server.problems import responses
from server.routes.deps import API, Opened, attachment, tagged
from server.services import Services
from server.transcripts import TranscriptFormat

router = APIRouter(prefix=API)

_ITEMS, _DOSSIERS, _REPORTS = "items", "dossiers", "reports"

ProjectName = Annotated[str, Query(description="Name of a project.")]
At = Annotated[date | None, Query(description="The day as of which it is told; now unless given.")]
Format = Literal["json", "md", "html", "docx", "pdf", "ics"]
Base = Annotated[
    str | None, Query(description="The address with which the links of a file begin; that of this server unless given.")
]
_CONTENT: dict[str, Any] = {
    "content": {"text/markdown": {}, **{one.media_type.split(";")[0]: {} for one in ExportFormat}}
}


@router.get(
    "/items",
    tags=[_ITEMS],
    summary="List what matters",
    response_model=ItemPage,
    responses={304: {}, **responses(404, 422)},
)
def list_items(
    services: Opened,
    request: Request,
    project: ProjectName,
    kind: Annotated[list[ItemKind] | None, Query(description="May be repeated.")] = None,
    status: Annotated[list[Status] | None, Query(description="May be repeated.")] = None,
    owner: Annotated[str | None, Query(description="Name of an owner, or a part of it.")] = None,
    meeting: Annotated[str | None, Query(description="Id of a meeting that speaks of it.")] = None,
    at: At = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Decisions, commitments, questions, risks and measures, one entry a matter, oldest first: what holds now, whose it
    is, how it stands, and what each meeting said of it. With an ETag."""
    wanted = Wanted(tuple(kind or ()), tuple(status or ()), owner, meeting)
    page = listed(services.ledger, project, wanted, at=at, after=_decoded(cursor), limit=limit)
    document = {
        "items": [matter.to_json() for matter in page.matters],
        "coverage": page.coverage.to_json(),
        "next": _encoded(page.next) if page.next else None,
    }
    return _json(request, document)


@router.get(
    "/items/{item_id}",
    tags=[_ITEMS],
    summary="One matter",
    response_model=ItemDocument,
    responses={304: {}, **responses(404)},
)
def show_item(item_id: str, services: Opened, request: Request) -> Response:
    """The matter that an item tells of, with every link of it, those that were rejected included. With an ETag."""
    return _json(request, matter_of(services.ledger, item_id).to_json())


@router.put(
    "/links/{later}/{earlier}", tags=[_ITEMS], summary="Confirm or reject a link", responses=responses(404, 422)
)
def judge_link(later: str, earlier: str, body: LinkJudgement, services: Opened) -> JudgedLink:
    """What a person says stays, however often the meetings are read again. Two items whose link is rejected are two
    matters from then on."""
    link = services.ledger.judge(later, earlier, body.confirmed)
    return JudgedLink(item_id=link.later, earlier_id=link.earlier, confirmed=link.confirmed)


@router.post("/readings", status_code=202, tags=[_ITEMS], summary="Read meetings again", responses=responses(404, 422))
def read_again(body: NewReadings, services: Opened) -> QueuedReadings:
    """Queues the readings; `GET /readings` shows how they stand. What people said of links stays."""
    if (body.project is None) == (body.meetings is None):
        raise BadInputError("it is not said what to read", "give `project` or `meetings`, not both")
    if body.project is not None:
        ids = [reading.meeting.id for reading in services.ledger.readings(body.project)]
    else:
        ids = _known(services, body.meetings or [])
    return QueuedReadings(meetings=services.readings.want(ids))


@router.get("/readings", tags=[_ITEMS], summary="How far meetings were read", responses=responses(404, 422))
def list_readings(services: Opened, project: ProjectName) -> ReadingPage:
    """The ready meetings of a project by date. A meeting is read in the background as soon as it is ready."""
    found = services.ledger.readings(project)
    return ReadingPage(readings=[ReadingDocument.model_validate(one.to_json()) for one in found])


@router.get(
    "/dossiers/{project:path}",
    tags=[_DOSSIERS],
    summary="The dossier of a project",
    response_model=DossierDocument,
    responses={200: _CONTENT, 304: {}, **responses(404, 422, 501)},
)
def show_dossier(
    project: str, services: Opened, request: Request, at: At = None, format: Format = "json", base: Base = None
) -> Response:
    """What is known of it now, or was on a day; every claim with its evidence. `ics` has the open commitments that are
    due on a day. With an ETag, files left out."""
    found = dossier(services.ledger, project, at)
    if format == "md":
        return _markdown(request, dossier_markdown(found))
    return _json(request, found.to_json()) if format == "json" else _file(request, found, format, base)


@router.get(
    "/reports/compare",
    tags=[_REPORTS],
    summary="Compare two periods",
    response_model=ComparisonDocument,
    responses={200: _CONTENT, 304: {}, **responses(404, 422, 501)},
)
def show_comparison(
    services: Opened,
    request: Request,
    project: ProjectName,
    earlier: Annotated[
        str | None, Query(alias="from", description="A meeting's id, a day, week, month, or A..B.")
    ] = None,
    later: Annotated[str | None, Query(alias="to", description="As `from`.")] = None,
    week: Annotated[
        str | None, Query(description="A week, compared with the one before.", examples=["2026-W11"])
    ] = None,
    format: Format = "json",
    base: Base = None,
) -> Response:
    """What is new, changed, closed, carried on, dropped and in conflict, with both sides; the last two days of meetings
    unless others are named. With an ETag, files left out."""
    found = compare(services.ledger, project, earlier, later, week)
    if format == "md":
        return _markdown(request, comparison_markdown(found))
    return _json(request, found.to_json()) if format == "json" else _file(request, found, format, base)


def _known(services: Services, meeting_ids: list[str]) -> list[str]:
    """The ids as they are. Raises NotFoundError for one that is unknown."""
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        return [meetings.get(meeting_id).id for meeting_id in meeting_ids]


def _json(request: Request, document: dict[str, Any]) -> Response:
    return tagged(request, json.dumps(document, ensure_ascii=False), "application/json")


def _markdown(request: Request, text: str) -> Response:
    return tagged(request, text, TranscriptFormat.MD.media_type)


def _file(request: Request, found: Dossier | Comparison, format: str, base: str | None) -> Response:
    """A page is shown, under its own policy; other files are offered for saving."""
    wanted = ExportFormat(format)
    content = export(found, wanted, base or str(request.base_url))
    headers = (
        {"Content-Security-Policy": PAGE_POLICY}
        if wanted is ExportFormat.HTML
        else attachment(f"{found.ledger.project}.{wanted.value}")
    )
    return Response(content, headers=headers, media_type=wanted.media_type)


def _encoded(place: Place) -> str:
    day, *rest = place
    return "_".join([day.isoformat(), *map(str, rest)])


def _decoded(cursor: str | None) -> Place | None:
    """Raises BadInputError."""
    if cursor is None:
        return None
    try:
        day, meeting_id, line, item_id = cursor.split("_")
        return date.fromisoformat(day), meeting_id, int(line), item_id
    except ValueError:
        raise BadInputError(f"'{cursor[:40]}' is not a cursor", "use `next` of the page before") from None
