"""Which model would do a piece of work, and what it would take. Nothing runs."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter

from agents.llm.domain import Work
from agents.routing.works import Asked, Transcript, work_for
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from retrieval.domain import lines_of
from server.problems import responses
from server.route_documents import NewRoute, RouteDocument, route_document
from server.routes.deps import API, Opened
from server.services import Services

router = APIRouter(prefix=API, tags=["system"])


@router.post("/route", summary="Which model would do it, and why", responses=responses(402, 403, 404, 422))
async def show_route(body: NewRoute, services: Opened) -> RouteDocument:
    """The tier that would be taken for a task, the reasons in the order of the decisions, the calls, tokens and cost it
    takes at most, and why other tiers are not. Nothing is asked of a model."""
    work = await anyio.to_thread.run_sync(_work, body, services)
    found = await services.chat.route(work)
    return route_document(work, found, services.chat.tiers, body.language)


def _work(body: NewRoute, services: Services) -> Work:
    """The work that the body speaks of. Raises NotFoundError and BadInputError."""
    with services.database.session() as session:
        meeting = MeetingRepository(session).get(body.meeting) if body.meeting is not None else None
        lines = TranscriptRepository(session).utterances(meeting.id) if meeting else []
        projects = ProjectRepository(session)
        owner = projects.get(meeting.project_id) if meeting else None
        if body.project is not None:
            named = projects.named(body.project)
            if owner is not None and owner.id != named.id:
                raise BadInputError(
                    f"the meeting belongs to '{owner.name}', not to '{named.name}'", "leave the project out"
                )
            owner = named
        asked = Asked(
            task=body.task,
            private=bool(body.private) or (owner is not None and owner.private),
            minutes=body.minutes,
            prompt_tokens=body.prompt_tokens,
            project=owner.name if owner else None,
            tier=body.tier,
        )
        said = lines_of(lines)
    transcript = Transcript(said, meeting.date, meeting.duration) if meeting else None
    return work_for(asked, transcript, services.settings.agents)
