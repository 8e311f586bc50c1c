"""What routes share: the opened services, path prefix, filters, entity tags and streamed files."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import logging
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Query, Request, Response

from agents.runner import QaRunner
from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, HuimaiError
from ingestion.storage import storage_full
from server.problems import NotReadyError
from server.services import Services

API = "/api/v1"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_NAME = 200

logger = logging.getLogger(__name__)


class Opening:
    """The services of an application, from before they are opened until they are closed."""

    def __init__(
        self,
        open_services: Callable[[], Services],
        on_ready: Callable[[Services], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self.services: Services | None = None
        self._failure: Exception | None = None
        self._runner: QaRunner | None = None
        self._loading = asyncio.Lock()
        self._open, self._on_ready, self._on_failure = open_services, on_ready, on_failure

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open the services, whose chat models live in this event loop, and remember why that failed. Blocking."""
        try:
            self.services = self._open()
        except Exception as error:
            self._failure = storage_full(error) or error
            if not isinstance(self._failure, HuimaiError):
                logger.exception("the data home could not be opened")
            self._on_failure(self._failure)
        else:
            self.services.ask_models_in(loop)
            self._on_ready(self.services)

    def ready(self) -> Services:
        """The services. Raises NotReadyError while they are being opened or when that failed."""
        if self.services is not None:
            return self.services
        if isinstance(self._failure, HuimaiError):
            raise NotReadyError(self._failure.message, self._failure.hint)
        if self._failure is not None:
            raise NotReadyError("the data home could not be opened", "the server's log says why")
        raise NotReadyError("the data home is being opened", "ask again in a moment")

    async def runner(self) -> QaRunner:
        """The question answerer, made at the first question. Raises NotReadyError."""
        async with self._loading:
            if self._runner is None:
                self._runner = await asyncio.to_thread(_load_runner, self.ready())
            return self._runner

    async def close(self) -> None:
        """Close what is open."""
        if self._runner is not None:
            await self._runner.close()
        services, self.services = self.services, None
        if services is not None:
            await asyncio.to_thread(services.close)


def _load_runner(services: Services) -> QaRunner:
    """Imports the graph, which takes a second, outside of the event loop."""
    importlib.import_module("agents.qa.graph")
    return services.runner


def opened(request: Request) -> Services:
    """Dependency: the services of this application."""
    opening: Opening = request.app.state.opening
    return opening.ready()


async def answering(request: Request) -> QaRunner:
    """Dependency: the question answerer of this application."""
    opening: Opening = request.app.state.opening
    return await opening.runner()


Opened = Annotated[Services, Depends(opened)]
Answering = Annotated[QaRunner, Depends(answering)]


class Filters:
    """Dependency: the filters of a search as query parameters."""

    def __init__(
        self,
        project: Annotated[str | None, Query(description="Name of a project.")] = None,
        meeting: Annotated[list[str] | None, Query(description="Id of a meeting; may be repeated.")] = None,
        speaker: Annotated[str | None, Query(description="Name of a speaker.")] = None,
        since: Annotated[date | None, Query(description="First date, included.")] = None,
        until: Annotated[date | None, Query(description="Last date, included.")] = None,
    ) -> None:
        self.where = search_filter(project, meeting or (), speaker, since, until)


def search_filter(
    project: str | None, meetings: Sequence[str], speaker: str | None, since: date | None, until: date | None
) -> SearchFilter:
    """The filter of the values that a client gave. Raises BadInputError when no day can match."""
    if since and until and since > until:
        raise BadInputError(
            f"no day is both after {since} and before {until}", "`since` is the first day that counts, `until` the last"
        )
    return SearchFilter(
        projects=(project,) if project else (),
        meeting_ids=tuple(meetings),
        speakers=(speaker,) if speaker else (),
        since=since,
        until=until,
    )


def clean_name(name: str, what: str) -> str:
    """A name as it is stored: one line, without control characters. Raises BadInputError when nothing is left."""
    cleaned = _CONTROL.sub("", name).strip()
    if cleaned.strip(".") and len(cleaned) <= _LONGEST_NAME:
        return cleaned
    raise BadInputError(f"{what} '{cleaned[:40]}' cannot be used", f"give it 1 to {_LONGEST_NAME} printable characters")


def tagged(request: Request, body: str, media_type: str) -> Response:
    """A response with an ETag of its content, or 304 when the client has that already."""
    content, etag = body.encode("utf-8", "replace"), etag_of(body)
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag_matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def etag_of(body: str) -> str:
    """The entity tag of a response's content."""
    return f'"{hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:32]}"'


def etag_matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match or If-Match header names this entity tag."""
    if header is None:
        return False
    return header.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in header.split(",")]


def encoded_cursor(day: date, meeting_id: str) -> str:
    """The cursor of a page that ends with a meeting."""
    return f"{day.isoformat()}_{meeting_id}"


def decoded_cursor(cursor: str | None) -> tuple[date, str] | None:
    """The date and id of the meeting that a page ended with. Raises BadInputError."""
    if cursor is None:
        return None
    day, _, meeting_id = cursor.partition("_")
    try:
        return date.fromisoformat(day), meeting_id
    except ValueError:
        raise BadInputError(f"'{cursor[:40]}' is not a cursor", "use `next` of the page before") from None


def attachment(name: str) -> dict[str, str]:
    """The header that makes a browser save the response under `name`."""
    return {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}"}
