"""All SQL over the tables of reports. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, delete, select, update

from agents.reports.domain import Built, Version
from agents.reports.tables import Report, ReportMeeting, ReportProject, ReportSchedule, ReportVersion
from ingestion.errors import NotFoundError
from ingestion.tables import Meeting, Project


class ReportRepository:
    """Reports with their versions, and schedules."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, report: Report, project_ids: Sequence[str]) -> Report:
        """Store a new report, that has no version yet."""
        self.session.add(report)
        self.session.flush()
        self.session.add_all(
            ReportProject(report_id=report.id, place=place, project_id=id) for place, id in enumerate(project_ids)
        )
        self.session.flush()
        return report

    def get(self, report_id: str) -> Report:
        """Raises NotFoundError."""
        report = self.session.get(Report, report_id)
        if report is None:
            raise NotFoundError(f"there is no report '{report_id}'", "`huimai report list` lists them")
        return report

    def hold(self, report_id: str) -> Report:
        """The report, to which nobody else can add a version before this session ends. Raises NotFoundError.

        An update locks, where a read would not.
        """
        itself = update(Report).where(col(Report.id) == report_id).values(name=Report.name)
        self.session.exec(itself.execution_options(synchronize_session=False))
        return self.get(report_id)

    def list(self, project_id: str | None = None, *, after: str | None = None, limit: int) -> list[Report]:
        """Reports, the newest first. `after` is the id of the last one seen. Raises NotFoundError when that is gone."""
        query = select(Report).order_by(col(Report.created_at).desc(), col(Report.id).desc())
        if project_id is not None:
            own = select(ReportProject.report_id).where(ReportProject.project_id == project_id)
            query = query.where(col(Report.id).in_(own))
        if after is not None:
            last = self.get(after)
            query = query.where(
                (col(Report.created_at) < last.created_at)
                | ((col(Report.created_at) == last.created_at) & (col(Report.id) < last.id))
            )
        return list(self.session.exec(query.limit(limit)))

    def of_occasion(self, schedule_id: str, occasion: date) -> Report | None:
        """The report that was made for a day of a schedule."""
        wanted = select(Report).where(Report.schedule_id == schedule_id, Report.occasion == occasion)
        return self.session.exec(wanted).first()

    def project_ids(self, report_id: str) -> list[str]:
        """The projects of a report, in their order."""
        wanted = select(ReportProject.project_id).where(ReportProject.report_id == report_id)
        return list(self.session.exec(wanted.order_by(col(ReportProject.place))))

    def project_names(self, project_ids: Iterable[str]) -> list[str]:
        """What those of the projects that there still are are called now, in the order given."""
        ids = list(project_ids)
        names = dict(self.session.exec(select(Project.id, Project.name).where(col(Project.id).in_(ids))).all())
        return [names[id] for id in ids if id in names]

    def versions(self, report_id: str) -> list[Version]:
        """The versions of a report, newest first."""
        wanted = select(ReportVersion.version, ReportVersion.built_at, col(ReportVersion.text).is_not(None)).where(
            ReportVersion.report_id == report_id
        )
        rows = self.session.exec(wanted.order_by(col(ReportVersion.version).desc()))
        return [Version(*row) for row in rows]

    def built(self, report_id: str, number: int) -> Built | None:
        """What a version of a report holds; null where that is gone. Raises NotFoundError."""
        row = self.session.get(ReportVersion, (report_id, number))
        if row is None:
            raise NotFoundError(
                f"the report '{report_id}' has no version {number}",
                f"`huimai report show {report_id}` shows the newest",
            )
        if row.document is None or row.text is None or row.paper is None:
            return None
        wanted = select(ReportMeeting.meeting_id).where(
            ReportMeeting.report_id == report_id, ReportMeeting.version == number
        )
        return Built(row.title, row.document, row.text, row.paper, frozenset(self.session.exec(wanted)))

    def add_version(self, report_id: str, number: int, built: Built) -> None:
        """Store a building of a report."""
        row = ReportVersion(
            report_id=report_id,
            version=number,
            title=built.title,
            document=built.document,
            text=built.text,
            paper=built.paper,
        )
        self.session.add(row)
        self.session.add_all(
            ReportMeeting(report_id=report_id, version=number, meeting_id=id) for id in sorted(built.meetings)
        )
        self.session.flush()

    def delete(self, report_id: str) -> None:
        """Remove a report with its versions. Raises NotFoundError."""
        report = self.get(report_id)
        for table in (ReportMeeting, ReportVersion, ReportProject):
            self.session.exec(delete(table).where(col(table.report_id) == report_id))
        self.session.delete(report)
        self.session.flush()

    def empty_of_deleted(self) -> int:
        """Take the content out of every version in which something of a meeting stands that is no more; returns of how
        many."""
        gone = select(ReportMeeting.report_id, ReportMeeting.version).where(
            col(ReportMeeting.meeting_id).not_in(select(Meeting.id))
        )
        found = self.session.exec(gone.distinct()).all()
        for report_id, version in found:
            row = self.session.get_one(ReportVersion, (report_id, version))
            row.title, row.document, row.text, row.paper = "", None, None, None
            self.session.add(row)
            of_it = (col(ReportMeeting.report_id) == report_id) & (col(ReportMeeting.version) == version)
            self.session.exec(delete(ReportMeeting).where(of_it))
        self.session.flush()
        return len(found)

    def schedules(self) -> list[ReportSchedule]:
        """Every schedule, the oldest first."""
        wanted = select(ReportSchedule).order_by(col(ReportSchedule.created_at), col(ReportSchedule.id))
        return list(self.session.exec(wanted))

    def schedule(self, schedule_id: str) -> ReportSchedule:
        """Raises NotFoundError."""
        found = self.session.get(ReportSchedule, schedule_id)
        if found is None:
            raise NotFoundError(
                f"there is no scheduled report '{schedule_id}'", "`huimai report schedule list` lists them"
            )
        return found

    def put_schedule(self, schedule: ReportSchedule) -> ReportSchedule:
        """Store a schedule."""
        self.session.add(schedule)
        self.session.flush()
        return schedule

    def delete_schedule(self, schedule_id: str) -> None:
        """Remove a schedule; the reports made for it stay. Raises NotFoundError."""
        self.session.delete(self.schedule(schedule_id))
        self.session.flush()
