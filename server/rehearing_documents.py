"""The JSON documents of rehearings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from ingestion.corrections.domain import LONGEST_NAME
from ingestion.tables import Rehearing
from server.documents import example
from server.language import Told

REHEARING: dict[str, Any] = {
    "id": "b41c0ffee812",
    "meeting_id": "3f9c1a2b7d40",
    "start": 750.0,
    "end": 785.0,
    "language": "en",
    "model": "whisper-base",
    "made_by": "Jon",
    "before": "We shiver on April seven.",
    "after": "We ship it on April seventeen.",
    "error": None,
    "created_at": "2026-03-04T11:30:00Z",
    "done_at": "2026-03-04T11:30:09Z",
    "undone_at": None,
}

Seconds = Annotated[float, Field(allow_inf_nan=False)]


class NewRehearing(BaseModel):
    """A span of a recording, in seconds, that is to be heard again.

    `language` is what is spoken there, `auto` when it is to be found out; left out, it is the only language of the
    meeting, if it has only one. `model` is another recogniser that is on this machine.
    """

    model_config = example({"start": 750, "end": 785, "language": "en", "made_by": "Jon"})

    start: Seconds
    end: Seconds
    language: str | None = Field(None, pattern=r"^(auto|[a-z]{2,3})$")
    model: str | None = Field(None, min_length=1, max_length=100)
    made_by: str | None = Field(None, max_length=LONGEST_NAME)


class RehearingDocument(BaseModel):
    """A span that was or will be heard again; its edges are never inside a word.

    `before` is what the recogniser had heard there. `after` is what it heard now, null until `done_at`, and when
    `error` says why nothing could be heard.
    """

    model_config = example(REHEARING)

    id: str
    meeting_id: str
    start: float
    end: float
    language: str | None
    model: str | None
    made_by: str | None
    before: str
    after: str | None
    error: Told | None
    created_at: datetime
    done_at: datetime | None
    undone_at: datetime | None


def rehearing_document(one: Rehearing) -> RehearingDocument:
    """The document of a stored rehearing."""
    after = None if one.segments is None else " ".join(segment["text"] for segment in one.segments)
    return RehearingDocument(**one.model_dump(exclude={"segments"}), after=after)
