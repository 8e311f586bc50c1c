"""Values that are stored as JSON or text inside a row."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.speakers.domain import HeardVoice


def segments_to_json(segments: Sequence[SpokenSegment]) -> list[dict[str, Any]]:
    """Recognised segments as stored with a piece."""
    return [asdict(segment) for segment in segments]


def segments_from_json(stored: Sequence[dict[str, Any]]) -> list[SpokenSegment]:
    """The inverse of `segments_to_json`."""
    return [_segment(**segment) for segment in stored]


def _segment(words: Sequence[dict[str, Any]], **rest: Any) -> SpokenSegment:
    return SpokenSegment(words=tuple(Word(**word) for word in words), **rest)


def voices_to_json(voices: Sequence[HeardVoice]) -> list[dict[str, Any]]:
    """Heard voices as stored with a piece."""
    return [
        {
            "span": [round(voice.span.start, 3), round(voice.span.end, 3)],
            "vector": vector_to_text(voice.vector),
            "shared": voice.shared,
            "channel": voice.channel,
        }
        for voice in voices
    ]


def voices_from_json(stored: Sequence[dict[str, Any]]) -> list[HeardVoice]:
    """The inverse of `voices_to_json`."""
    return [
        HeardVoice(Span(*one["span"]), vector_from_text(one["vector"]), one["shared"], one.get("channel"))
        for one in stored
    ]


def vector_to_text(vector: Sequence[float] | None) -> str | None:
    """A vector as base64 of 16-bit floats."""
    return None if vector is None else base64.b64encode(np.array(vector, "<f2").tobytes()).decode()


def vector_from_text(text: str | None) -> tuple[float, ...] | None:
    """The inverse of `vector_to_text`, to 16 bits."""
    return None if text is None else tuple(np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32).tolist())
