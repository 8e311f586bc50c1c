"""The SQL of reviews: what flags, glossary changes and suggestions are made of. Nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from ingestion.corrections.domain import Kind
from ingestion.domain import Correction, Word
from ingestion.review.domain import Edit, ReviewLine
from ingestion.tables import CorrectionEvent, Meeting, Utterance
from ingestion.text.glossary import GLOSSARY_REASONS


@dataclass(frozen=True, slots=True)
class CleanedLine:
    """A stored line with the changes that the glossary made when it was cleaned."""

    index: int
    start: float | None
    text: str
    raw_text: str
    language: str
    changes: tuple[Correction, ...]


class ReviewRepository:
    """Reads for reviews; rows come as plain values."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def lines(self, meeting_id: str) -> list[ReviewLine]:
        """The lines of a meeting in order, with what the recogniser knows of each word; none is settled."""
        wanted = (
            select(
                col(Utterance.index),
                col(Utterance.speaker),
                col(Utterance.text),
                col(Utterance.raw_text),
                col(Utterance.start),
                col(Utterance.end),
                col(Utterance.words),
                col(Utterance.sure),
            )
            .where(col(Utterance.meeting_id) == meeting_id)
            .order_by(col(Utterance.index))
        )
        return [
            ReviewLine(*row, words=tuple(Word(*word) for word in words), sure=sure)
            for *row, words, sure in self._rows(wanted)
        ]

    def texts(self, meeting_ids: Sequence[str]) -> list[str]:
        """What is said in these meetings, line by line."""
        return [text for (text,) in self._rows(select(col(Utterance.text)).where(_of(meeting_ids)))]

    def cleaned_lines(self, meeting_id: str) -> list[CleanedLine]:
        """The lines of a meeting in order, as cleaning left them and people corrected them."""
        wanted = (
            select(
                col(Utterance.index),
                col(Utterance.start),
                col(Utterance.text),
                col(Utterance.raw_text),
                col(Utterance.language),
                col(Utterance.corrections),
            )
            .where(col(Utterance.meeting_id) == meeting_id)
            .order_by(col(Utterance.index))
        )
        return [CleanedLine(*row, changes=_of_glossary(made)) for *row, made in self._rows(wanted)]

    def replaced_words(self, meeting_id: str) -> dict[int, str]:
        """By line, the words that the glossary wrote otherwise; only lines that have some."""
        wanted = select(col(Utterance.index), col(Utterance.corrections))
        found = {
            index: " ".join(change.before for change in _of_glossary(made))
            for index, made in self._rows(wanted.where(col(Utterance.meeting_id) == meeting_id))
        }
        return {index: words for index, words in found.items() if words}

    def edits(self, project_id: str | None) -> list[Edit]:
        """The corrections of texts that stand, of a project or of all, oldest first."""
        wanted = (
            select(
                col(CorrectionEvent.meeting_id),
                col(CorrectionEvent.lines),
                col(CorrectionEvent.before),
                col(CorrectionEvent.after),
            )
            .join(Meeting, col(Meeting.id) == col(CorrectionEvent.meeting_id))
            .where(col(CorrectionEvent.kind) == Kind.TEXT.value, col(CorrectionEvent.undone_at).is_(None))
            .order_by(col(CorrectionEvent.made_at))
        )
        if project_id is not None:
            wanted = wanted.where(col(Meeting.project_id) == project_id)
        field = Kind.TEXT.value
        return [
            Edit(meeting_id, lines[0][0], before[field], after[field])
            for meeting_id, lines, before, after in self._rows(wanted)
        ]

    def _rows(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """Rows read past the session's identity map, in which only another reader could be interested."""
        self.session.flush()
        return self.session.connection().execute(wanted).all()


def _of(meeting_ids: Sequence[str]) -> Any:
    return col(Utterance.meeting_id).in_(meeting_ids)


def _of_glossary(made: Sequence[dict[str, str]]) -> tuple[Correction, ...]:
    return tuple(Correction(**one) for one in made if one["reason"] in GLOSSARY_REASONS)
