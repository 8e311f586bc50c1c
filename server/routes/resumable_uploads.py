"""Uploads that survive a lost connection, a closed page and a killed server, by the tus protocol 1.0.0 (tus.io)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, cast

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from ingestion.errors import BadInputError, ConflictError, HuimaiError, TooLargeError
from server.media_documents import PartialUpload
from server.partial_uploads import Upload
from server.problems import TimedOutError, responses
from server.routes.deps import Opened
from server.routes.tus_metadata import submission_in
from server.routes.uploads import check_size, register
from server.security import RESUMABLE_UPLOADS, drain
from server.services import Services
from server.streams import blocking

VERSION = "1.0.0"
CHUNK_TYPE = "application/offset+octet-stream"
PATIENCE_SECONDS = 30.0
_AT_ONCE = anyio.CapacityLimiter(8)
_GO_ON = "ask for the offset by HEAD, then send the rest"
_PARTS = {
    "requestBody": {"required": True, "content": {CHUNK_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


def _headers(**described: str) -> dict[str, Any]:
    """OpenAPI entries of response headers."""
    return {
        name.replace("_", "-"): {"description": text, "schema": {"type": "string"}} for name, text in described.items()
    }


_MEETINGS = "Ids of the meetings that it has become, with commas between them; once all has arrived."
_DUPLICATES = "Those of these ids that the project had already, from the same bytes; left out where there are none."
_STANDING = _headers(Upload_Offset="Bytes that have arrived.", Huimai_Meetings=_MEETINGS, Huimai_Duplicates=_DUPLICATES)


class _TusRoute(APIRoute):
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; every answer, problems too, tells the version of the protocol."""

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(raw=message["headers"])["Tus-Resumable"] = VERSION
            await send(message)

        await super().handle(scope, receive, send_with_version)


router = APIRouter(prefix=RESUMABLE_UPLOADS, tags=["meetings"], route_class=_TusRoute)


async def _speaks_tus(
    request: Request, tus_resumable: Annotated[str | None, Header(description=f"Always {VERSION}.")] = None
) -> None:
    if tus_resumable != VERSION:
        await drain(request.stream())
        raise BadInputError(
            f"this server speaks tus {VERSION}", f"send the header Tus-Resumable: {VERSION}", status=412
        )


_TUS = [Depends(_speaks_tus)]


@router.options("", status_code=204, summary="What of tus is spoken here")
def describe(services: Opened) -> Response:
    """The version, the extensions and the largest upload in headers."""
    limit = services.settings.ingestion.max_upload_bytes
    told = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination", "Tus-Max-Size": str(limit)}
    return Response(status_code=204, headers=told)


@router.get("", summary="Uploads that are not complete")
def list_uploads(services: Opened) -> list[PartialUpload]:
    """Those that can be resumed, oldest first. They are dropped when nothing has arrived for seven days."""
    return [_document(upload) for upload in services.partial_uploads.unfinished()]


@router.post(
    "",
    status_code=201,
    summary="Begin an upload that can be resumed",
    dependencies=_TUS,
    responses={201: {"headers": _headers(Location="Where the bytes go.")}, **responses(412, 413, 422, 507)},
)
def create(
    services: Opened,
    response: Response,
    upload_length: Annotated[int, Header(ge=0, description="Bytes of the whole file.")],
    upload_metadata: Annotated[
        str,
        Header(
            description="`filename` and what else POST /api/v1/uploads takes, each value in base64.",
            examples=["filename d2Vla2x5Lm00YQ==,project QXRsYXM="],
        ),
    ],
) -> PartialUpload:
    """tus's creation. `Location` says where the bytes go."""
    submission = submission_in(upload_metadata)
    check_size(services, upload_length)
    upload = services.partial_uploads.create(submission.name, submission.project, upload_length, upload_metadata)
    if upload.is_whole:
        _take_in(services, upload)
    response.headers["Location"] = f"{RESUMABLE_UPLOADS}/{upload.id}"
    return _document(upload)


