"""Everything at once: a backup of the data home, and transcripts for use elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import BinaryIO

from fastapi import APIRouter, Response

from ingestion.repository import ProjectRepository
from server.exports import write_jsonl, write_zip
from server.problems import responses
from server.routes.deps import API, Opened, attachment
from server.streams import ProducedResponse, written

router = APIRouter(prefix=API, tags=["files"])


class ExportFormat(StrEnum):
    """How transcripts are exported."""

    ZIP = "zip"
    JSONL = "jsonl"


_WRITERS = {ExportFormat.ZIP: write_zip, ExportFormat.JSONL: write_jsonl}
_MEDIA_TYPES = {ExportFormat.ZIP: "application/zip", ExportFormat.JSONL: "application/x-ndjson"}
_BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/backup",
    summary="A backup of the data home",
    response_class=Response,
    responses={200: {"content": {"application/gzip": _BINARY}}, **responses(507)},
)
def backup(services: Opened) -> ProducedResponse:
    """A tar of a consistent copy, taken while the server goes on; `huimai restore` reads it."""
    name = f"huimai-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
    return ProducedResponse(written(services.write_backup), media_type="application/gzip", headers=attachment(name))


@router.get(
    "/export",
    summary="Transcripts for use elsewhere",
    response_class=Response,
    responses={
        200: {
            "content": {
                "application/zip": _BINARY,
                "application/x-ndjson": {"example": '{"id":"3f9c1a2b7d40","project":"Atlas","utterances":[...]}\n'},
            }
        },
        **responses(404, 422),
    },
)
def export(services: Opened, project: str | None = None, format: ExportFormat = ExportFormat.ZIP) -> ProducedResponse:
    """Of one project or all: a zip with a Markdown and a JSON file a meeting, or JSON Lines to ingest elsewhere."""
    if project:
        with services.database.session() as session:
            ProjectRepository(session).named(project)
    database = services.database

    def write(target: BinaryIO) -> None:
        _WRITERS[format](database, project, target)

    name = f"{project or 'huimai'}.{format.value}"
    return ProducedResponse(written(write), media_type=_MEDIA_TYPES[format], headers=attachment(name))
