"""Speakers of a recording whose two channels are two sides of a conversation: nobody speaks on both."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import HeardVoice, Told
from ingestion.speakers.telling_apart import joined, tell_apart

TWO_SIDES = "its two channels were taken as two sides of a conversation"
"""The note of a meeting in which that was done."""


def tell_sides_apart(voices: Sequence[HeardVoice], bounds: Bounds, alike: float) -> Told:
    """Who speaks when, from all the voices of a recording, in order; those of different channels are never one
    person's. `alike` is that of the model's `VoiceScale`."""
    sides = [side for channel in (None, 1, 2) if (side := [one for one in voices if one.channel == channel])]
    if len(sides) < 2:
        return tell_apart(voices, bounds, alike)
    told = [tell_apart(side, Bounds(most=bounds.most), alike) for side in sides]
    counts = _counts([_count(one) for one in told], [_seconds(side) for side in sides], bounds)
    return joined(
        [
            one if _count(one) == count else tell_apart(side, Bounds(count, count), alike)
            for side, one, count in zip(sides, told, counts, strict=True)
        ]
    )


def _counts(found: Sequence[int], seconds: Sequence[float], bounds: Bounds) -> list[int]:
    """How many speakers each side has: as many as were found, but together within the bounds as far as nobody speaks
    on both. The side with most speakers gives, the one with most speech takes."""
    counts = list(found)
    while sum(counts) > bounds.most and max(counts) > 1:
        counts[counts.index(max(counts))] -= 1
    counts[seconds.index(max(seconds))] += max(0, bounds.least - sum(counts))
    return counts


def _count(told: Told) -> int:
    return len({turn.speaker for turn in told.turns})


def _seconds(voices: Sequence[HeardVoice]) -> float:
    return sum(voice.seconds for voice in voices)
