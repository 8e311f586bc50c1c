"""Recognising recordings with so many windows decoded together: CPU seconds, peak memory, and a digest of the words.

One number a process, so that its memory is its own: runs of different numbers are compared by their digests.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
from pathlib import Path

import numpy as np

from benchmarks.measure import report, throwaway_home
from ingestion.domain import Span
from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm, open_pcm, read_samples
from ingestion.ports import Samples
from ingestion.speech.batches import BATCH_WINDOWS
from ingestion.speech.whisper import FasterWhisperTranscriber
from server.catalogue import open_models
from server.settings import Settings

_PIECE_SECONDS = 300


def main() -> None:
    """Print the figures of one piece, which is the recordings one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=BATCH_WINDOWS["cpu"])
    parser.add_argument("--language", help="ISO 639-1; found in every window unless given")
    parser.add_argument("recordings", type=Path, nargs="+")
    arguments = parser.parse_args()
    BATCH_WINDOWS["cpu"] = arguments.windows
    samples = _one_piece(arguments.recordings)
    path = open_models(Settings()).path
    transcriber = FasterWhisperTranscriber(lambda: path("whisper-base"), "whisper-base", "cpu", familiar=("en", "zh"))
    transcriber.transcribe(samples[: 3 * SAMPLE_RATE], language=arguments.language)
    began = os.times()
    segments = transcriber.transcribe(samples, language=arguments.language)
    ended = os.times()
    report(
        "batches",
        windows=arguments.windows,
        audio_s=round(samples.size / SAMPLE_RATE),
        cpu_s=round(ended.user - began.user + ended.system - began.system, 1),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
        words=hashlib.sha256(" ".join(one.text for one in segments).encode()).hexdigest()[:12],
    )


def _one_piece(recordings: list[Path]) -> Samples:
    parts: list[Samples] = []
    with throwaway_home() as folder:
        for number, recording in enumerate(recordings):
            decoded = decode_to_pcm(recording, folder / f"{number}.pcm")
            parts.append(read_samples(open_pcm(folder / f"{number}.pcm"), Span(0.0, decoded.duration)))
    return np.concatenate(parts)[: _PIECE_SECONDS * SAMPLE_RATE]


if __name__ == "__main__":
    main()
