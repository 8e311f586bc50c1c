"""Long recordings, made by repeating the sample meetings."""

from __future__ import annotations

import itertools
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm

SAMPLES = Path(__file__).parent.parent / "samples"


def looped(target: Path, seconds: float, sources: Sequence[Path]) -> None:
    """Write a 16 kHz mono WAV of `seconds`, the sources one after another, again and again."""
    tracks: list[bytes] = []
    for source in sources:
        pcm = target.with_suffix(".pcm")
        decode_to_pcm(source, pcm)
        tracks.append(pcm.read_bytes())
        pcm.unlink()
    left = round(seconds * SAMPLE_RATE) * np.dtype("<i2").itemsize
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        for track in itertools.cycle(tracks):
            out.writeframes(track[:left])
            left -= len(track)
            if left <= 0:
                return
