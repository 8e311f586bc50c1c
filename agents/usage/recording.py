"""Records calls of models: in memory at once, in the database a moment later, so that no answer waits for a disk.

What was recorded in the last `GATHER_SECONDS` is lost when the process is killed; `close` loses nothing. While the
database cannot be written, the records wait in memory, up to `MOST_WAITING`, and what they cost counts all the while.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from agents.llm.domain import Money
from agents.llm.metering import Verdict
from agents.settings import BudgetSettings
from agents.usage.budgets import judge
from agents.usage.counters import CallCounters, Counted
from agents.usage.domain import ModelCallRecord
from agents.usage.months import Month
from agents.usage.purses import RunningPurses
from agents.usage.repository import UsageRepository
from ingestion.database import Database
from ingestion.tables import now

GATHER_SECONDS = 0.25
"""How long records gather before they are written together."""
MOST_WAITING = 50_000
_BATCH = 500
_AGAIN_SECONDS = 5.0
"""How long a database that could not be written is left alone."""
_IDLE_SECONDS = 30.0
"""How often it is looked whether a new month has begun while nothing is recorded."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the budgets say to a call, and the money held for it. `token` is null when it was stopped."""

    verdict: Verdict
    token: int | None


class UsageRecorder:
    """The ledger of calls, and the purse of the running month (UTC). Safe from any thread; only the constructor,
    `flush` and `close` touch the database and block."""

    def __init__(
        self, database: Database, budget: BudgetSettings | None = None, clock: Callable[[], datetime] = now
    ) -> None:
        self._database, self._budget, self._clock = database, budget or BudgetSettings(), clock
        self._waiting: deque[ModelCallRecord] = deque()
        self._counters = CallCounters()
        self._left_out = 0
        self._failing = False
        self._closing = threading.Event()
        # two locks: nobody who records waits for a database
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._month = Month.of(clock())
        self._purses = RunningPurses()
        self._purses.begin(self._stored(self._month))
        self._thread = threading.Thread(target=self._work, name="usage", daemon=True)
        self._thread.start()

    def judge(self, project: str | None, cost: Money | None) -> Verdict:
        """What the budgets say to a call that would cost so much, without holding anything for it."""
        with self._changed:
            return self._judged(project, cost)

    def reserve(self, project: str | None, cost: Money | None) -> Reservation:
        """Ask the budgets, and hold what the call may cost until `settle`. Asking and holding are one step, so calls
        at the same time cannot spend the same money. `cost` should be the most that the call can take: what it takes
        above that is found out only afterwards."""
        with self._changed:
            verdict = self._judged(project, cost)
            return Reservation(verdict, None if verdict.stopped else self._purses.reserve(project, cost))

    def settle(self, token: int, call: ModelCallRecord | None) -> None:
        """End a reservation with the call that was made, or null when none was. Only the first time counts."""
        with self._changed:
            if self._purses.release(token) and call is not None:
                self._add(call)

    def record(self, call: ModelCallRecord) -> None:
        """Record a call for which nothing was reserved."""
        with self._changed:
            self._add(call)

    def under_way(self, project: str | None = None) -> dict[str, int]:
        """What calls under way may cost, by currency, in millionths: of a project, or of all."""
        with self._changed:
            return self._purses.reserved(project)

    def counted(self) -> list[Counted]:
        """What was recorded since this recorder was made, for a monitor."""
        with self._changed:
            return self._counters.all()

    def flush(self) -> bool:
        """Write everything that was recorded before; false when the database could not be written, which never
        raises: the records are kept, and tried again later."""
        with self._writing:
            while batch := self._first_waiting():
                if not self._written(batch):
                    return False
        return True

    def close(self) -> None:
        """Write everything and end. What still cannot be written then is lost, and the log says how much."""
        self._closing.set()
        with self._changed:
            self._changed.notify()
        self._thread.join()
        if not self.flush():
            logger.error("%d calls of models were not recorded: the database cannot be written", len(self._waiting))

    def _judged(self, project: str | None, cost: Money | None) -> Verdict:
        if Month.of(self._clock()) != self._month:
            self._changed.notify()
        return judge(self._budget, self._purses.of(project), project, cost)

    def _add(self, call: ModelCallRecord) -> None:
        self._counters.add(call)
        if call.cost is not None and call.month == self._month:
            self._purses.spend(call.project, call.cost.currency, call.cost_micros or 0)
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(call)
            self._changed.notify()
            return
        if not self._left_out:
            logger.error("%d calls of models wait to be recorded; further ones are left out", MOST_WAITING)
        self._left_out += 1

    def _work(self) -> None:
        while not self._closing.is_set():
            with self._changed:
                self._changed.wait_for(self._wanted, timeout=_IDLE_SECONDS)
            self._closing.wait(GATHER_SECONDS)
            well = self.flush() and self._followed()
            if not well:
                self._closing.wait(_AGAIN_SECONDS)

    def _wanted(self) -> bool:
        return bool(self._waiting) or self._closing.is_set() or Month.of(self._clock()) != self._month

    def _followed(self) -> bool:
        """Begin the month that the clock says, if it is another one; whether that went well. Until then budgets are
        those of the month before."""
        month = Month.of(self._clock())
        if month == self._month:
            return True
        with self._writing:  # nothing moves from memory to the database between the two looks
            try:
                stored = self._stored(month)
            except Exception as error:
                self._failed(error)
                return False
            with self._changed:
                self._month = month
                self._purses.begin(stored)
                for call in self._waiting:
                    if call.cost is not None and call.month == month:
                        self._purses.spend(call.project, call.cost.currency, call.cost_micros or 0)
        return True

    def _stored(self, month: Month) -> list[tuple[str | None, str, int]]:
        with self._database.session() as session:
            return UsageRepository(session).spent(month.first, month.last)

    def _first_waiting(self) -> list[ModelCallRecord]:
        with self._changed:
            return list(islice(self._waiting, _BATCH))

    def _written(self, batch: list[ModelCallRecord]) -> bool:
        try:
            with self._database.session() as session:
                UsageRepository(session).add(batch)
        except Exception as error:
            self._failed(error)
            return False
        with self._changed:
            for _ in batch:
                self._waiting.popleft()
            left_out, self._left_out = self._left_out, 0
        if self._failing or left_out:
            logger.warning("calls of models are recorded again; %d were left out", left_out)
        self._failing = False
        return True

    def _failed(self, error: Exception) -> None:
        """Say once that the database fails, whatever it raises: it shall cost nobody an answer."""
        if not self._failing:
            said = str(error).partition("\n")[0]
            logger.warning("calls of models cannot be recorded now, they are kept and tried again: %s", said)
        self._failing = True
