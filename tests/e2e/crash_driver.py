"""Opens a data home, ingests files if some are given, and dies by kill -9 at the point that KILL names.

Every line of the standard input is a run, a JSON object of its arguments, HOME [FILE]..., and its environment. It is a
process of its own, forked from this one, which has imported everything and done nothing. Its exit status is printed: 0
when no job is left. With REHEAR set, the first ten seconds of a meeting that is ready are heard again, once. With READ
set, every meeting is read into the ledger before the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from agents.ledger.reader import LedgerReader
from agents.ledger.service import ReadState
from ingestion.domain import Progress, SpokenSegment
from ingestion.pipeline import IngestionPipeline
from ingestion.ports import Diarizer, Embedder, Samples, Transcriber
from ingestion.registration import Submission
from ingestion.rehearing import RehearingRequest
from ingestion.speakers.domain import HeardVoice, SpeakerTurn
from server.home import Home
from server.jobs import IngestJobs
from server.services import Services
from server.settings import Settings
from tests.doubles import HashEmbedder, ScriptedDiarizer

RUN_SECONDS = 120
HEARING = ("decode", "segment", "transcribe", "listen", "tell_apart", "hear_again")
STEPS = (*HEARING, "clean", "chunk", "index", "finish")
READING = ("want", "extract", "link", "finish")


def die_at(point: str) -> None:
    if point == os.environ["KILL"]:
        os.kill(os.getpid(), signal.SIGKILL)


class CountedTranscriber:
    """Writes down every piece it has heard to the end."""

    model_id = "counted"

    def __init__(self, log: Path) -> None:
        self._log = log
        self._heard = 0

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        self._heard += 1
        if self._heard == 2:
            die_at("during transcribe")
        mark = zlib.crc32(samples.tobytes())
        with self._log.open("a") as log:
            log.write(f"{mark}\n")
        length = len(samples) / 16_000
        return [
            SpokenSegment(start, min(start + 5, length), f"words of {mark} from second {start}", "en", 0.9)
            for start in range(0, int(length), 5)
        ]

    def unload(self) -> None:
        pass


class CountedDiarizer(ScriptedDiarizer):
    """Hears two people in turn, and writes down every piece that it has heard to the end."""

    def __init__(self, log: Path) -> None:
        super().__init__([SpeakerTurn(n % 2 + 1, n * 6.0, n * 6.0 + 5.5) for n in range(30)])
        self._log = log

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        voices = super().listen(samples, start, progress)
        if len(self.heard) == 2:
            die_at("during listen")
        with self._log.open("a") as log:
            log.write(f"{start}\n")
        return voices


class DyingEmbedder(HashEmbedder):
    batches = 0

    def embed_passages(self, texts: Sequence[str]) -> Any:
        self.batches += 1
        if self.batches == 2:
            die_at("during index")
        return super().embed_passages(texts)


class DrivenServices(Services):
    def new_transcriber(self) -> Transcriber:
        return CountedTranscriber(self.home.folder / "heard.log")

    def new_diarizer(self) -> Diarizer:
        return CountedDiarizer(self.home.folder / "voices.log")

    def new_embedder(self) -> Embedder:
        return DyingEmbedder()


def dying(step: str, run: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        die_at(f"before {step}")
        result = run(*arguments, **named)
        die_at(f"after {step}")
        return result

    return call


def under_way(services: Services) -> bool:
    if any(job.stage not in ("ready", "failed") for job in services.ingests.all()):
        return True
    reads = bool(os.environ["READ"])
    return reads and any(one.state is ReadState.READING for one in services.ledger.readings("P"))


def run(folder: Path, files: Sequence[Path]) -> None:
    for step in STEPS:
        setattr(IngestionPipeline, step, dying(step, getattr(IngestionPipeline, step)))
    for step in READING:
        setattr(LedgerReader, step, dying(f"reading {step}", getattr(LedgerReader, step)))
    IngestJobs.enqueue = dying("enqueue", IngestJobs.enqueue)  # pyright: ignore[reportAttributeAccessIssue]
    settings = Settings(home=folder)
    home = Home(settings.home)
    home.own()
    services = DrivenServices(settings, home)
    services.open()
    for file in files:
        services.register(
            services.media.receive(blocks(file), file.name, 10**9), Submission(file.name, project="P", language="en")
        )
    if os.environ["REHEAR"]:
        for job in services.ingests.all():
            if job.stage == "ready" and not services.rehearser.list(job.meeting_id):
                services.rehear(job.meeting_id, RehearingRequest(0.0, 10.0, language="zh", made_by="Jon"))
    deadline = time.monotonic() + RUN_SECONDS - 20
    while under_way(services):
        if time.monotonic() > deadline:
            sys.exit("the jobs do not end")
        time.sleep(0.05)
    # the workflow's own last record comes after the meeting is ready
    time.sleep(0.5)
    services.close()


def blocks(file: Path) -> Iterator[bytes]:
    yield file.read_bytes()


def forked(arguments: list[str], environment: dict[str, str]) -> int:
    """The exit status of a run."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        signal.alarm(RUN_SECONDS)
        os.environ.update(environment)
        run(Path(arguments[0]), [Path(name) for name in arguments[1:]])
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        # without waiting for the threads of the jobs
        os._exit(status)


if __name__ == "__main__":
    for line in sys.stdin:
        print(forked(**json.loads(line)), flush=True)
