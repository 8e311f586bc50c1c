"""Spans of a recording that are heard again: asked for, listed and undone."""

from __future__ import annotations

from fastapi import APIRouter

from ingestion.rehearing import RehearingRequest
from server.problems import responses
from server.rehearing_documents import NewRehearing, RehearingDocument, rehearing_document
from server.routes.deps import API, Opened

router = APIRouter(prefix=API, tags=["rehearings"])


@router.post(
    "/meetings/{meeting_id}/rehearings",
    status_code=202,
    summary="Hear a span again",
    responses=responses(404, 409, 422, 503),
)
def rehear(meeting_id: str, body: NewRehearing, services: Opened) -> RehearingDocument:
    """Queued as a job of the meeting; when that has ended, transcript and search have followed. Corrections stay."""
    return rehearing_document(services.rehear(meeting_id, RehearingRequest(**body.model_dump())))


@router.get("/meetings/{meeting_id}/rehearings", summary="List the rehearings", responses=responses(404))
def list_rehearings(meeting_id: str, services: Opened) -> list[RehearingDocument]:
    """Every span of a meeting that was or will be heard again, newest first; those that were undone say when."""
    return [rehearing_document(one) for one in services.rehearser.list(meeting_id)]


@router.get("/rehearings/{rehearing_id}", summary="One rehearing", responses=responses(404))
def show_rehearing(rehearing_id: str, services: Opened) -> RehearingDocument:
    """What was heard before, and what was heard now."""
    return rehearing_document(services.rehearser.get(rehearing_id))


@router.delete("/rehearings/{rehearing_id}", status_code=202, summary="Undo a rehearing", responses=responses(404, 409))
def undo_rehearing(rehearing_id: str, services: Opened) -> RehearingDocument:
    """Gives back what was heard before, or calls off what is still to be heard. Transcript and search follow."""
    return rehearing_document(services.undo_rehearing(rehearing_id))
