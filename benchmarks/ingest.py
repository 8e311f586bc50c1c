"""Ingest of a recording against bare faster-whisper on the same file, model, decoding options and threads.

The bare run loads the model and transcribes with its own VAD and word times; ours does everything from the upload to
a searchable meeting, in a fresh process. They take turns, so that a drift of the machine meets both. Telling speakers
apart, which the bare run does not do, is left out of the ratio and timed by itself, as a share of the recording's
length.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.audio import SAMPLES, looped
from benchmarks.measure import HUIMAI, PeakMemory, percentile, report, throwaway_home

_BARE = """
import sys
from pathlib import Path
from faster_whisper.audio import decode_audio
from ingestion.speech.decoding import DECODING
from ingestion.speech.whisper import load_model
from server.catalogue import open_models
from server.settings import Settings
model = load_model(open_models(Settings()).path("whisper-base"), "cpu", 0)
segments, _ = model.transcribe(sys.argv[1], language=sys.argv[2], vad_filter=True, **DECODING)
sum(1 for _ in segments)
"""


def main() -> None:
    """Print the ratio of wall times, pair by pair, and the peak memory of our side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--ours-only", action="store_true", help="only our side, for memory over a long file")
    arguments = parser.parse_args()
    bare: list[float] = []
    ours: list[float] = []
    whole: list[float] = []
    peak = 0
    with throwaway_home() as folder:
        recording = folder / "looped.wav"
        looped(recording, arguments.minutes * 60, sorted((SAMPLES / "A_zh_payment_gateway").glob("*.m4a")))
        for pair in range(arguments.pairs):
            if not arguments.ours_only:
                bare.append(_timed([sys.executable, "-c", _BARE, str(recording), "zh"], folder)[0])
            command = [str(HUIMAI), "ingest", str(recording), "--project", "bench", "--language", "zh", "--json"]
            ours.append(_timed(command, folder / f"home-{pair}", HUIMAI_INGESTION__SPEAKER_MODEL="")[0])
            seconds, memory = _timed(command, folder / f"home-{pair}-speakers")
            whole.append(seconds)
            peak = max(peak, memory)
    seconds_of_audio = arguments.minutes * 60
    report(
        "ingest",
        audio_minutes=arguments.minutes,
        bare_s=[round(s, 1) for s in bare],
        ours_s=[round(s, 1) for s in ours],
        with_speakers_s=[round(s, 1) for s in whole],
        speakers_share=round(percentile([a - b for a, b in zip(whole, ours, strict=True)], 0.5) / seconds_of_audio, 3),
        ratio=round(percentile([a / b for a, b in zip(ours, bare, strict=True)], 0.5), 3) if bare else None,
        peak_mb=round(peak / 1e6),
    )


def _timed(command: list[str], home: Path, **settings: str) -> tuple[float, int]:
    """Wall seconds and peak bytes of a command."""
    began = time.monotonic()
    environment = {**os.environ, "HUIMAI_HOME": str(home), **settings}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    with PeakMemory(process.pid) as memory:
        if process.wait():
            raise SystemExit(f"failed: {' '.join(command)}")
    return time.monotonic() - began, memory.peak_bytes


if __name__ == "__main__":
    main()
