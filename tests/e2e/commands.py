"""Runs the installed `huimai` as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm

HUIMAI = Path(sys.executable).with_name("huimai")
SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def huimai(home: Path, *arguments: str | Path, **environment: str) -> Ran:
    done = subprocess.run(
        [str(HUIMAI), *map(str, arguments)],
        env={**os.environ, "HUIMAI_HOME": str(home), "HUIMAI_LANG": "en", **environment},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def clip(source: Path, target: Path, start: float, end: float) -> Path:
    """Seconds `start`..`end` of a recording as a WAV file."""
    pcm = target.with_suffix(".pcm")
    decode_to_pcm(source, pcm)
    samples = pcm.read_bytes()
    pcm.unlink()
    write_wav(target, samples[round(start * SAMPLE_RATE) * 2 : round(end * SAMPLE_RATE) * 2])
    return target


def write_wav(target: Path, samples: bytes, rate: int = SAMPLE_RATE) -> Path:
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples)
    return target


def remuxed(source: Path, target: Path) -> Path:
    """The same sound in an MP4 whose index stands at its end, as recorders write it."""
    with av.open(str(source)) as original, av.open(str(target), "w", format="mp4") as copy:
        sound = original.streams.audio[0]
        track = copy.add_stream_from_template(sound)
        for packet in original.demux(sound):
            if packet.dts is not None:
                packet.stream = track
                copy.mux(packet)
    return target
