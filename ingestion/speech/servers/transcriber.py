"""A Transcriber over any recognition server that hears short stretches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextvars import copy_context

from ingestion.domain import Progress, Span, SpokenSegment
from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples
from ingestion.speech.servers.heard import Ear, OnHeard
from ingestion.speech.servers.placing import placed, settled
from ingestion.speech.vad import detect_speech
from ingestion.speech.windows import WINDOW_SECONDS, Window, pack_windows

_APART_SECONDS = 3.0
"""After a silence this long something else may be spoken of, in another language: it is sent apart."""


class ServerTranscriber:
    """A Transcriber that sends stretches of speech to a server, several at once. Silence is never sent.

    Stretches are as long as Whisper's windows: models behind servers are made for 30 s as well.
    """

    def __init__(
        self,
        ear: Ear,
        model_id: str,
        require: Callable[[], None],
        *,
        in_flight: int,
        on_heard: OnHeard | None = None,
    ) -> None:
        """`require` raises PrivacyError where the server must not be told of what is worked on. `in_flight` is the
        most calls at once, of all callers together."""
        self._ear, self._model_id, self._require = ear, model_id, require
        self._in_flight, self._turn = in_flight, threading.BoundedSemaphore(in_flight)
        self._on_heard = on_heard

    @property
    def model_id(self) -> str:
        """The name of the model on its server."""
        return self._model_id

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """See Transcriber. Raises PrivacyError before anything is sent, and ModelFailedError as soon as one stretch
        fails for good; the others are then called off."""
        self._require()
        speech = detect_speech(samples, max_speech=WINDOW_SECONDS - 1)
        windows = stretches(speech, samples.size / SAMPLE_RATE)
        if not windows:
            return []
        stop = threading.Event()

        def hear(window: Window) -> list[SpokenSegment]:
            return self._hear(window, samples, language, hotwords, stop)

        pool = ThreadPoolExecutor(min(self._in_flight, len(windows)), thread_name_prefix="speech-server")
        try:
            # each in a copy of this context: the door asks it whether the recording is private
            futures = [pool.submit(copy_context().run, hear, window) for window in windows]
            _wait(dict(zip(futures, windows, strict=True)), progress)
            return settled([segment for future in futures for segment in future.result()])
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)

    def unload(self) -> None:
        """Nothing: the model is the server's."""

    def _hear(
        self,
        window: Window,
        samples: Samples,
        language: str | None,
        hotwords: Sequence[str],
        stop: threading.Event,
    ) -> list[SpokenSegment]:
        with self._turn:
            if stop.is_set():
                return []
            began = time.monotonic()
            heard = self._ear.hear(window.samples(samples), language, hotwords, stop)
            taken = time.monotonic() - began
        if self._on_heard is not None:
            self._on_heard(self._model_id, window.seconds if heard.seconds is None else heard.seconds, taken)
        return placed(heard, window, language)


def stretches(speech: Sequence[Span], duration: float) -> list[Window]:
    """What is sent at once: stretches of speech packed into windows, none across a long silence."""
    runs: list[list[Span]] = []
    for span in speech:
        if runs and span.start - runs[-1][-1].end < _APART_SECONDS:
            runs[-1].append(span)
        else:
            runs.append([span])
    return [window for run in runs for window in pack_windows(run, duration)]


def _wait(futures: dict[Future[list[SpokenSegment]], Window], progress: Progress | None) -> None:
    """Until all are done. Raises the first error."""
    total, done = sum(window.seconds for window in futures.values()), 0.0
    for future in as_completed(futures):
        future.result()
        done += futures[future].seconds
        if progress is not None:
            progress(min(1.0, done / total))
