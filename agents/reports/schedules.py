"""Reports that are made every week. Blocking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from agents.reports.domain import Asked, ReportKind
from agents.reports.repository import ReportRepository
from agents.reports.service import Reports
from agents.reports.tables import ReportSchedule
from agents.reports.weekly import Weekly, periods
from ingestion.database import Database
from ingestion.errors import BadInputError, NotFoundError
from ingestion.repository import ProjectRepository


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A report that is made every week: the names of its projects as they are now, when it is due, the newest day for
    which it was made, or why that failed."""

    id: str
    projects: tuple[str, ...]
    weekly: Weekly
    done: date | None
    error: str | None
    hint: str | None


class Schedules:
    """What is to be made every week, and what of it is due."""

    def __init__(self, database: Database, reports: Reports) -> None:
        self._database, self._reports = database, reports

    def add(self, projects: Sequence[str], weekly: Weekly) -> Scheduled:
        """Have the projects compared week by week from now on. Raises NotFoundError, and BadInputError when none is
        named."""
        names = list(dict.fromkeys(projects))
        if not names:
            raise BadInputError("a weekly report is of a project, or of several", "name one")
        with self._database.session() as session:
            ids = [ProjectRepository(session).named(name).id for name in names]
            made = ReportSchedule(
                projects=ids, weekday=weekly.weekday, at=weekly.at.isoformat("minutes"), timezone=weekly.zone
            )
            reports = ReportRepository(session)
            return _scheduled(reports, reports.put_schedule(made))

    def all(self) -> list[Scheduled]:
        """Every schedule, the oldest first."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            return [_scheduled(reports, one) for one in reports.schedules()]

    def remove(self, schedule_id: str) -> None:
        """Make it no more; what was made stays. Raises NotFoundError."""
        with self._database.session() as session:
            ReportRepository(session).delete_schedule(schedule_id)

    def due(self, now: datetime) -> list[tuple[str, date]]:
        """The ids of the schedules of which a report is to be made now, each with its newest day; days that were missed
        before that one are not made up for."""
        with self._database.session() as session:
            every = ReportRepository(session).schedules()
        newest = [(one, _weekly(one), _weekly(one).newest(now)) for one in every]
        return [
            (one.id, day)
            for one, weekly, day in newest
            if weekly.due(day) > one.created_at and (one.done is None or day > one.done)
        ]

    def make(self, schedule_id: str, day: date) -> str | None:
        """Make the report of a day, once; returns its id, null when the schedule was removed. Raises NotFoundError when
        a project was deleted."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            try:
                schedule = reports.schedule(schedule_id)
            except NotFoundError:
                return None
            if len(reports.project_names(schedule.projects)) < len(schedule.projects):
                raise NotFoundError(
                    "a project of this weekly report was deleted",
                    f"`huimai report schedule remove {schedule_id}` ends it",
                )
        earlier, later = periods(day)
        asked = Asked(ReportKind.COMPARISON, earlier=earlier.days, later=later.days)
        report_id = self._reports.save_scheduled(schedule_id, day, schedule.projects, asked)
        self._record(schedule_id, day)
        return report_id

    def fail(self, schedule_id: str, day: date, error: str, hint: str) -> None:
        """Record why the report of a day was not made; the next one is due a week later."""
        self._record(schedule_id, day, error, hint)

    def _record(self, schedule_id: str, day: date, error: str | None = None, hint: str | None = None) -> None:
        with self._database.session() as session:
            reports = ReportRepository(session)
            schedule = next((one for one in reports.schedules() if one.id == schedule_id), None)
            if schedule and (schedule.done is None or schedule.done <= day):
                schedule.done, schedule.error, schedule.hint = day, error, hint
                reports.put_schedule(schedule)


def _weekly(schedule: ReportSchedule) -> Weekly:
    return Weekly(schedule.weekday, time.fromisoformat(schedule.at), schedule.timezone)


def _scheduled(reports: ReportRepository, schedule: ReportSchedule) -> Scheduled:
    names = tuple(reports.project_names(schedule.projects))
    return Scheduled(schedule.id, names, _weekly(schedule), schedule.done, schedule.error, schedule.hint)
