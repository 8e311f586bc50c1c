"""A chat model's part in reading meetings as durable work: each inquiry a step, one meeting at a time.

What it replies is kept with the meeting; then the meeting is read again, and the reading takes it up.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable, Coroutine, Iterable
from contextvars import Context
from functools import cache
from typing import Any, TypeVar

from dbos import DBOS, DBOSConfiguredInstance, SetEnqueueOptions, SetWorkflowID

from agents.ledger.reader import LedgerReader
from agents.reading.asking import ModelReader
from ingestion.tables import new_id
from server.durable import Failure, attempt
from server.problems import NotReadyError

T = TypeVar("T")

ASKING_QUEUE = "asking"

AGAIN_SECONDS = (5.0, 60.0, 300.0, 1800.0, 7200.0)
"""After how long a model that gave no answer is asked again; after the last it is not, until the next start."""

_WORK = "the chat model's part of the reading"


class AppLoop:
    """The event loop in which chat models live, for worker threads."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: set[concurrent.futures.Future[Any]] = set()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work in this loop from now on."""
        self._loop = loop

    @property
    def attached(self) -> bool:
        """Whether there is a loop to work in."""
        return self._loop is not None

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of a coroutine. Blocking. Raises what it raises, and NotReadyError while there is no loop."""
        if self._loop is None:
            raise NotReadyError("no chat model can be asked yet", "it is tried again in a moment")
        future = asyncio.run_coroutine_threadsafe(work(), self._loop)
        self._running.add(future)
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise NotReadyError("the chat model was not asked to the end", "it goes on at the next start") from None
        finally:
            self._running.discard(future)

    def close(self) -> None:
        """Cancel what runs, and begin nothing any more."""
        self._loop = None
        for future in list(self._running):
            future.cancel()


@DBOS.dbos_class()
class AskingJobs(DBOSConfiguredInstance):
    """The asking workflow. DBOS finds its instance by name, so a process has one: `asking_jobs`."""

    def __init__(self) -> None:
        super().__init__("asking")
        self._model: ModelReader
        self._loop: AppLoop
        self._reader: LedgerReader
        self._read: Callable[[Iterable[str]], object]

    def work_on(
        self, model: ModelReader, loop: AppLoop, reader: LedgerReader, read: Callable[[Iterable[str]], object]
    ) -> None:
        """Ask this model in this loop from now on; `read` queues that meetings are read. Set it before the engine is
        launched."""
        self._model, self._loop, self._reader, self._read = model, loop, reader, read

    def enqueue(self, meeting_id: str, key: str, tried: int = 0) -> None:
        """Queue that a model is asked about a meeting; queueing it again by the same key changes nothing. `tried` is
        how often it gave no answer."""
        delay = AGAIN_SECONDS[tried - 1] if tried else None
        with SetWorkflowID(f"asking-{meeting_id}-{key}-{tried}"), SetEnqueueOptions(delay_seconds=delay):
            DBOS.enqueue_workflow(ASKING_QUEUE, self.ask, meeting_id, key, tried)

    @DBOS.workflow()
    def ask(self, meeting_id: str, key: str, tried: int) -> str:
        """Ask everything that is to be asked about one meeting; returns how it ended."""
        planned = self._plan(meeting_id)
        if planned == 0:
            return "nothing to ask"
        more, failure = True, planned if isinstance(planned, dict) else None
        replies = 0
        while more and failure is None:
            asked = self._ask(meeting_id)
            failure = asked if isinstance(asked, dict) else None
            more = asked is True
            replies += more
        if failure:
            if self._loop.attached:
                self._tell(meeting_id, failure)
            if tried < len(AGAIN_SECONDS):
                self.enqueue(meeting_id, key, tried + 1)
        if replies:
            self._take_up(meeting_id)
        return "failed" if failure else "asked"

    @DBOS.step()
    def _plan(self, meeting_id: str) -> int | Failure:
        return _attempt(meeting_id, lambda: self._loop.run(lambda: self._model.plan(meeting_id)))

    @DBOS.step()
    def _ask(self, meeting_id: str) -> bool | Failure:
        return _attempt(meeting_id, lambda: self._loop.run(lambda: self._model.ask_next(meeting_id)))

    @DBOS.step()
    def _tell(self, meeting_id: str, failure: Failure) -> None:
        self._reader.model_failed(meeting_id, failure["error"], failure["hint"])

    @DBOS.step()
    def _take_up(self, meeting_id: str) -> None:
        # in a context of its own: a step can have no children
        Context().run(self._read, [meeting_id])


@cache
def asking_jobs() -> AskingJobs:
    """The asking jobs of this process."""
    return AskingJobs()


class Askings:
    """What chat models are still to be asked, queued. Blocking."""

    def __init__(self, reader: LedgerReader, jobs: AskingJobs, loop: AppLoop) -> None:
        self._reader, self._jobs, self._loop = reader, jobs, loop

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ask in this loop; what was left unasked is queued."""
        self._loop.attach(loop)
        for meeting_id in self._reader.unasked():
            self._jobs.enqueue(meeting_id, new_id())

    def close(self) -> None:
        """Stop asking. What was not asked is at the next start."""
        self._loop.close()


def _attempt(meeting_id: str, step: Callable[[], T]) -> T | Failure:
    return attempt(_WORK, f"it is tried again later, or by `huimai items read {meeting_id}`", step)
