"""Reads over the lines of many meetings at once: who speaks in them, and where words are said."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, false, func, or_, select

from ingestion.tables import Utterance


class LineRepository:
    """Lines of meetings, without what is not asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def first_lines(self, meeting_ids: Sequence[str]) -> list[tuple[str, str, int]]:
        """For each meeting and everybody known who speaks in it: both, and the first line that they say."""
        wanted = (
            select(Utterance.meeting_id, Utterance.speaker, func.min(col(Utterance.index)))
            .where(col(Utterance.meeting_id).in_(meeting_ids), col(Utterance.speaker).is_not(None))
            .group_by(col(Utterance.meeting_id), col(Utterance.speaker))
        )
        return [(meeting, speaker, first) for meeting, speaker, first in self.session.exec(wanted) if speaker]

    def saying(self, meeting_ids: Sequence[str], words: Sequence[str]) -> list[tuple[str, int, str]]:
        """The lines in which any of the words stands, whatever is around it: meeting, index, text. No word, no line."""
        wanted = select(Utterance.meeting_id, Utterance.index, Utterance.text).where(
            col(Utterance.meeting_id).in_(meeting_ids),
            or_(false(), *(col(Utterance.text).contains(word, autoescape=True) for word in words)),
        )
        return list(self.session.exec(wanted)) if words else []
