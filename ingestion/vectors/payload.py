"""How a chunk's payload is written in a vector store. Days are ordinals: a range of dates is one of integers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ingestion.domain import ChunkPayload

DENSE = "dense"
SPARSE = "sparse"

PROJECT = "project"
MEETING = "meeting_id"
DAY = "day"
SPEAKERS = "speakers"
_FIRST, _LAST = "first", "last"


def to_stored(payload: ChunkPayload) -> dict[str, Any]:
    """The payload as JSON values."""
    return {
        PROJECT: payload.project,
        MEETING: payload.meeting_id,
        DAY: payload.date.toordinal(),
        SPEAKERS: list(payload.speakers),
        _FIRST: payload.first,
        _LAST: payload.last,
    }


def from_stored(stored: Mapping[str, Any]) -> ChunkPayload:
    """The inverse of `to_stored`."""
    return ChunkPayload(
        project=stored[PROJECT],
        meeting_id=stored[MEETING],
        date=date.fromordinal(stored[DAY]),
        speakers=tuple(stored[SPEAKERS]),
        first=stored[_FIRST],
        last=stored[_LAST],
    )
