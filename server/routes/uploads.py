"""Uploads: the request's body is the file, and goes straight to disk."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, cast

import anyio
import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request
from starlette.requests import ClientDisconnect

from ingestion.dates import parse_date
from ingestion.errors import BadInputError, HuimaiError, StorageFullError, TooLargeError
from ingestion.media.store import Received
from ingestion.registration import Submission
from ingestion.repository import MeetingRepository
from ingestion.speakers.bounds import parse_bounds
from ingestion.storage import FREE_SPACE
from server.documents import RegisteredMeeting, UploadDocument, meeting_document
from server.problems import responses
from server.routes.deps import API, Opened, clean_name
from server.security import drain
from server.services import Services
from server.streams import blocking

router = APIRouter(prefix=f"{API}/uploads", tags=["meetings"])

PATIENCE_SECONDS = 120.0
_AT_ONCE = anyio.CapacityLimiter(8)
_SPARE_BYTES = 64 * 1024 * 1024


@router.post(
    "",
    status_code=202,
    summary="Add a recording or a transcript",
    responses=responses(408, 409, 413, 422, 507),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def upload(
    services: Opened,
    request: Request,
    name: Annotated[str, Query(description="The file's name; its extension counts.", examples=["2026-03-04.m4a"])],
    project: Annotated[str | None, Query(description="May be left out when the transcript names it.")] = None,
    title: str | None = None,
    date: Annotated[str | None, Query(examples=["2026-03-04", "2026-03-04T10:00+08:00"])] = None,
    language: Annotated[str | None, Query(max_length=20, examples=["auto", "zh", "en"])] = None,
    speakers: Annotated[
        str | None,
        Query(max_length=20, description="How many people speak in a recording, if known.", examples=["4", "2-5"]),
    ] = None,
    modified: Annotated[datetime | None, Query(description="The file's own time.")] = None,
    content_length: Annotated[int | None, Header(include_in_schema=False)] = None,
) -> UploadDocument:
    """The request's body is the file itself. Answers when the file is stored and its ingest is queued.

    Nothing is kept of a file that cannot be used, is too large, or did not arrive whole.
    """
    chunks = cast(AsyncIterator[bytes], request.stream())
    try:
        submission = submission_of(
            name, project, title=title, date=date, language=language, speakers=speakers, modified=modified
        )
        check_size(services, content_length)
        received = await anyio.to_thread.run_sync(lambda: _receive(services, chunks, submission.name), limiter=_AT_ONCE)
    except ClientDisconnect:
        raise BadInputError("the upload was broken off, nothing was kept", "send the file again") from None
    except HuimaiError:
        await drain(chunks)
        raise
    return await anyio.to_thread.run_sync(lambda: register(services, received, submission))


def submission_of(
    name: str,
    project: str | None,
    *,
    title: str | None,
    date: str | None,
    language: str | None,
    speakers: str | None,
    modified: datetime | None,
) -> Submission:
    """What a client says about a file, as it is stored. Raises BadInputError."""
    return Submission(
        name=file_name(name),
        project=clean_name(project, "the project name") if project else None,
        title=clean_name(title, "the title") if title else None,
        date=parse_date(date) if date else None,
        language=language,
        modified=modified,
        speakers=parse_bounds(speakers) if speakers else None,
    )


def file_name(name: str) -> str:
    """The last part of a name that may be a path of any system. Raises BadInputError when nothing is left."""
    return clean_name(name.replace("\\", "/").rstrip("/").rpartition("/")[2], "the file name")


def check_size(services: Services, size: int | None) -> None:
    """Raises TooLargeError or StorageFullError for a file that is going to have so many bytes."""
    limit = services.settings.ingestion.max_upload_bytes
    if size is None:
        return
    if size > limit:
        raise TooLargeError(
            f"the file has {size:,} bytes, the limit is {limit:,}",
            "cut it, encode it smaller, or raise HUIMAI_INGESTION__MAX_UPLOAD_BYTES",
        )
    free = shutil.disk_usage(services.home.folder).free
    if size + _SPARE_BYTES > free:
        raise StorageFullError(
            f"the disk that holds the data home is full: {free / 1e6:,.0f} MB are left, "
            f"the file needs {size / 1e6:,.1f} MB and the search index {_SPARE_BYTES / 1e6:.0f} MB",
            FREE_SPACE,
        )


def _receive(services: Services, chunks: AsyncIterator[bytes], name: str) -> Received:
    limit = services.settings.ingestion.max_upload_bytes
    return services.media.receive(blocking(chunks, PATIENCE_SECONDS), name, limit)


def register(services: Services, received: Received, submission: Submission) -> UploadDocument:
    """Make a received file meetings and queue their ingest. Raises BadInputError, ConflictError."""
    registered = services.register(received, submission)
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        documents = [
            RegisteredMeeting(
                **meeting_document(meetings.get(r.meeting_id), meetings.project_name(r.meeting_id)).model_dump(),
                duplicate=r.duplicate,
            )
            for r in registered
        ]
    return UploadDocument(meetings=documents)
