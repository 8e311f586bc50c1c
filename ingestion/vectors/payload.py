"""How a chunk's payload is written in a vector store. Days are ordinals: a range of dates is one of integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ingestion.domain import ChunkPayload, ChunkPoint, ScoredSnippet

DENSE = "dense"
SNIPPETS = "snippets"
SPARSE = "sparse"

PROJECT = "project"
MEETING = "meeting_id"
DAY = "day"
SPEAKERS = "speakers"
_FIRST, _LAST = "first", "last"
SNIPPET_LINES = "snippet_lines"
"""The first and last utterance of each snippet, one after the other."""


def to_stored(point: ChunkPoint) -> dict[str, Any]:
    """What stands beside a chunk's vectors, as JSON values."""
    payload = point.payload
    return {
        **labels(payload.project, payload.date),
        MEETING: payload.meeting_id,
        SPEAKERS: list(payload.speakers),
        _FIRST: payload.first,
        _LAST: payload.last,
        SNIPPET_LINES: [index for snippet in point.snippets for index in (snippet.first, snippet.last)],
    }


def labels(project: str, date: date) -> dict[str, Any]:
    """What every chunk of a meeting is filed under."""
    return {PROJECT: project, DAY: date.toordinal()}


def from_stored(stored: Mapping[str, Any]) -> ChunkPayload:
    """The payload that `to_stored` wrote."""
    return ChunkPayload(
        project=stored[PROJECT],
        meeting_id=stored[MEETING],
        date=date.fromordinal(stored[DAY]),
        speakers=tuple(stored[SPEAKERS]),
        first=stored[_FIRST],
        last=stored[_LAST],
    )


def scored_snippets(vector: Sequence[float], stored: Mapping[str, Any], vectors: ArrayLike) -> list[ScoredSnippet]:
    """The snippets of a chunk, given their unit vectors as stored, one a row."""
    lines: list[int] = stored[SNIPPET_LINES]
    cosines = np.asarray(vectors, np.float32) @ np.asarray(vector, np.float32)
    return [
        ScoredSnippet(first, last, float(cosine))
        for first, last, cosine in zip(lines[::2], lines[1::2], cosines, strict=True)
    ]
