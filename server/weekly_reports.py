"""Weekly reports as durable work: each is made once, also when the machine was off at its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from dbos import DBOS, DBOSConfiguredInstance, SetWorkflowID

from agents.reports.schedules import Schedules
from agents.reports.weekly import occasion
from ingestion.tables import now
from server.durable import Failure, attempt

logger = logging.getLogger(__name__)

REPORT_QUEUE = "reports"

_LOOK_SECONDS = 30.0


@DBOS.dbos_class()
class ReportJobs(DBOSConfiguredInstance):
    """The workflow that makes a report. DBOS finds its instance by name, so a process has one: `report_jobs`."""

    def __init__(self) -> None:
        super().__init__("reports")
        self._schedules: Schedules

    def work_on(self, schedules: Schedules) -> None:
        """Use these schedules from now on; set them before the engine is launched."""
        self._schedules = schedules

    def enqueue(self, schedule_id: str, day: date) -> None:
        """Queue the report of a day; queueing one of the same week again changes nothing."""
        with SetWorkflowID(f"report-{schedule_id}-{occasion(day)}"):
            DBOS.enqueue_workflow(REPORT_QUEUE, self.write, schedule_id, day.isoformat())

    @DBOS.workflow()
    def write(self, schedule_id: str, day: str) -> str:
        """Make the report of a day; returns how it ended."""
        made = self._make(schedule_id, day)
        if isinstance(made, dict):
            self._fail(schedule_id, day, made)
            return "failed"
        return "made" if made else "removed"

    @DBOS.step()
    def _make(self, schedule_id: str, day: str) -> str | Failure | None:
        again = "`huimai report save` makes it now"
        return attempt("the weekly report", again, lambda: self._schedules.make(schedule_id, date.fromisoformat(day)))

    @DBOS.step()
    def _fail(self, schedule_id: str, day: str, failure: Failure) -> None:
        self._schedules.fail(schedule_id, date.fromisoformat(day), failure["error"], failure["hint"])


@cache
def report_jobs() -> ReportJobs:
    """The report jobs of this process."""
    return ReportJobs()


class ReportClock:
    """A thread that queues what is due. It looks again and again, and sleeps never until a certain time, so that a
    machine that was suspended and a clock that was set are seen.

    DBOS has schedules of its own, which make up for each run that was missed; here the newest is wanted alone.
    """

    def __init__(self, schedules: Schedules, jobs: ReportJobs, clock: Callable[[], datetime] = now) -> None:
        self._schedules, self._jobs, self._clock = schedules, jobs, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="weekly-reports", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Queue what is due."""
        for schedule_id, day in self._schedules.due(self._clock()):
            self._jobs.enqueue(schedule_id, day)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except Exception as error:
                # what is due stays due; the database may be locked or the disk full for a while
                logger.warning("weekly reports could not be looked for: %s", error)
            self._stop.wait(_LOOK_SECONDS)
