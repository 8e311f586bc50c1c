"""The reading of meetings into the ledger as durable work, one at a time: what one stores is what the next links to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from dbos import DBOS, DBOSConfiguredInstance, SetWorkflowID

from agents.ledger.reader import LedgerReader
from server.durable import Failure, attempt

T = TypeVar("T")

READING_QUEUE = "reading"

_WORK = "the reading"


@DBOS.dbos_class()
class ReadingJobs(DBOSConfiguredInstance):
    """The reading workflow over a reader. DBOS finds its instance by name, so a process has one: `reading_jobs`."""

    def __init__(self) -> None:
        super().__init__("reading")
        self._reader: LedgerReader
        self._ask: Callable[[str, str], object] | None

    def work_on(self, reader: LedgerReader, ask: Callable[[str, str], object] | None = None) -> None:
        """Use this reader from now on, and `ask` to queue that a chat model is asked about a meeting that was read, by
        its id and a key, if one reads; set it before the engine is launched."""
        self._reader, self._ask = reader, ask

    def enqueue(self, meeting_id: str, count: int) -> None:
        """Queue the `count`th reading of a meeting; queueing the same one again changes nothing."""
        with SetWorkflowID(f"reading-{meeting_id}-{count}"):
            DBOS.enqueue_workflow(READING_QUEUE, self.read, meeting_id, count)

    @DBOS.workflow()
    def read(self, meeting_id: str, count: int) -> str:
        """Read one meeting and link what depends on it; returns how it ended."""
        found = self._extract(meeting_id, count)
        failure = found if isinstance(found, dict) else None
        for linked in found if isinstance(found, list) else []:
            failure = failure or self._link(linked)
        if failure:
            self._fail(meeting_id, count, failure)
        elif found:
            self._finish(meeting_id, count)
            if self._ask:
                self._ask(meeting_id, str(count))
        return "failed" if failure else "read" if found else "outdated"

    @DBOS.step()
    def _extract(self, meeting_id: str, count: int) -> list[str] | Failure:
        return _attempt(meeting_id, lambda: self._reader.extract(meeting_id, count))

    @DBOS.step()
    def _link(self, meeting_id: str) -> Failure | None:
        return _attempt(meeting_id, lambda: self._reader.link(meeting_id))

    @DBOS.step()
    def _finish(self, meeting_id: str, count: int) -> None:
        self._reader.finish(meeting_id, count)

    @DBOS.step()
    def _fail(self, meeting_id: str, count: int, failure: Failure) -> None:
        self._reader.fail(meeting_id, count, failure["error"], failure["hint"])


@cache
def reading_jobs() -> ReadingJobs:
    """The reading jobs of this process."""
    return ReadingJobs()


class Readings:
    """Every meeting's reading, as it is wanted and queued. Blocking."""

    def __init__(self, reader: LedgerReader, jobs: ReadingJobs) -> None:
        self._reader, self._jobs = reader, jobs

    def want(self, meeting_ids: Iterable[str]) -> list[str]:
        """Queue that those of the meetings that are ready are read, as they are now. Returns their ids."""
        wanted = self._reader.want(meeting_ids)
        for meeting_id, count in wanted.items():
            self._jobs.enqueue(meeting_id, count)
        return list(wanted)

    def requeue(self) -> None:
        """Queue what was not read to its end, and what a crash has kept from being wanted."""
        self.want(self._reader.unread())


def _attempt(meeting_id: str, step: Callable[[], T]) -> T | Failure:
    return attempt(_WORK, f"`huimai items read {meeting_id}` tries again", step)
