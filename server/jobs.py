"""The ingest of a meeting as durable work.

What a step has finished is recorded twice: by DBOS, which does not run it again, and in the rows of the meeting,
which make running it again harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import Context
from functools import cache
from typing import TypeVar

from dbos import DBOS, DBOSConfiguredInstance, SetWorkflowID

from ingestion.pipeline import IngestionPipeline
from server.durable import Failure, attempt, explained

T = TypeVar("T")

INGEST_QUEUE = "ingest"

_WORK = "the ingest"


@DBOS.dbos_class()
class IngestJobs(DBOSConfiguredInstance):
    """The ingest workflow over a pipeline. DBOS finds its instance by name, so a process has one: `ingest_jobs`."""

    def __init__(self) -> None:
        super().__init__("ingest")
        self.stalled: dict[str, Failure] = {}
        """Why ingests of this process stand still: neither their work nor their failure could be recorded."""
        self._pipeline: IngestionPipeline
        self._derive_again: Callable[[Sequence[str]], object]
        self._when_ready: Callable[[Sequence[str]], object]

    def work_on(
        self,
        pipeline: IngestionPipeline,
        derive_again: Callable[[Sequence[str]], object],
        when_ready: Callable[[Sequence[str]], object],
    ) -> None:
        """Use this pipeline from now on; set it before the engine is launched. `derive_again` queues meetings whose
        lines another meeting's ingest has made untrue, `when_ready` what is to be done with a meeting once it is
        ready."""
        self._pipeline, self._derive_again, self._when_ready = pipeline, derive_again, when_ready

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
            self.stalled[meeting_id] = explained_ingest(meeting_id, error)
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
            _apart(self._derive_again, others)

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
        def finish() -> bool:
            ended = self._pipeline.finish(meeting_id)
            if ended:
                _apart(self._when_ready, [meeting_id])
            return ended

        return _attempt(meeting_id, finish)

    @DBOS.step()
    def _fail(self, meeting_id: str, failure: Failure) -> None:
        self._pipeline.fail(meeting_id, failure["error"], failure["hint"])


@cache
def ingest_jobs() -> IngestJobs:
    """The ingest jobs of this process."""
    return IngestJobs()


def _workflow_id(meeting_id: str, attempt: int) -> str:
    return f"ingest-{meeting_id}-{attempt}"


def _apart(queue: Callable[[Sequence[str]], object], meeting_ids: Sequence[str]) -> None:
    """Queue jobs in a context of their own: they are no children of this workflow, which a step could not have."""
    Context().run(queue, meeting_ids)


def _attempt(meeting_id: str, step: Callable[[], T]) -> T | Failure:
    return attempt(_WORK, _again(meeting_id), step)


def _again(meeting_id: str) -> str:
    return f"`huimai jobs retry {meeting_id}` goes on where it stopped"


def explained_ingest(meeting_id: str, error: Exception) -> Failure:
    """What to show of an ingest that an error ended."""
    return explained(_WORK, _again(meeting_id), error)
