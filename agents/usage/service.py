"""The front door of the usage ledger. Blocking; safe to call from several threads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from agents.llm.cards import ModelCard
from agents.settings import BudgetSettings
from agents.usage.domain import By
from agents.usage.months import Month
from agents.usage.plan import Plan
from agents.usage.recording import UsageRecorder
from agents.usage.repository import UsageRepository
from agents.usage.simulation import Simulation, priced, simulate
from agents.usage.views import MonthView, budget_lines, row_of, rows_of
from ingestion.database import Database
from ingestion.errors import BadInputError
from ingestion.tables import now

FindCard = Callable[[str], ModelCard]
"""From a model's name to its card. Raises NotFoundError."""


class UsageLedger:
    """Looks at what the recorder wrote."""

    def __init__(
        self,
        database: Database,
        recorder: UsageRecorder,
        budget: BudgetSettings,
        find_card: FindCard,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database, self._recorder, self._budget = database, recorder, budget
        self._find_card, self._clock = find_card, clock

    def month(self, month: str | None, by: By) -> MonthView:
        """A month, like 2026-11, the running one unless named; what was recorded up to now is in it. Raises
        BadInputError."""
        instant = self._clock()
        wanted = Month.parse(month) if month else Month.of(instant)
        self._recorder.flush()
        with self._database.session() as session:
            calls = UsageRepository(session)
            sums = calls.sums(wanted.first, wanted.last, by)
            spent = calls.spent(wanted.first, wanted.last)
        running = wanted == Month.of(instant)
        whose = (None, *self._budget.projects) if running else ()
        under_way = {project: self._recorder.under_way(project) for project in whose}
        passed = wanted.passed(instant) if running else None
        lines = budget_lines(self._budget, spent, under_way, passed)
        return MonthView(wanted, by, rows_of(sums, by), row_of(sums), lines, self._budget.warn_at)

    def simulate(
        self, plan: Plan, month: str | None = None, since: date | None = None, until: date | None = None
    ) -> Simulation:
        """What the calls of a month, the running one unless named, or of days, both included, would have cost by a
        plan. Raises BadInputError and NotFoundError."""
        first, last = self._days(month, since, until)
        tiers = priced(plan, self._find_card)
        self._recorder.flush()
        with self._database.session() as session:
            return simulate(UsageRepository(session).calls(first, last), tiers, first, last)

    def _days(self, month: str | None, since: date | None, until: date | None) -> tuple[date, date]:
        today = self._clock().astimezone(UTC).date()
        if month is not None and (since or until):
            raise BadInputError("both a month and days are named", "name one of them")
        if since is None and until is not None:
            raise BadInputError("it is not said from which day on", "name the first day too")
        if since is None:
            wanted = Month.parse(month) if month else Month.of(self._clock())
            first, last = wanted.first, wanted.last
        else:
            first, last = since, until or today
        last = min(last, today)
        if first > last:
            raise BadInputError(f"no day is both from {first} on and up to {last}", "the past is what can be replayed")
        return first, last
