"""The front door of reports that are kept. Blocking; safe to call from several threads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agents.reports.building import Builder
from agents.reports.domain import Asked, Built, ReportChange, ReportKind, ReportState, Told
from agents.reports.repository import ReportRepository
from agents.reports.staleness import changes
from agents.reports.tables import Report
from ingestion.database import Database
from ingestion.errors import BadInputError, ConflictError, HuimaiError, NotFoundError
from ingestion.repository import MeetingRepository, ProjectRepository

_TRIES = 3


class Reports:
    """Keeps reports as they were built, says of each whether it still holds, and builds them anew."""

    def __init__(self, database: Database, builder: Builder) -> None:
        self._database, self._builder = database, builder

    def save(self, projects: Sequence[str], asked: Asked, name: str | None = None) -> str:
        """Build what is asked of the projects and keep it; returns its id. The project of a review is that of its
        meeting. Raises NotFoundError, BadInputError, and what `Builder.build` raises."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            ids = self._project_ids(reports, projects, asked)
            report = reports.add(Report(name=name, asked=asked.to_json()), ids)
            self._add_version(reports, report)
            return report.id

    def save_scheduled(self, schedule_id: str, occasion: date, project_ids: Sequence[str], asked: Asked) -> str:
        """Build and keep the report of one day of a schedule, once; returns its id. Raises as `rebuild`."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            report = reports.of_occasion(schedule_id, occasion)
            if report is None:
                made = Report(asked=asked.to_json(), schedule_id=schedule_id, occasion=occasion)
                report = reports.add(made, project_ids)
                self._add_version(reports, report)
            return report.id

    def list(
        self, project: str | None = None, *, after: str | None = None, limit: int
    ) -> tuple[list[Told], str | None]:
        """A page of reports, of a project or all, the newest first, and the id with which it ends, null on the last
        page; `after` is that of the page before. Raises NotFoundError."""
        with self._database.session() as session:
            project_id = ProjectRepository(session).named(project).id if project else None
            found = ReportRepository(session).list(project_id, after=after, limit=limit + 1)
        page = [self.show(report.id) for report in found[:limit]]
        return page, page[-1].id if len(found) > limit else None

    def show(self, report_id: str) -> Told:
        """What is known of a report, and whether it holds. Raises NotFoundError."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            report = reports.get(report_id)
            projects = tuple(reports.project_names(reports.project_ids(report_id)))
            versions = tuple(reports.versions(report_id))
            built = reports.built(report_id, versions[0].number)
        asked = Asked.from_json(report.asked)
        state, why, problem = self._standing(report, built)
        return Told(
            report.id,
            report.name,
            asked,
            projects,
            report.created_at,
            report.schedule_id,
            versions,
            built,
            state,
            why,
            problem,
        )

    def built(self, report_id: str, version: int | None = None) -> Built:
        """What a version of a report holds, the newest unless another is named. Raises NotFoundError, and ConflictError
        when its content was deleted."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            reports.get(report_id)
            number = version if version is not None else reports.versions(report_id)[0].number
            found = reports.built(report_id, number)
        if found is None:
            raise ConflictError(
                "a meeting that this report quoted was deleted, and its content with it",
                f"`huimai report rebuild {report_id}` builds it from the meetings that are left",
            )
        return found

    def rebuild(self, report_id: str) -> Told:
        """Build a report anew; what differs from the newest version becomes a new one, and the old ones stay. Two who
        do so at once get one new version. Raises NotFoundError, and what `Builder.build` raises."""
        with self._database.session() as session:
            reports = ReportRepository(session)
            self._add_version(reports, reports.hold(report_id))
        return self.show(report_id)

    def delete(self, report_id: str) -> None:
        """Remove a report with its versions. Raises NotFoundError."""
        with self._database.session() as session:
            ReportRepository(session).delete(report_id)

    def forget_deleted(self) -> int:
        """Take the content out of every version that quotes a meeting that is no more; returns of how many."""
        with self._database.session() as session:
            return ReportRepository(session).empty_of_deleted()

    def _project_ids(self, reports: ReportRepository, projects: Sequence[str], asked: Asked) -> list[str]:
        meetings = MeetingRepository(reports.session)
        if asked.kind is ReportKind.REVIEW and asked.meeting and not projects:
            projects = [meetings.project_name(asked.meeting)]
        names = list(dict.fromkeys(projects))
        asked.require_fit(len(names))
        found = [ProjectRepository(reports.session).named(name).id for name in names]
        if asked.meeting and [meetings.get(asked.meeting).project_id] != found:
            raise BadInputError("the meeting to review is in another project", "leave the project out")
        return found

    def _add_version(self, reports: ReportRepository, report: Report) -> None:
        """Build a report that this session holds, and store that as a version unless the newest is the same."""
        built = self._built_and_held(reports, report)
        versions = reports.versions(report.id)
        newest = reports.built(report.id, versions[0].number) if versions else None
        if newest is None or changes(newest, built):
            reports.add_version(report.id, versions[0].number + 1 if versions else 1, built)

    def _built_and_held(self, reports: ReportRepository, report: Report) -> Built:
        """The report as it is now, from meetings that nobody deletes before the session ends."""
        asked, meetings = Asked.from_json(report.asked), MeetingRepository(reports.session)
        for _ in range(_TRIES):
            names = self._names(reports, report)
            try:
                built = self._builder.build(asked, names)
            except NotFoundError:
                if self._names(reports, report) == names:
                    raise
                continue  # a project was renamed meanwhile
            if len(meetings.hold_all(built.meetings)) == len(built.meetings):
                return built
        raise ConflictError("its meetings and projects change while the report is built", "try again in a moment")

    def _names(self, reports: ReportRepository, report: Report) -> list[str]:
        ids = reports.project_ids(report.id)
        names = reports.project_names(ids)
        if len(names) < len(ids):
            raise NotFoundError(
                "a project of this report was deleted", f"`huimai report delete {report.id}` removes the report"
            )
        return names

    def _standing(
        self, report: Report, built: Built | None
    ) -> tuple[ReportState, tuple[ReportChange, ...], str | None]:
        """Whether what was built holds, why not, and what keeps it from being built."""
        asked = Asked.from_json(report.asked)
        try:
            with self._database.session() as session:
                names = self._names(ReportRepository(session), report)
            now = self._builder.build(asked, names)
        except HuimaiError as error:
            gone = () if built else (ReportChange.MEETING_GONE,)
            return (ReportState.STALE if built else ReportState.REBUILD), (*gone, ReportChange.NOT_BUILT), error.message
        if built is None:
            return ReportState.REBUILD, (ReportChange.MEETING_GONE,), None
        why = changes(built, now)
        return (ReportState.STALE if why else ReportState.CURRENT), why, None
