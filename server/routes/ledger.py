"""The ledger: items with their links, and dossiers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from agents.dossier.dossier import dossier
from agents.dossier.markdown import dossier_markdown
from agents.exports.export import export
from agents.ledger.domain import ItemKind
from agents.ledger.listing import Place, Wanted, listed, matter_of
from agents.ledger.threads import Status
from ingestion.errors import BadInputError
from server.ledger_documents import (
    DossierDocument,
    ItemDocument,
    ItemPage,
)
from server.problems import responses
from server.routes.deps import API, Opened
from server.routes.written import CONTENT, Base, Format, tagged_json, written

router = APIRouter(prefix=API)

_ITEMS, _DOSSIERS = "items", "dossiers"

ProjectName = Annotated[str, Query(description="Name of a project.")]
At = Annotated[date | None, Query(description="The day as of which it is told; now unless given.")]


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
    return tagged_json(request, document)


@router.get(
    "/items/{item_id}",
    tags=[_ITEMS],
    summary="One matter",
    response_model=ItemDocument,
    responses={304: {}, **responses(404)},
)
def show_item(item_id: str, services: Opened, request: Request) -> Response:
    """The matter that an item tells of, with every link of it, those that were rejected included. With an ETag."""
    return tagged_json(request, matter_of(services.ledger, item_id).to_json())


@router.get(
    "/dossiers/{project:path}",
    tags=[_DOSSIERS],
    summary="The dossier of a project",
    response_model=DossierDocument,
    responses={200: CONTENT, 304: {}, **responses(404, 422, 501)},
)
def show_dossier(
    project: str, services: Opened, request: Request, at: At = None, format: Format = "json", base: Base = None
) -> Response:
    """What is known of it now, or was on a day; every claim with its evidence. `ics` has the open commitments that are
    due on a day. With an ETag, files left out."""
    found = dossier(services.ledger, project, at)
    return written(
        request,
        format,
        project,
        document=found.to_json,
        text=lambda: dossier_markdown(found),
        file=lambda wanted: export(found, wanted, base or str(request.base_url)),
    )


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
