"""Recordings, with HTTP Range so that a player can jump to a second."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from ingestion.errors import NotFoundError
from ingestion.repository import MeetingRepository
from ingestion.tables import Media
from server.media_documents import WaveformDocument
from server.problems import RangeError, problem_response, responses
from server.routes.deps import API, Opened, etag_matches

router = APIRouter(prefix=f"{API}/meetings", tags=["meetings"])

MEDIA_TYPES = {
    ".aac": "audio/aac",
    ".amr": "audio/amr",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
}
"""What is sent as itself. Anything else goes out as bytes, so that no stored file can act as a page."""

_CACHED = "private, max-age=3600"
_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))")


@router.head("/{meeting_id}/media", include_in_schema=False)
@router.get(
    "/{meeting_id}/media",
    summary="The recording",
    response_class=FileResponse,
    responses={
        200: {"content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}},
        206: {"description": "The bytes of one range"},
        **responses(404, 416),
    },
)
def media(
    meeting_id: str,
    services: Opened,
    request: Request,
    range: Annotated[str | None, Header(examples=["bytes=0-65535"])] = None,
) -> Response:
    """The bytes as they were received. The ETag is their SHA-256."""
    recording = _recording(services, meeting_id)
    etag = f'"{recording.sha256}"'
    headers = {"ETag": etag, "Cache-Control": _CACHED}
    if etag_matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    first = _first_byte(range, recording.size)
    if first is None:
        _forget_range(request)
    elif first >= recording.size and request.headers.get("if-range", etag) == etag:
        error = RangeError(f"'{range}' lies outside of the recording's {recording.size} bytes", "ask for less")
        return problem_response(error, request.url.path, {"Content-Range": f"bytes */{recording.size}"})
    path = services.media.find(recording.sha256)
    if path is None:
        raise NotFoundError("the recording's file is gone from the data home", "restore a backup, or add it again")
    return FileResponse(path, headers=headers, media_type=_media_type(recording.extension))


@router.get(
    "/{meeting_id}/waveform",
    summary="How loud the recording is",
    response_model=WaveformDocument,
    responses={304: {}, **responses(404, 422)},
)
async def waveform(meeting_id: str, services: Opened, request: Request) -> Response:
    """The waveform, for drawing it. The first time it is computed, some seconds for each hour, then kept."""
    recording = await run_in_threadpool(_recording, services, meeting_id)
    headers = {"ETag": f'"{recording.sha256}-waveform"', "Cache-Control": _CACHED}
    if etag_matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    found = await asyncio.shield(asyncio.wrap_future(services.waveforms.of(recording.sha256)))
    return Response(found, headers=headers, media_type="application/json")


def _recording(services: Opened, meeting_id: str) -> Media:
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        sha256 = meetings.get(meeting_id).media_sha256
        recording = meetings.media(sha256) if sha256 else None
    if recording is None:
        raise NotFoundError("this meeting has no recording", "it was imported as a transcript")
    return recording


def _media_type(extension: str) -> str:
    return MEDIA_TYPES.get("." + extension.lower().lstrip("."), "application/octet-stream")


def _first_byte(range: str | None, size: int) -> int | None:
    """Where a single range begins; None when there is none that makes sense."""
    match = _RANGE.fullmatch(range or "")
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix:
        return max(size - int(suffix), 0)
    return int(first) if not last or int(last) >= int(first) else None


def _forget_range(request: Request) -> None:
    """A range that is malformed, inverted or manifold is ignored, as RFC 9110 section 14.2 allows."""
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]
