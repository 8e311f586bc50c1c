"""The web app as it was built, and the page of the API: files of this package, no script from elsewhere."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from ingestion.errors import NotFoundError
from server.problems import problem_response
from server.security import content_policy

STATIC = Path(__file__).parents[1] / "static"
BUILT = Path(__file__).parents[1] / "web"
"""Where `make web` puts the app."""

SCREENS = ("meetings", "projects", "compare", "people", "glossary", "models", "jobs", "settings", "conversations")
"""First parts of the addresses that the app's own router knows."""

_NONCE = "huimai-nonce"  # the word of web/vite.config.ts
_KEPT = "public, max-age=31536000, immutable"  # their names hold a hash of their content

router = APIRouter(include_in_schema=False)


@router.get("/")
async def index() -> HTMLResponse:
    """The app."""
    nonce = secrets.token_urlsafe(16)
    page = (_page() or _unbuilt()).replace(_NONCE, nonce)
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Content-Security-Policy": content_policy(nonce)})


for _screen in SCREENS:
    router.add_api_route(f"/{_screen}", index)
    router.add_api_route(f"/{_screen}/{{rest:path}}", index)


async def nowhere(request: Request, error: Exception) -> Response:
    """What an address that nothing answers at gives: a browser the app, which says so, everyone else a problem."""
    path = request.url.path
    if path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return problem_response(error, path)
    page = await index()
    page.status_code = 404
    return page


@router.get("/assets/{name}")
async def asset(name: str, request: Request) -> FileResponse:
    """A file of the app."""
    found = BUILT / "assets" / Path(name).name
    if not found.is_file():
        raise NotFoundError(f"nothing answers at {request.url.path}")
    return FileResponse(found, headers={"Cache-Control": _KEPT})


@router.get("/docs")
async def docs() -> FileResponse:
    """The routes, read from the OpenAPI document."""
    return FileResponse(STATIC / "docs.html")


def _page() -> str | None:
    built = BUILT / "index.html"
    return _read(built, built.stat().st_mtime_ns) if built.is_file() else None


def _unbuilt() -> str:
    return (STATIC / "unbuilt.html").read_text("utf-8")


@lru_cache(maxsize=1)
def _read(path: Path, written: int) -> str:
    return path.read_text("utf-8")
