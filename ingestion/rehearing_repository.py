"""All SQL of spans that are heard again. Nothing here commits: the caller's session does."""

from __future__ import annotations

from sqlmodel import Session, col, select

from ingestion.domain import Span, SpokenSegment
from ingestion.errors import NotFoundError
from ingestion.repository import TranscriptRepository
from ingestion.speech.rehearing import Reheard, laid_over
from ingestion.stored_values import segments_from_json
from ingestion.tables import Rehearing


class RehearingRepository:
    """Rehearings, and what a recording says with them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, rehearing: Rehearing) -> Rehearing:
        """Store one that is still to be heard."""
        self.session.add(rehearing)
        self.session.flush()
        return rehearing

    def get(self, rehearing_id: str) -> Rehearing:
        """Raises NotFoundError."""
        found = self.session.get(Rehearing, rehearing_id)
        if found is None:
            raise NotFoundError(f"there is no rehearing '{rehearing_id}'", "`huimai rehearings MEETING` lists them")
        return found

    def all(self, meeting_id: str) -> list[Rehearing]:
        """The rehearings of a meeting in the order in which they were asked for."""
        wanted = select(Rehearing).where(Rehearing.meeting_id == meeting_id)
        return list(self.session.exec(wanted.order_by(col(Rehearing.created_at), col(Rehearing.id))))

    def pending(self, meeting_id: str) -> list[Rehearing]:
        """Those that are still to be heard."""
        return [one for one in self.all(meeting_id) if one.done_at is None and one.undone_at is None]

    def heard(self, meeting_id: str) -> list[SpokenSegment]:
        """What was heard in a recording, in order, with the rehearings that stand."""
        pieces = TranscriptRepository(self.session).pieces(meeting_id)
        first = [segment for piece in pieces for segment in segments_from_json(piece.segments or [])]
        again = [
            Reheard(Span(one.start, one.end), tuple(segments_from_json(one.segments)))
            for one in self.all(meeting_id)
            if one.segments is not None and one.undone_at is None
        ]
        return laid_over(first, again)
