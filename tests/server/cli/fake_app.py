"""A small application with the routes that the command line calls, and scripted meetings; run as a script it is the
command line over that application."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from ingestion.errors import BadInputError, HuimaiError, NotFoundError

EVIDENCE = {
    "meeting_id": "m1",
    "meeting_title": "Release weekly",
    "project": "Atlas",
    "date": "2026-03-04",
    "utterances": [41, 42],
    "start": 312.4,
    "end": 327.9,
    "speaker": "Mina",
    "quote": "We ship on [bold]April 17[/bold].\x1b[2J",
    "score": 0.03,
}
ANSWER = {
    "question": "When do we ship?",
    "answer": "On April 17 [1].",
    "claims": [],
    "citations": [{"n": 1, **EVIDENCE}],
    "abstained": False,
    "coverage": {"in_scope": 3, "searched": 3, "read": 1, "failed": ["m9"]},
    "model": None,
    "tier": "none",
    "tier_reason": "",
    "usage": {},
    "took_ms": 1200.0,
    "first_token_ms": None,
    "conversation_id": "c1",
    "message_id": "a1",
    "notes": ["'last week' is 2026-03-02 to 2026-03-08"],
}


class FakeServices:
    """What a test can look at and arrange. `stuck` jobs never end; `opening_error` fails the start."""

    opening_error: Exception | None = None
    stuck = False

    def __init__(self, settings: Any = None, home: Any = None) -> None:
        self.meetings: dict[str, dict[str, Any]] = {}
        self.uploads: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.terms: list[dict[str, Any]] = []
        self.closed = False

    def open(self) -> None:
        if self.opening_error is not None:
            raise self.opening_error
        LAST.append(self)

    def close(self) -> None:
        self.closed = True

    def upload(self, query: dict[str, str], body: bytes) -> dict[str, Any]:
        if body.startswith(b"bad"):
            raise BadInputError(f"{query['name']}: it is neither a recording nor a transcript", "record it again")
        self.uploads.append({**query, "body": body})
        meeting = {
            "id": f"m{len(self.meetings) + 1}",
            "project": query.get("project"),
            "title": query.get("title", query["name"]),
            "date": query.get("date", "2026-03-04"),
            "date_source": "file name",
            "duration": 61.0,
            "stage": "queued",
            "progress": 0.0,
            "error": None,
            "hint": None,
            "notes": [],
            "silent": body.startswith(b"silent"),
        }
        self.meetings[meeting["id"]] = meeting
        return {**meeting, "duplicate": False}

    def jobs(self) -> list[dict[str, Any]]:
        """Each look at the jobs moves them one step on."""
        listed = [self._job(meeting) for meeting in self.meetings.values()]
        if not self.stuck:
            for meeting in self.meetings.values():
                steps = {"queued": "transcribe", "transcribe": "failed" if meeting["silent"] else "ready"}
                meeting["stage"] = steps.get(meeting["stage"], meeting["stage"])
                if meeting["stage"] == "failed":
                    meeting |= {"error": "no speech was found in it", "hint": "raise its volume"}
        return listed

    def _job(self, meeting: dict[str, Any]) -> dict[str, Any]:
        shared = {
            name: meeting[name] for name in ("id", "title", "date", "project", "stage", "progress", "error", "hint")
        }
        return {**shared, "meeting_id": meeting["id"], "kind": "ingest", "eta_seconds": 5.0}


LAST: list[FakeServices] = []


def create_app(
    open_services: Callable[[], Any],
    *,
    on_ready: Callable[[Any], None] = lambda services: None,
    on_failure: Callable[[Exception], None] = lambda error: None,
) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            app.state.services = open_services()
            on_ready(app.state.services)
        except Exception as error:
            app.state.services = None
            on_failure(error)
        yield
        if app.state.services:
            app.state.services.close()

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(HuimaiError)
    def problem(request: Request, error: HuimaiError) -> Response:
        body = {"title": "", "status": error.status, "detail": error.message, "hint": error.hint}
        return JSONResponse(body, error.status, media_type="application/problem+json")

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        if app.state.services is None:
            raise HuimaiError("not ready", status=503)
        return {"status": "ready"}

    add_routes(app, lambda: app.state.services)
    return app


def add_routes(app: FastAPI, services: Callable[[], FakeServices]) -> None:
    api = "/api/v1"

    @app.post(f"{api}/uploads")
    async def upload(request: Request) -> dict[str, Any]:
        return {"meetings": [services().upload(dict(request.query_params), await request.body())]}

    @app.get(f"{api}/jobs")
    def jobs(active: bool = False) -> list[dict[str, Any]]:
        return [job for job in services().jobs() if not active or job["stage"] not in ("ready", "failed")]

    @app.get(f"{api}/meetings")
    def meetings(cursor: str | None = None) -> dict[str, Any]:
        listed = list(services().meetings.values())
        return {"meetings": listed[1:], "next": None} if cursor else {"meetings": listed[:1], "next": "x"}

    @app.get(f"{api}/meetings/{{id}}")
    def meeting(id: str) -> dict[str, Any]:
        if id not in services().meetings:
            raise NotFoundError(f"there is no meeting '{id}'", "`huimai meetings` lists them")
        return services().meetings[id]

    @app.get(f"{api}/projects")
    def projects() -> list[dict[str, Any]]:
        return [{"name": "Atlas", "private": False, "meetings": 2, "created_at": "2026-01-05T08:00:00Z"}]

    @app.patch(f"{api}/projects/{{name}}")
    def change_project(name: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, **body, "meetings": 2, "created_at": "2026-01-05T08:00:00Z"}

    @app.get(f"{api}/glossary")
    def glossary() -> list[dict[str, Any]]:
        return services().terms

    @app.post(f"{api}/glossary")
    def add_term(term: dict[str, Any]) -> dict[str, Any]:
        services().terms.append({"id": f"t{len(services().terms)}", "project": None, **term})
        return services().terms[-1]

    @app.post(f"{api}/search")
    def search(body: dict[str, Any]) -> dict[str, Any]:
        services().questions.append(body)
        return {"query": body["query"], "results": [{**EVIDENCE, "text": "Mina: x"}], "took_ms": 3, "recipe": "hybrid"}

    @app.post(f"{api}/ask")
    def ask(body: dict[str, Any], request: Request) -> Response:
        services().questions.append(body)
        if "text/event-stream" not in request.headers["accept"]:
            return JSONResponse(ANSWER)
        return StreamingResponse(events(body["question"]), media_type="text/event-stream")

    @app.get(f"{api}/backup")
    def backup() -> Response:
        return Response(b"tar", media_type="application/x-tar")


def events(question: str) -> Iterator[str]:
    script: list[tuple[str, dict[str, Any]]] = [
        ("status", {"stage": "retrieve", "text": "searching"}),
        ("citation", {"n": 1, **EVIDENCE}),
    ]
    if question == "fail":
        script.append(("error", {"detail": "the chat server answered 500", "hint": "see its log", "status": 502}))
    elif question != "break off":
        script += [("token", {"text": "On April"}), ("done", ANSWER)]
    for event, data in script:
        yield f"event: {event}\ndata: {json.dumps(data)}\n\n: keepalive\n\n"


def fake_modules() -> dict[str, ModuleType]:
    """Stand-ins for the modules that the command line opens the house with."""
    app, services = ModuleType("server.app"), ModuleType("server.services")
    app.create_app = create_app  # type: ignore[attr-defined]
    services.Services = FakeServices  # type: ignore[attr-defined]
    return {"server.app": app, "server.services": services}


if __name__ == "__main__":
    from server.cli.main import main

    sys.modules.update(fake_modules())
    FakeServices.stuck = True
    main()
