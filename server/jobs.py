"""Durable work on DBOS: an ingest is a workflow of small steps that goes on where it was after any crash.

What a step has finished is recorded twice: by DBOS, which does not run it again, and in the rows of the meeting,
which make running it again harmless.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from contextvars import Context
from functools import cache
from typing import Any, TypedDict, TypeVar

from dbos import DBOS, DBOSConfiguredInstance, Serializer, SetWorkflowID

from ingestion.errors import HuimaiError, StorageFullError
from ingestion.pipeline import IngestionPipeline
from ingestion.storage import storage_full

logger = logging.getLogger(__name__)

T = TypeVar("T")

INGEST_QUEUE = "ingest"
_POLL_SECONDS = 0.25

# Jobs begun by an older release are finished by a newer one, so the version that DBOS compares never changes.
_APPLICATION_VERSION = "1"
_EXECUTOR = "owner"


class Failure(TypedDict):
    """Why a step failed: the error's message and hint."""

    error: str
    hint: str


class JsonSerializer(Serializer):
    """Workflow arguments and results as JSON, so that nothing in the jobs' database is ever unpickled."""

    def serialize(self, data: Any) -> str:
        """An exception becomes its text: a failed step returns a Failure, so none should get here."""
        return json.dumps(data, ensure_ascii=False, default=str)

    def deserialize(self, serialized_data: str) -> Any:
        """DBOS expects positional arguments as a tuple."""
        value = json.loads(serialized_data)
        if isinstance(value, dict) and set(value) == {"args", "kwargs"}:  # pyright: ignore[reportUnknownArgumentType]
            value["args"] = tuple(value["args"])  # pyright: ignore[reportUnknownArgumentType]
        return value  # pyright: ignore[reportUnknownVariableType]

    def name(self) -> str:
        """The name that DBOS stores beside each value."""
        return "huimai-json"


@DBOS.dbos_class()
class IngestJobs(DBOSConfiguredInstance):
    """The ingest workflow over a pipeline. DBOS finds its instance by name, so a process has one: `ingest_jobs`."""

    def __init__(self) -> None:
        super().__init__("ingest")
        self.stalled: dict[str, Failure] = {}
        """Why ingests of this process stand still: neither their work nor their failure could be recorded."""
        self._pipeline: IngestionPipeline
        self._derive_again: Callable[[Sequence[str]], object]

    def work_on(self, pipeline: IngestionPipeline, derive_again: Callable[[Sequence[str]], object]) -> None:
        """Use this pipeline from now on; set it before the engine is launched. `derive_again` queues meetings whose
        lines another meeting's ingest has made untrue."""
        self._pipeline, self._derive_again = pipeline, derive_again

    def enqueue(self, meeting_id: str, attempt: int) -> None:
        """Queue an ingest; queueing the same attempt again changes nothing."""
        self.stalled.pop(meeting_id, None)
        with SetWorkflowID(_workflow_id(meeting_id, attempt)):
            DBOS.enqueue_workflow(INGEST_QUEUE, self.ingest, meeting_id)

    def cancel(self, meeting_id: str, attempt: int) -> None:
        """Stop an ingest before its next step."""
        DBOS.cancel_workflow(_workflow_id(meeting_id, attempt))

    def has_broken(self, meeting_id: str, attempt: int) -> bool:
        """Whether the workflow itself ended on an error, so that the meeting does not know how its ingest ended."""
        status = DBOS.get_workflow_status(_workflow_id(meeting_id, attempt))
        return status is not None and status.status == "ERROR"

    @DBOS.workflow()
    def ingest(self, meeting_id: str) -> str:
        """All steps of one meeting; returns how it ended."""
        try:
            failure = self._work(meeting_id)
            if failure:
                self._fail(meeting_id, failure)
        except Exception as error:
            self.stalled[meeting_id] = explained(meeting_id, error)
            raise
        return "failed" if failure else "ready"

    def _work(self, meeting_id: str) -> Failure | None:
        failure = self._listen(meeting_id) if self._is_recording(meeting_id) else None
        ended = failure or False
        while ended is False:
            for step in (self._clean, self._chunk, self._index):
                failure = failure or step(meeting_id)
            ended = failure or self._finish(meeting_id)
        return None if ended is True else ended

    def _listen(self, meeting_id: str) -> Failure | None:
        failure = self._decode(meeting_id)
        pieces = 0 if failure else self._segment(meeting_id)
        if isinstance(pieces, dict):
            return pieces
        for step in (self._transcribe, self._hear):
            for index in range(pieces):
                failure = failure or step(meeting_id, index)
        return failure or self._tell_apart(meeting_id) or self._hear_again(meeting_id)

    @DBOS.step()
    def _is_recording(self, meeting_id: str) -> bool:
        return self._pipeline.is_recording(meeting_id)

    @DBOS.step()
    def _decode(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.decode(meeting_id))

    @DBOS.step()
    def _segment(self, meeting_id: str) -> int | Failure:
        return _attempt(meeting_id, lambda: self._pipeline.segment(meeting_id)) or 0

    @DBOS.step()
    def _transcribe(self, meeting_id: str, index: int) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.transcribe(meeting_id, index))

    @DBOS.step()
    def _hear(self, meeting_id: str, index: int) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.listen(meeting_id, index))

    @DBOS.step()
    def _tell_apart(self, meeting_id: str) -> Failure | None:
        def tell() -> None:
            others = self._pipeline.tell_apart(meeting_id)
            # in a context of their own: they are no children of this workflow, which a step could not have
            Context().run(self._derive_again, others)

        return _attempt(meeting_id, tell)

    @DBOS.step()
    def _hear_again(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.hear_again(meeting_id))

    @DBOS.step()
    def _clean(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.clean(meeting_id))

    @DBOS.step()
    def _chunk(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.chunk(meeting_id))

    @DBOS.step()
    def _index(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._pipeline.index(meeting_id))

    @DBOS.step()
    def _finish(self, meeting_id: str) -> bool | Failure:
        return _attempt(meeting_id, lambda: self._pipeline.finish(meeting_id))

    @DBOS.step()
    def _fail(self, meeting_id: str, failure: Failure) -> None:
        self._pipeline.fail(meeting_id, failure["error"], failure["hint"])


