"""All SQL of corrections. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select, update

from ingestion.corrections.domain import Kind, Line, LineEvent, Place, Reach, StoredLine
from ingestion.domain import Stage
from ingestion.errors import NotFoundError
from ingestion.tables import Chunk, CorrectionEvent, Meeting, Utterance

_LINES = (
    select_columns(
        col(Utterance.index),
        col(Utterance.speaker),
        col(Utterance.text),
        col(Utterance.start),
        col(Utterance.end),
        col(Utterance.sure),
        col(Utterance.uncorrected),
    )
    .where(col(Utterance.meeting_id) == bindparam("of"))
    .order_by(col(Utterance.index))
)
_CHANGE = (
    update(Utterance)
    .where(col(Utterance.meeting_id) == bindparam("of"), col(Utterance.index) == bindparam("at"))
    .values(
        speaker=bindparam("new_speaker"),
        text=bindparam("new_text"),
        sure=bindparam("new_sure"),
        uncorrected=bindparam("new_uncorrected"),
    )
)


class CorrectionRepository:
    """Correction events, and the lines and chunks that they change."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def lines(self, meeting_id: str) -> list[StoredLine]:
        """The lines of a meeting in order, without what the recogniser knows of each word."""
        self.session.flush()
        rows = self.session.connection().execute(_LINES, {"of": meeting_id})
        return [_stored(Line(*row[:-1]), row[-1]) for row in rows]

    def set_lines(self, meeting_id: str, lines: Iterable[StoredLine]) -> None:
        """Store the speaker and the text of these lines, and beside them how they were derived."""
        rows = [_row(meeting_id, one) for one in lines]
        self.session.flush()
        if rows:
            self.session.connection().execute(_CHANGE, rows)

    def record(self, event: CorrectionEvent) -> CorrectionEvent:
        """Store a correction after all that the meeting has. The meeting is held."""
        last = select(func.max(CorrectionEvent.number)).where(CorrectionEvent.meeting_id == event.meeting_id)
        event.number = (self.session.exec(last).one() or 0) + 1
        self.session.add(event)
        self.session.flush()
        return event

    def events(self, meeting_id: str) -> list[CorrectionEvent]:
        """The corrections of a meeting in the order in which they were made."""
        wanted = select(CorrectionEvent).where(CorrectionEvent.meeting_id == meeting_id)
        return list(self.session.exec(wanted.order_by(col(CorrectionEvent.number))))

    def of(self, correction_id: str) -> list[CorrectionEvent]:
        """The events of one correction by meeting. Raises NotFoundError."""
        wanted = select(CorrectionEvent).where(CorrectionEvent.correction_id == correction_id)
        found = list(self.session.exec(wanted.order_by(col(CorrectionEvent.meeting_id))))
        if not found:
            raise NotFoundError(f"there is no correction '{correction_id}'", "`huimai corrections MEETING` lists them")
        return found

    def line_events(self, meeting_id: str) -> list[LineEvent]:
        """The corrections of a meeting's lines that stand, in their order."""
        return [
            _line_event(event)
            for event in self.events(meeting_id)
            if event.kind != Kind.MEETING and event.undone_at is None
        ]

    def meetings_with_speaker(self, project_id: str, speaker: str) -> list[str]:
        """The ids of the project's meetings that are ready and in which somebody of that name speaks."""
        wanted = (
            select(Meeting.id)
            .join(Utterance)
            .where(Meeting.project_id == project_id, Meeting.stage == Stage.READY, Utterance.speaker == speaker)
        )
        return sorted(set(self.session.exec(wanted)))

    def followed(self, behind: Mapping[str, int]) -> None:
        """Record that the vectors of these chunks know the changes that were counted; later ones still count."""
        for chunk_id, count in behind.items():
            same = update(Chunk).where(col(Chunk.id) == chunk_id, col(Chunk.behind) == count).values(behind=0)
            self.session.exec(same.execution_options(synchronize_session=False))

    def meetings_behind(self) -> list[str]:
        """The ids of the meetings that are ready and have chunks whose vectors do not know every change."""
        wanted = select(Chunk.meeting_id).join(Meeting).where(Meeting.stage == Stage.READY, col(Chunk.behind) > 0)
        return sorted(set(self.session.exec(wanted)))


def _line_event(event: CorrectionEvent) -> LineEvent:
    right = event.kind == Kind.RIGHT
    return LineEvent(
        kind=Kind(event.kind),
        places=tuple(Place(*place) for place in event.lines),
        after=event.after[Kind.TEXT.value if right else event.kind],
        reach=Reach(event.reach) if event.reach else None,
        speaker=event.after[Kind.SPEAKER.value] if right else None,
    )


def _stored(line: Line, uncorrected: dict[str, Any] | None) -> StoredLine:
    return StoredLine(line, replace(line, **uncorrected) if uncorrected else line)


def _row(meeting_id: str, stored: StoredLine) -> dict[str, Any]:
    line, derived = stored.line, stored.derived
    kept = None if line == derived else {"speaker": derived.speaker, "text": derived.text, "sure": derived.sure}
    return {
        "of": meeting_id,
        "at": line.index,
        "new_speaker": line.speaker,
        "new_text": line.text,
        "new_sure": line.sure,
        "new_uncorrected": kept,
    }
