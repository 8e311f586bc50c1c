"""How loud a recording is from moment to moment, for drawing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingestion.errors import BadInputError
from ingestion.media.decode import SAMPLE_RATE, pcm_blocks
from ingestion.media.probe import open_media

MOST_PEAKS = 20_000

_SECONDS = 0.1
_BYTES_A_SECOND = 2 * SAMPLE_RATE
_WINDOW = round(_BYTES_A_SECOND * _SECONDS)
_BATCH = 20 * _WINDOW
_FULL_SCALE = 32_768
_TOP = 255


@dataclass(frozen=True, slots=True)
class Waveform:
    """The loudest sample of each stretch of a recording, 0..255 of full scale, and how many seconds a stretch has."""

    seconds_per_peak: float
    duration: float
    peaks: tuple[int, ...]


def waveform(
    source: Path, check: Callable[[], None] = lambda: None, name: str | None = None, most: int = MOST_PEAKS
) -> Waveform:
    """Ten peaks a second, or fewer where they would be more than `most`. On the timeline of a player.

    Streams: memory does not grow with the length but by ten bytes a second. `check` is called all the while; what it
    raises ends the work. `name` is what errors call the recording. Raises BadInputError when no sound decodes.
    """
    shown = name or source.name
    peaks, waiting, size = bytearray(), bytearray(), 0
    with open_media(source, shown) as container:
        for block in pcm_blocks(container, "mono", []):
            check()
            size += len(block)
            waiting += block
            if len(waiting) >= _BATCH:
                whole = len(waiting) // _WINDOW * _WINDOW
                peaks += _loudest(waiting[:whole])
                del waiting[:whole]
    peaks += _loudest(waiting)
    if not peaks:
        raise BadInputError(f"{shown}: no sound could be decoded", "play the file to check it, or add it again")
    together = -(-len(peaks) // most)
    return Waveform(
        seconds_per_peak=together * _SECONDS,
        duration=round(size / _BYTES_A_SECOND, 3),
        peaks=tuple(max(peaks[at : at + together]) for at in range(0, len(peaks), together)),
    )


def _loudest(pcm: bytes | bytearray) -> bytes:
    """The peak of each window, of which the last may be short."""
    samples = np.frombuffer(pcm + bytes(-len(pcm) % _WINDOW), "<i2").reshape(-1, _WINDOW // 2)
    loudest = np.maximum(samples.max(axis=1).astype(np.int32), -samples.min(axis=1).astype(np.int32))
    return (loudest * _TOP // _FULL_SCALE).astype(np.uint8).tobytes()
