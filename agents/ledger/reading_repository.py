"""The SQL of readings: how far meetings were read. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, and_, col, or_, select, tuple_, update

from agents.ledger.tables import LedgerEdit, Reading
from ingestion.domain import Stage
from ingestion.tables import CorrectionEvent, Meeting, now


class ReadingRepository:
    """How far meetings were read."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def want(self, meeting_id: str) -> int:
        """Record that a meeting has to be read again; returns the count that its reading gets."""
        reading = self.session.get(Reading, meeting_id, with_for_update=True)
        if reading is None:
            reading = Reading(meeting_id=meeting_id, wanted=0)
            self.session.add(reading)
        reading.wanted += 1
        reading.error = reading.hint = None
        reading.changed_at = now()
        self.session.flush()
        return reading.wanted

    def reading(self, meeting_id: str) -> Reading | None:
        """How far a meeting was read, null before anybody wanted it."""
        return self.session.get(Reading, meeting_id)

    def readings(self, project_id: str) -> list[tuple[Meeting, Reading | None]]:
        """The ready meetings of a project by day and id, each with how far it was read."""
        wanted = (
            select(Meeting, Reading)
            .join(Reading, col(Reading.meeting_id) == col(Meeting.id), isouter=True)
            .where(Meeting.project_id == project_id, Meeting.stage == Stage.READY)
            .order_by(col(Meeting.date), col(Meeting.id))
        )
        return [(meeting, reading) for meeting, reading in self.session.exec(wanted)]

    def finished(self, meeting_id: str, count: int) -> None:
        """Record that the `count`th reading of a meeting has ended; nothing when the meeting is gone."""
        if reading := self.reading(meeting_id):
            reading.done, reading.error, reading.hint = max(reading.done, count), None, None
            reading.read_at = now()
            self.session.flush()

    def failed(self, meeting_id: str, count: int, error: str, hint: str) -> None:
        """Record why the `count`th reading of a meeting failed; what was read before stays. Nothing when the meeting is
        gone or a newer reading is wanted."""
        reading = self.reading(meeting_id)
        if reading and reading.wanted == count:
            reading.error, reading.hint = error, hint
            self.session.flush()

    def next_after(self, meeting: Meeting) -> list[str]:
        """The id of the first ready meeting of its project after this one; empty when it is the last."""
        later = tuple_(col(Meeting.date), col(Meeting.id)) > (meeting.date, meeting.id)
        wanted = select(Meeting.id).where(Meeting.project_id == meeting.project_id, Meeting.stage == Stage.READY, later)
        return list(self.session.exec(wanted.order_by(col(Meeting.date), col(Meeting.id)).limit(1)))

    def unread(self) -> list[str]:
        """The ready meetings, by day, that nobody wanted read since they were made or corrected or their items were
        edited last, or whose reading has not ended. One whose reading failed is left alone."""
        corrected = select(CorrectionEvent.correction_id).where(
            CorrectionEvent.meeting_id == Meeting.id,
            or_(
                col(CorrectionEvent.made_at) > col(Reading.changed_at),
                col(CorrectionEvent.undone_at) > col(Reading.changed_at),
            ),
        )
        edited = select(LedgerEdit.id).where(
            LedgerEdit.meeting_id == Meeting.id,
            or_(
                col(LedgerEdit.made_at) > col(Reading.changed_at),
                col(LedgerEdit.undone_at) > col(Reading.changed_at),
            ),
        )
        wanted = (
            select(Meeting.id)
            .join(Reading, col(Reading.meeting_id) == col(Meeting.id), isouter=True)
            .where(
                Meeting.stage == Stage.READY,
                or_(
                    col(Reading.meeting_id).is_(None),
                    and_(col(Reading.wanted) > col(Reading.done), col(Reading.error).is_(None)),
                    col(Meeting.finished_at) > col(Reading.changed_at),
                    corrected.exists(),
                    edited.exists(),
                ),
            )
        )
        return list(self.session.exec(wanted.order_by(col(Meeting.date), col(Meeting.id))))

    def relink(self, meeting_ids: Iterable[str]) -> None:
        """Record that what was linked to these meetings was linked to something else than they hold now."""
        stale = update(Reading).where(col(Reading.meeting_id).in_(list(meeting_ids)))
        self.session.exec(stale.values(project_id=None, day=None).execution_options(synchronize_session=False))