@cache
def ingest_jobs() -> IngestJobs:
    """The ingest jobs of this process."""
    return IngestJobs()


class JobEngine:
    """DBOS, launched over a database of its own. One per process."""

    def __init__(self, database_url: str) -> None:
        DBOS(
            config={
                "name": "huimai",
                "system_database_url": database_url,
                "executor_id": _EXECUTOR,
                "application_version": _APPLICATION_VERSION,
                "serializer": JsonSerializer(),
                # a traceback of a failed workflow is for developers; users read why it stalled
                "log_level": "ERROR" if logger.isEnabledFor(logging.DEBUG) else "CRITICAL",
                "enable_otlp": False,
                # closing waits for this thread, and no workflow here waits for notifications
                "notification_listener_polling_interval_sec": 0.1,
            }
        )

    def launch(self, workers: int) -> None:
        """Begin to work; unfinished jobs go on by themselves. `workers` ingests run at once."""
        DBOS.launch()
        DBOS.register_queue(
            INGEST_QUEUE,
            worker_concurrency=workers,
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )

    def close(self) -> None:
        """Stop; a step that runs is abandoned and done again at the next launch."""
        DBOS.destroy(destroy_registry=False)


def _workflow_id(meeting_id: str, attempt: int) -> str:
    return f"ingest-{meeting_id}-{attempt}"


def _attempt(meeting_id: str, step: Callable[[], T]) -> T | Failure:
    """Run a step; an error becomes a Failure, because errors are for people and not for the jobs' database."""
    try:
        return step()
    except Exception as error:
        return explained(meeting_id, error)


def explained(meeting_id: str, error: Exception) -> Failure:
    """What to show of an ingest that an error ended, and how it goes on, unless the file itself is at fault."""
    again = f"`huimai jobs retry {meeting_id}` goes on where it stopped"
    known = error if isinstance(error, HuimaiError) else storage_full(error)
    if known is None:
        logger.error("an ingest failed", exc_info=error)
        said = f"{type(error).__name__}: {error}".partition("\n")[0]
        return Failure(
            error=f"the ingest stopped on an unexpected error: {said}",
            hint=f"{again}; if it stays, report it with the log",
        )
    if isinstance(known, StorageFullError):
        return Failure(error=known.message, hint=f"free some space; then {again}")
    if known.status < 500:
        return Failure(error=known.message, hint=known.hint)
    return Failure(error=known.message, hint=f"{known.hint}; then {again}")
