"""The HTTP application: routes, guards, metrics and the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from ingestion.repository import MeetingRepository
from server.language import LanguageOfRequest
from server.metrics import Measured, Metrics
from server.problems import Problem, add_handlers
from server.routes import (
    ask,
    conversations,
    corrections,
    dossiers,
    files,
    glossary,
    health,
    jobs,
    ledger,
    ledger_edits,
    media,
    meetings,
    pages,
    projects,
    readings,
    rehearings,
    reports,
    resumable_uploads,
    reviews,
    routing,
    search,
    speakers,
    system,
    templates,
    uploads,
    usage,
)
from server.routes.deps import Opening
from server.security import Guard, SecurityHeaders
from server.services import Services

_MODULES = (
    *(health, projects, uploads, resumable_uploads, meetings, corrections, media, search, ask, conversations),
    *(ledger, ledger_edits, readings, dossiers, reports, templates),
    *(speakers, rehearings, reviews, glossary, jobs, files, usage, routing, system, pages),
)


class _Documented(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, with the schema of problems, which routes name by reference alone."""
        document = super().openapi()
        document["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        return document


def create_app(
    open_services: Callable[[], Services],
    *,
    on_ready: Callable[[Services], None] = lambda services: None,
    on_failure: Callable[[Exception], None] = lambda error: None,
) -> FastAPI:
    """The application.

    `open_services` is called in a worker thread at startup; until it returns, the process is alive but not ready.
    Then `on_ready` is called in that thread, or `on_failure` with what was raised.
    """
    app = _Documented(
        title="Huimai 会脉",
        summary="The memory of a team's meetings: recordings in, cited answers out.",
        description="What the server words itself is told in Chinese or English, as `Accept-Language` prefers.",
        version=_version(),
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    metrics = Metrics()
    app.state.opening = Opening(open_services, on_ready, on_failure)
    app.state.metrics = metrics
    for module in _MODULES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    add_handlers(app)
    app.add_exception_handler(404, pages.nowhere)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(Guard)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(LanguageOfRequest)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    opening: Opening = app.state.opening
    metrics: Metrics = app.state.metrics
    metrics.count_with(lambda: _counts(opening))
    metrics.count_calls_with(lambda: opening.services.recorder.counted() if opening.services else ())
    task = asyncio.create_task(asyncio.to_thread(opening.open, asyncio.get_running_loop()))
    yield
    await task
    await opening.close()


def _counts(opening: Opening) -> dict[str, dict[str, int]]:
    """Meetings and unfinished jobs by stage; nothing while the data home is not open."""
    services = opening.services
    if services is None:
        return {}
    with services.database.session() as session:
        meetings = MeetingRepository(session).counts_by_stage()
    by_stage = {stage.value: count for stage, count in meetings.items()}
    return {"meetings": by_stage, "jobs": {s: n for s, n in by_stage.items() if s not in jobs.ENDED}}


def _version() -> str:
    try:
        return version("huimai")
    except PackageNotFoundError:
        return "0"
