"""What changed in a dossier, and why it says a thing."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from agents.dossier.changes import changes, trail
from agents.dossier.markdown import changes_markdown, trail_markdown
from server.dossier_documents import ClaimTrail, DossierChanges
from server.problems import responses
from server.routes.deps import API, Opened
from server.routes.ledger import At, ProjectName
from server.routes.written import tagged_as

router = APIRouter(prefix=API, tags=["dossiers"])

_Format = Literal["json", "md"]


@router.get(
    "/dossier-changes",
    summary="What changed in a dossier",
    response_model=DossierChanges,
    responses={200: {"content": {"text/markdown": {}}}, 304: {}, **responses(404, 422)},
)
def show_changes(
    services: Opened,
    request: Request,
    project: ProjectName,
    since: Annotated[str, Query(description="A day, or a version of the dossier as of a meeting's day.")],
    at: At = None,
    format: _Format = "json",
) -> Response:
    """What the dossier says now, or said on a day, that it did not say then, and the other way round. With an ETag."""
    found = changes(services.ledger, project, since, at)
    return tagged_as(request, format, found.to_json, lambda: changes_markdown(found))


@router.get(
    "/dossier-claims",
    summary="Why a dossier says a thing",
    response_model=ClaimTrail,
    responses={200: {"content": {"text/markdown": {}}}, 304: {}, **responses(404, 422)},
)
def show_trail(
    services: Opened,
    request: Request,
    project: ProjectName,
    key: Annotated[str, Query(description="`key` of a claim of the dossier.")],
    at: At = None,
    format: _Format = "json",
) -> Response:
    """The claim with its evidence, and the matters that it tells of: every item, link and reason. With an ETag."""
    found = trail(services.ledger, project, key, at)
    return tagged_as(request, format, found.to_json, lambda: trail_markdown(found))
