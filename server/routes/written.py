"""One document in the format that a client asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response

from agents.exports.export import ExportFormat
from agents.exports.paper import PAGE_POLICY
from server.routes.deps import attachment, tagged
from server.transcripts import TranscriptFormat

Format = Literal["json", "md", "html", "docx", "pdf", "ics"]
Base = Annotated[
    str | None, Query(description="The address with which the links of a file begin; that of this server unless given.")
]
CONTENT: dict[str, Any] = {
    "content": {"text/markdown": {}, **{one.media_type.split(";")[0]: {} for one in ExportFormat}}
}
"""The OpenAPI entry of what a route with a format answers."""


def tagged_json(request: Request, document: dict[str, Any]) -> Response:
    """A JSON document with an ETag."""
    return tagged(request, json.dumps(document, ensure_ascii=False), "application/json")


def tagged_as(
    request: Request, format: Literal["json", "md"], document: Callable[[], dict[str, Any]], text: Callable[[], str]
) -> Response:
    """JSON or Markdown with an ETag."""
    if format == "json":
        return tagged_json(request, document())
    return tagged(request, text(), TranscriptFormat.MD.media_type)


def written(
    request: Request,
    format: Format,
    name: str,
    *,
    document: Callable[[], dict[str, Any]],
    text: Callable[[], str],
    file: Callable[[ExportFormat], bytes],
) -> Response:
    """JSON or Markdown with an ETag, or a file called `name`: a page is shown, under its own policy, the others are
    offered for saving."""
    if format == "json" or format == "md":
        return tagged_as(request, format, document, text)
    wanted = ExportFormat(format)
    shown = {"Content-Security-Policy": PAGE_POLICY}
    headers = shown if wanted is ExportFormat.HTML else attachment(f"{name}.{wanted.value}")
    return Response(file(wanted), headers=headers, media_type=wanted.media_type)
