"""Every error as a problem document (RFC 9457): what happened, what to do next, never a traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from ingestion.errors import HuimaiError
from ingestion.storage import storage_full
from server.language import Told, told

PROBLEM_JSON = "application/problem+json"

logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """A problem document. `type` ends in the error's code, `detail` says what happened, `hint` what to do next, both in
    the language that the request's Accept-Language prefers, Chinese or English."""

    type: str = Field(examples=["about:blank#not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: Told = Field(examples=["there is no meeting 'a1b2c3d4e5f6'"])
    hint: Told = Field("", examples=["`huimai meetings` lists them"])
    instance: str = Field(examples=["/api/v1/meetings/a1b2c3d4e5f6"])


class NotReadyError(HuimaiError):
    """The data home is not open yet, or could not be opened."""

    status = 503
    code = "not-ready"


class ForbiddenError(HuimaiError):
    """A request from another site, or for a host that is not this machine."""

    status = 403
    code = "forbidden"


class ChangedMeanwhileError(HuimaiError):
    """What the client has seen is not what is stored any more."""

    status = 412
    code = "precondition-failed"


class RangeError(HuimaiError):
    """A byte range outside of the file."""

    status = 416
    code = "range-not-satisfiable"


class TimedOutError(HuimaiError):
    """The client stopped sending."""

    status = 408
    code = "timed-out"


def problem(error: Exception, instance: str) -> Problem:
    """The document of any exception; of an unexpected one it tells nothing but that it happened."""
    error = storage_full(error) or error
    if isinstance(error, HuimaiError):
        return _document(error.code, error.status, error.message, error.hint, instance)
    if isinstance(error, RequestValidationError):
        detail, hint = _validation_text(error)
        return _document("validation", 422, detail, hint, instance)
    if isinstance(error, HTTPException):
        detail = error.detail if error.detail != _title(error.status_code) else f"nothing answers at {instance}"
        return _document(_title(error.status_code).lower().replace(" ", "-"), error.status_code, detail, "", instance)
    return _document("error", 500, "something failed inside the server", "`huimai --debug serve` logs what", instance)


def problem_response(error: Exception, instance: str, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document of an exception as a response."""
    document = problem(error, instance)
    return Response(_body(document), document.status, headers, media_type=PROBLEM_JSON)


def add_handlers(app: FastAPI) -> None:
    """Answer every expected error with its problem document."""

    async def handle(request: Request, error: Exception) -> Response:
        headers = error.headers if isinstance(error, HTTPException) else None
        if isinstance(error, HuimaiError) and error.status >= 500 and not isinstance(error, NotReadyError):
            logger.warning("%s %s: %s", request.method, request.url.path, error.message)
        return problem_response(error, request.url.path, headers)

    for kind in (HuimaiError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries that say which problems a route may answer with."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {s: {"description": _title(s), "content": {PROBLEM_JSON: {"schema": schema}}} for s in sorted(statuses)}


def _document(code: str, status: int, detail: str, hint: str, instance: str) -> Problem:
    kind = f"about:blank#{code}"
    return Problem(type=kind, title=_title(status), status=status, detail=detail, hint=hint, instance=instance)


def _title(status: int) -> str:
    return HTTPStatus(status).phrase


def _body(document: Problem) -> bytes:
    return json.dumps(document.model_dump(), ensure_ascii=False).encode("utf-8", "replace")


def _validation_text(error: RequestValidationError) -> tuple[str, str]:
    broken = next((one for one in error.errors() if one["type"] == "json_invalid"), None)
    if broken is not None:
        return (
            f"the body is not JSON: {broken['ctx']['error']}, at character {broken['loc'][-1]}",
            "send one JSON object",
        )
    said = [f"{_place(e['loc'])}: {_lowered(told(e['msg']))}" for e in error.errors()]
    return "; ".join(said[:5]), "/docs shows what this route takes"


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc[1:]) or str(loc[0])