@router.head(
    "/{upload_id}",
    status_code=204,
    summary="How much of an upload has arrived",
    dependencies=_TUS,
    responses={204: {"headers": _STANDING}, **responses(404, 412, 423)},
)
def tell(upload_id: str, services: Opened) -> Response:
    """The offset at which to go on. What has arrived whole before the server was killed is taken in now."""
    upload = services.partial_uploads.get(upload_id)
    if upload.is_whole and upload.meetings is None:
        upload = _append(services, upload_id, upload.length, 0, iter(()))
    told = {"Upload-Length": str(upload.length), "Upload-Metadata": upload.metadata, "Cache-Control": "no-store"}
    return Response(status_code=204, headers=told | _standing(upload))


@router.patch(
    "/{upload_id}",
    status_code=204,
    summary="Send on",
    dependencies=_TUS,
    responses={204: {"headers": _STANDING}, **responses(404, 408, 409, 412, 413, 415, 422, 423, 507)},
    openapi_extra=_PARTS,
)
async def append(
    upload_id: str,
    services: Opened,
    request: Request,
    upload_offset: Annotated[int, Header(ge=0, description="Where the body begins: the offset that HEAD tells.")],
    content_type: Annotated[str | None, Header(include_in_schema=False)] = None,
    content_length: Annotated[int | None, Header(include_in_schema=False)] = None,
) -> Response:
    """The body is the rest of the file, or a part of it. What has arrived is kept, however the request ends.

    With the last byte the file becomes meetings, as by POST /api/v1/uploads. One that cannot be used is refused with
    the same problem, and nothing of it is kept.
    """
    chunks = cast(AsyncIterator[bytes], request.stream())
    try:
        if content_type != CHUNK_TYPE:
            raise BadInputError(f"the body is {content_type}", f"send it as {CHUNK_TYPE}", status=415)
        upload = await anyio.to_thread.run_sync(
            lambda: _append(
                services, upload_id, upload_offset, content_length or 0, blocking(chunks, PATIENCE_SECONDS)
            ),
            limiter=_AT_ONCE,
        )
    except ClientDisconnect:
        raise BadInputError("the upload was broken off; what had arrived is kept", _GO_ON) from None
    except TimedOutError:
        raise TimedOutError(f"nothing arrived for {PATIENCE_SECONDS:g} seconds; the rest is kept", _GO_ON) from None
    except HuimaiError:
        await drain(chunks)
        raise
    return Response(status_code=204, headers=_standing(upload))


@router.delete(
    "/{upload_id}",
    status_code=204,
    summary="Give an upload up",
    dependencies=_TUS,
    responses=responses(404, 412, 423),
)
def terminate(upload_id: str, services: Opened) -> None:
    """tus's termination: what has arrived is removed."""
    with services.partial_uploads.held(upload_id) as upload:
        services.partial_uploads.remove(upload)


def _append(services: Services, upload_id: str, offset: int, size: int, chunks: Iterator[bytes]) -> Upload:
    """Add a body of `size` bytes, 0 when nobody knows, and make what is whole meetings."""
    with services.partial_uploads.held(upload_id) as upload:
        if offset != upload.offset:
            raise ConflictError(f"{upload.offset:,} bytes have arrived, not {offset:,}", _GO_ON)
        if offset + size > upload.length:
            raise TooLargeError(f"more than the {upload.length:,} bytes that were announced", "begin a new upload")
        if not upload.is_whole:
            upload = services.partial_uploads.append(upload, chunks)
        return _take_in(services, upload) if upload.is_whole and upload.meetings is None else upload


def _take_in(services: Services, upload: Upload) -> Upload:
    uploads = services.partial_uploads
    try:
        document = register(services, uploads.received(upload), submission_in(upload.metadata))
    except HuimaiError as error:
        if error.status < 500:
            uploads.remove(upload)
        raise
    duplicates = [meeting.id for meeting in document.meetings if meeting.duplicate]
    return uploads.finish(upload, [meeting.id for meeting in document.meetings], duplicates)


def _standing(upload: Upload) -> dict[str, str]:
    told = {"Upload-Offset": str(upload.offset)}
    if upload.meetings is not None:
        told["Huimai-Meetings"] = ",".join(upload.meetings)
    if upload.duplicates:
        told["Huimai-Duplicates"] = ",".join(upload.duplicates)
    return told


def _document(upload: Upload) -> PartialUpload:
    return PartialUpload(
        id=upload.id,
        name=upload.name,
        project=upload.project,
        length=upload.length,
        offset=upload.offset,
        created_at=upload.created_at,
    )
