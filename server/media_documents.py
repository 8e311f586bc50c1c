"""The JSON documents of recordings: how loud they are, and uploads that are under way."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from server.documents import example


class WaveformDocument(BaseModel):
    """The loudest sample of each stretch of `seconds_per_peak`, 0 for silence to 255 for full scale. `duration` is how
    many seconds of sound there are."""

    model_config = example({"seconds_per_peak": 0.1, "duration": 0.46, "peaks": [0, 12, 97, 140, 3]})

    seconds_per_peak: float
    duration: float
    peaks: list[int]


class PartialUpload(BaseModel):
    """An upload that is not complete: `offset` of its `length` bytes have arrived."""

    model_config = example(
        {
            "id": "8f14e45fceea167a5a36dedd4bea2543",
            "name": "2026-03-04.m4a",
            "project": "Atlas",
            "length": 48203992,
            "offset": 16777216,
            "created_at": "2026-03-04T11:00:00Z",
        }
    )

    id: str
    name: str
    project: str | None
    length: int
    offset: int
    created_at: datetime
