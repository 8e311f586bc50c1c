"""The front door of rehearings: a span of a recording heard again because somebody asked. Blocking.

What was heard first stays as it is. A rehearing is laid over it, and undoing one takes that layer away.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingestion.corrections.domain import checked_name
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.errors import BadInputError, ConflictError
from ingestion.rehearing_repository import RehearingRepository
from ingestion.repository import MeetingRepository, require_ready
from ingestion.speech.rehearing import around_words, checked_span, within
from ingestion.tables import Rehearing, now


@dataclass(frozen=True, slots=True)
class RehearingRequest:
    """A span of a recording, in seconds, that is to be heard again.

    `language` is an ISO 639-1 code, `auto` to find it out, or None for the only one that the meeting has, if it has
    one. `model` is a recogniser other than the usual one. `made_by` is who asks, as they say.
    """

    start: float
    end: float
    language: str | None = None
    model: str | None = None
    made_by: str | None = None


class Rehearser:
    """Files what is to be heard again, and takes it back. Safe to call from several threads.

    Both put the meeting's ingest back to its start in the same transaction; the caller has to queue it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, meeting_id: str, wanted: RehearingRequest) -> tuple[Rehearing, int]:
        """File a span to be heard again; returns it and the attempt of the ingest that does it.

        Raises NotFoundError, ConflictError for a meeting that is not ready, BadInputError for one without a recording
        and for a span that cannot be heard.
        """
        who = None if wanted.made_by is None else checked_name(wanted.made_by, "who asks")
        with self._database.session() as session:
            meetings, rehearings = MeetingRepository(session), RehearingRepository(session)
            meeting = require_ready(meetings.hold(meeting_id))
            if meeting.media_sha256 is None or meeting.duration is None:
                raise BadInputError(f"'{meeting.title}' is a transcript that was imported", "only recordings are heard")
            heard = rehearings.heard(meeting_id)
            span = around_words(checked_span(wanted.start, wanted.end, meeting.duration), heard)
            asked = Rehearing(
                meeting_id=meeting_id,
                start=span.start,
                end=span.end,
                language=wanted.language,
                model=wanted.model,
                made_by=who,
                before=" ".join(segment.text for segment in within(heard, span)),
            )
            meetings.begin_anew(meeting)
            return rehearings.add(asked), meeting.attempt

    def undo(self, rehearing_id: str) -> tuple[Rehearing, int]:
        """Give back what was heard before, or call off what is still to be heard; returns as `ask`.

        Rehearings of the same span that were made since stay. Raises NotFoundError, and ConflictError when there is
        nothing to undo or the meeting is being ingested.
        """
        meeting_id = self.get(rehearing_id).meeting_id
        with self._database.session() as session:
            meetings, rehearings = MeetingRepository(session), RehearingRepository(session)
            meeting = meetings.hold(meeting_id)
            rehearing = rehearings.get(rehearing_id)
            if rehearing.undone_at is not None:
                raise ConflictError("this rehearing was undone already", "`huimai rehearings MEETING` shows it")
            if rehearing.error is not None:
                raise ConflictError("this rehearing failed and changed nothing", "ask for it again")
            if meeting.stage is not Stage.FAILED:
                require_ready(meeting)
            rehearing.undone_at = now()
            meetings.begin_anew(meeting)
            return rehearing, meeting.attempt

    def list(self, meeting_id: str) -> list[Rehearing]:
        """The rehearings of a meeting, newest first, undone ones too. Raises NotFoundError."""
        with self._database.session() as session:
            MeetingRepository(session).get(meeting_id)
            return RehearingRepository(session).all(meeting_id)[::-1]

    def get(self, rehearing_id: str) -> Rehearing:
        """Raises NotFoundError."""
        with self._database.session() as session:
            return RehearingRepository(session).get(rehearing_id)
