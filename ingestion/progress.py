"""How far an ingest is and an honest estimate of the time left."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.domain import Progress, Stage
from ingestion.tables import Meeting, Piece

_ENOUGH_SECONDS = 5.0
"""A rate measured over less than this is noise and gives no estimate."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an ingest stands. `done` is the share of the whole recording or transcript, 0..1; `seconds_left` is
    None until a rate has been measured."""

    stage: Stage
    done: float
    seconds_left: float | None


def standing(meeting: Meeting, pieces: Sequence[Piece]) -> Standing:
    """The standing of a meeting's ingest, measured on what was transcribed so far.

    Transcription is nearly all of the work of a recording, so its rate alone carries the estimate.
    """
    if meeting.stage is not Stage.TRANSCRIBE:
        return Standing(meeting.stage, meeting.progress, None)
    total = sum(p.end - p.start for p in pieces)
    current = next((p for p in pieces if p.segments is None), None)
    partial = meeting.progress * (current.end - current.start) if current else 0.0
    heard = sum(p.end - p.start for p in pieces if p.segments is not None) + partial
    taken = sum(p.seconds_taken or 0.0 for p in pieces)
    left = taken / heard * max(0.0, total - heard) if heard and taken > _ENOUGH_SECONDS else None
    return Standing(meeting.stage, heard / total if total else 0.0, left)


def throttled(report: Progress, every: float = 1.0) -> Progress:
    """A progress callback that passes on at most one call in `every` seconds, and always the last (1.0)."""
    last = -math.inf

    def call(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if share >= 1.0 or now - last >= every:
            last = now
            report(share)

    return call
