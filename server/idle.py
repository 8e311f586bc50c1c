"""Models that give their memory back when nobody has used them for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, SpokenSegment
from ingestion.ports import Diarizer, Embedder, Samples, Transcriber
from ingestion.speakers.domain import HeardVoice
from retrieval.ports import Reranker


class Use:
    """Counts who is using a model, and unloads it once it has been idle for `seconds`."""

    def __init__(self, unload: Callable[[], None], seconds: float) -> None:
        self._unload, self._seconds = unload, seconds
        self._lock = threading.Lock()
        self._active, self._idle_since, self._loaded = 0, time.monotonic(), False

    @contextmanager
    def begin(self) -> Generator[None]:
        """Hold the model for the length of a call."""
        with self._lock:
            self._active, self._loaded = self._active + 1, True
        try:
            yield
        finally:
            with self._lock:
                self._active, self._idle_since = self._active - 1, time.monotonic()

    def unload_if_idle(self) -> None:
        """Free the memory if the time has come."""
        with self._lock:
            idle = time.monotonic() - self._idle_since
            if self._loaded and not self._active and idle >= self._seconds:
                self._unload()
                self._loaded = False


class IdleWatcher:
    """A thread that looks at every `Use` now and then. With 0 seconds, models stay loaded."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._uses: list[Use] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="idle-models", daemon=True)

    def use(self, unload: Callable[[], None]) -> Use:
        """Watch one more model."""
        use = Use(unload, self.seconds)
        self._uses.append(use)
        return use

    def start(self) -> None:
        """Begin to watch."""
        if self.seconds:
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(min(30.0, self.seconds / 2)):
            for use in self._uses:
                use.unload_if_idle()


class IdleEmbedder:
    """An Embedder that is unloaded when idle."""

    def __init__(self, inner: Embedder, watcher: IdleWatcher) -> None:
        self._inner, self._use = inner, watcher.use(inner.unload)

    @property
    def model_id(self) -> str:
        """See Embedder."""
        return self._inner.model_id

    @property
    def dimensions(self) -> int:
        """See Embedder."""
        return self._inner.dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Embedder."""
        with self._use.begin():
            return self._inner.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See Embedder."""
        with self._use.begin():
            return self._inner.embed_query(text)

    def unrelated_below(self, language: str) -> float:
        """See Embedder."""
        return self._inner.unrelated_below(language)

    def prepare(self) -> None:
        """See Embedder."""
        self._inner.prepare()

    def unload(self) -> None:
        """See Embedder."""
        self._inner.unload()


class IdleReranker:
    """A Reranker that is unloaded when idle."""

    def __init__(self, inner: Reranker, watcher: IdleWatcher) -> None:
        self._inner, self._use = inner, watcher.use(inner.unload)

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        """See Reranker."""
        with self._use.begin():
            return self._inner.rerank(query, passages)

    def unload(self) -> None:
        """See Reranker."""
        self._inner.unload()


class IdleDiarizer:
    """A Diarizer that is unloaded when idle."""

    def __init__(self, inner: Diarizer, watcher: IdleWatcher) -> None:
        self._inner, self._use = inner, watcher.use(inner.unload)

    @property
    def model_id(self) -> str:
        """See Diarizer."""
        return self._inner.model_id

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        """See Diarizer."""
        with self._use.begin():
            return self._inner.listen(samples, start, progress)

    def unload(self) -> None:
        """See Diarizer."""
        self._inner.unload()


class IdleTranscriber:
    """A Transcriber that is unloaded when idle."""

    def __init__(self, inner: Transcriber, watcher: IdleWatcher) -> None:
        self._inner, self._use = inner, watcher.use(inner.unload)

    @property
    def model_id(self) -> str:
        """See Transcriber."""
        return self._inner.model_id

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """See Transcriber."""
        with self._use.begin():
            return self._inner.transcribe(samples, language=language, hotwords=hotwords, progress=progress)

    def unload(self) -> None:
        """See Transcriber."""
        self._inner.unload()
