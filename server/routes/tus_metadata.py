"""What tus's header Upload-Metadata says of a file."""

from __future__ import annotations

import base64
from datetime import datetime

from pydantic import BaseModel, Field, ValidationError

from ingestion.errors import BadInputError
from ingestion.registration import Submission
from server.routes.uploads import submission_of


class _Metadata(BaseModel):
    """What is said of a file, as for POST /api/v1/uploads; other keys are for the client alone."""

    filename: str
    project: str | None = None
    title: str | None = None
    date: str | None = None
    language: str | None = Field(None, max_length=20)
    speakers: str | None = Field(None, max_length=20)
    modified: datetime | None = None


def submission_in(metadata: str) -> Submission:
    """What Upload-Metadata says of a file. Raises BadInputError."""
    try:
        said = _Metadata.model_validate(dict(_pair(pair) for pair in metadata.split(",")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInputError(f"Upload-Metadata: {place}: {first['msg'].lower()}", "/docs shows what it takes") from None
    return submission_of(
        said.filename,
        said.project,
        title=said.title,
        date=said.date,
        language=said.language,
        speakers=said.speakers,
        modified=said.modified,
    )


def _pair(pair: str) -> tuple[str, str]:
    key, _, value = pair.strip().partition(" ")
    try:
        return key, base64.b64decode(value, validate=True).decode()
    except ValueError:
        raise BadInputError(
            f"Upload-Metadata: the value of '{key[:40]}' is not UTF-8 in base64", "write it as tus.io says"
        ) from None
