"""Runs the installed `huimai` as a user would."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


PATIENT = {"HUIMAI_AGENTS__EMBEDDED_ANSWER_SECONDS": "120"}
"""A busy machine takes longer to load the chat model than a user would wait."""


class Running:
    """A command that works while the test does something else."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: list[str] = []

    @property
    def pid(self) -> int:
        return self._process.pid

    def first_lines(self, count: int) -> str:
        """The first lines on stdout."""
        assert self._process.stdout
        return "".join(self._process.stdout.readline() for _ in range(count))

    def until(self, text: str) -> None:
        """Wait for a line on stderr that holds the text."""
        assert self._process.stderr
        for line in self._process.stderr:
            self._said.append(line)
            if text in line:
                return
        raise AssertionError(f"it ended without saying {text!r}: {''.join(self._said)}")

    def interrupt(self) -> Ran:
        """Ctrl-C, and what came of it, which must be soon."""
        self._process.send_signal(signal.SIGINT)
        return self.end(30)

    def end(self, patience: float = 400) -> Ran:
        """Wait so many seconds for its end."""
        out, err = self._process.communicate(timeout=patience)
        return Ran(self._process.returncode, out, "".join(self._said) + err)


def start(home: Path, *arguments: str | Path, within: Sequence[str] = (), **environment: str) -> Running:
    """Start `huimai`; `within` is a command that runs it elsewhere."""
    process = subprocess.Popen(
        [*within, str(HUIMAI), *map(str, arguments)],
        env={**os.environ, "HUIMAI_HOME": str(home), "HUIMAI_LANG": "en", **PATIENT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # a test that fails leaves nothing running
    atexit.register(process.kill)
    return Running(process)


def huimai(home: Path, *arguments: str | Path, within: Sequence[str] = (), **environment: str) -> Ran:
    return start(home, *arguments, within=within, **environment).end()


@contextmanager
def served(home: Path, *, within: Sequence[str] = (), **environment: str) -> Iterator[str]:
    """`huimai serve`, through which other commands go meanwhile: its address. Ends with the block."""
    server = start(home, "serve", "--port", "0", "--json", within=within, **environment)
    yield json.loads(server.first_lines(3))["url"]
    server.interrupt()


def explained(ran: Ran) -> tuple[str, str]:
    """The one line on what happened and the one on what to do of a command that failed as it should."""
    assert ran.code == 1, ran
    assert "Traceback" not in ran.err
    lines = [line for line in ran.err.splitlines() if line.startswith(("error: ", "hint: ", "WARNING", "ERROR"))]
    assert [line.partition(":")[0] for line in lines] == ["error", "hint"], ran.err
    return lines[0], lines[1]


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
