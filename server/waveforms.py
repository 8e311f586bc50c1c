"""The waveforms of stored recordings, each computed once and kept beside its recording."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict

from ingestion.errors import NotFoundError, StorageFullError
from ingestion.media.store import MediaStore
from ingestion.media.waveform import waveform
from server.problems import NotReadyError

_KIND = "waveform"
_AT_ONCE = 2


class Waveforms:
    """Computes in threads of its own: whoever waits may go away, and who asks meanwhile waits for the same."""

    def __init__(self, media: MediaStore) -> None:
        self._media = media
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="waveform")
        self._lock = threading.RLock()  # a future that is done already calls back at once
        self._computed: dict[str, Future[bytes]] = {}
        self._closing = False

    def of(self, sha256: str) -> Future[bytes]:
        """The waveform of a recording as JSON. It raises NotFoundError when its file is gone, BadInputError when it
        cannot be decoded. Cancelling it would take it from others too."""
        with self._lock:
            future = self._computed.get(sha256)
            if future is None:
                future = self._threads.submit(self._kept_or_computed, sha256)
                self._computed[sha256] = future
                future.add_done_callback(lambda _: self._forget(sha256))
            return future

    def close(self) -> None:
        """Stop; what was not finished is computed when it is wanted again."""
        self._closing = True
        self._threads.shutdown(cancel_futures=True)

    def _check(self) -> None:
        if self._closing:
            raise NotReadyError("the server is being stopped", "ask again when it runs")

    def _forget(self, sha256: str) -> None:
        with self._lock:
            self._computed.pop(sha256, None)

    def _kept_or_computed(self, sha256: str) -> bytes:
        recording = self._media.find(sha256)
        if recording is None:
            raise NotFoundError("the recording's file is gone from the data home", "restore a backup, or add it again")
        with suppress(FileNotFoundError):
            return self._media.derived(sha256, _KIND).read_bytes()
        found = waveform(recording, self._check, "the recording")
        content = json.dumps(asdict(found), separators=(",", ":")).encode()
        with suppress(StorageFullError):  # it is shown all the same
            self._media.keep_derived(sha256, _KIND, content)
        return content
