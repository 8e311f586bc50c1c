"""The front door of ingestion: the steps from a registered meeting to searchable chunks.

Every step can be run again at any time: it skips what is done and replaces what is derived.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable

from sqlmodel import Session

from ingestion.chunking import chunk, chunk_id
from ingestion.correction_repository import CorrectionRepository
from ingestion.corrections.settling import LOST, settle_lines
from ingestion.corrections.voices import settle_voices
from ingestion.domain import Span, SpokenLine, Stage
from ingestion.errors import NotFoundError
from ingestion.hearing import HearingSteps
from ingestion.indexing import IndexedMeeting, chunk_points
from ingestion.lines import heard_lines, main_language, read_lines
from ingestion.private import about_meeting
from ingestion.rehearing_repository import RehearingRepository
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.review_repository import ReviewRepository
from ingestion.speakers.attribution import attribute
from ingestion.speech.guard import guard
from ingestion.tables import Meeting
from ingestion.text.clean import TextCleaner, meeting_cleaner
from ingestion.text.language import DETECT
from ingestion.voice_repository import VoiceRepository


class IngestionPipeline(HearingSteps):
    """The steps of an ingest, in the order of `Stage`. Blocking: call them from a worker thread."""

    def clean(self, meeting_id: str) -> None:
        """Turn what was recognised or imported into utterances, as people corrected them; the raw text is kept
        beside."""
        meeting = self._enter(meeting_id, Stage.CLEAN)
        with self._database.session() as session:
            transcripts = TranscriptRepository(session)
            glossary = ProjectRepository(session).glossary(meeting.project_id)
            recorded = meeting.media_sha256 is not None
            cleaner = meeting_cleaner(self._deps.settings, glossary, recorded=recorded)
            if recorded:
                lines, notes = self._heard(transcripts, meeting_id, cleaner)
            else:
                lines, notes = read_lines(transcripts.source_lines(meeting_id), cleaner), []
            transcripts.replace_utterances(meeting_id, lines)
            lost = settle_lines(CorrectionRepository(session), meeting).lost
            settle_voices(session, meeting_id)
            notes += [f"{lost} {LOST}"] if lost else []
            stored = MeetingRepository(session).get(meeting_id)
            kept = [note for note in stored.notes if not note.endswith(LOST)]
            stored.notes = [*kept, *(note for note in notes if note not in kept)]
            if stored.language == DETECT:
                stored.language = main_language(lines)

    def chunk(self, meeting_id: str) -> None:
        """Cut the utterances into searched chunks."""
        self._enter(meeting_id, Stage.CHUNK)
        with self._database.session() as session:
            transcripts = TranscriptRepository(session)
            drafts = chunk(transcripts.utterances(meeting_id), self._deps.settings.chunk_words)
            transcripts.replace_chunks(meeting_id, [(chunk_id(meeting_id, d.first, d.last), d) for d in drafts])

    def index(self, meeting_id: str) -> None:
        """Embed the chunks and store their vectors in place of what was there. Raises PrivacyError once the project is
        private and the embedding server on another machine."""
        meeting = self._enter(meeting_id, Stage.INDEX)
        with self._database.session() as session:
            transcripts = TranscriptRepository(session)
            chunks = transcripts.chunks(meeting_id)
            spoken, replaced = transcripts.utterances(meeting_id), ReviewRepository(session).replaced_words(meeting_id)
            project = ProjectRepository(session).get(meeting.project_id).name
        report, batch = self._progress(meeting_id, Stage.INDEX), self._deps.settings.embedding_batch * 4
        indexed = IndexedMeeting(meeting_id, project, meeting.date, chunks, spoken, replaced)
        if not chunks:
            self._deps.vectors.delete_meeting(meeting_id)
        for start in range(0, len(chunks), batch):
            end = min(start + batch, len(chunks))
            with about_meeting(self._database, meeting_id):
                points = chunk_points(indexed, start, end, self._deps.embedder)
            if start == 0:  # an embedder that fails at once takes nothing away
                self._deps.vectors.delete_meeting(meeting_id)
            self._deps.vectors.upsert(points)
            report(end / len(chunks))
        self._forget_if_deleted(meeting_id)

    def finish(self, meeting_id: str) -> bool:
        """Mark the meeting ready and drop its working files; false, and nothing done, when speakers were named after
        the lines were made: they have to be made again."""
        with self._database.session() as session:
            MeetingRepository(session).hold(meeting_id)
            if VoiceRepository(session).is_renamed(meeting_id):
                return False
            MeetingRepository(session).set_stage(meeting_id, Stage.READY)
        shutil.rmtree(self._deps.work / meeting_id, ignore_errors=True)
        return True

    def fail(self, meeting_id: str, error: str, hint: str) -> None:
        """Record why the ingest failed. The recording and every finished piece stay."""
        with self._database.session() as session:
            MeetingRepository(session).fail(meeting_id, error, hint)

    def remove(self, meeting_id: str, also: Callable[[Session, Meeting], None] = lambda session, held: None) -> None:
        """Delete a meeting with everything derived from it: vectors, rows, working files, its recording. `also` deletes
        what others have derived, while nobody can add to it."""
        self._deps.vectors.delete_meeting(meeting_id)
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.hold(meeting_id)
            also(session, meeting)
            unused = meetings.delete(meeting)
        shutil.rmtree(self._deps.work / meeting_id, ignore_errors=True)
        if unused:
            self._deps.media.delete(unused)

    def _forget_if_deleted(self, meeting_id: str) -> None:
        """A meeting that was deleted while it was indexed leaves no vectors behind."""
        try:
            self._meeting(meeting_id)
        except NotFoundError:
            self._deps.vectors.delete_meeting(meeting_id)
            raise

    def _heard(
        self, transcripts: TranscriptRepository, meeting_id: str, cleaner: TextCleaner
    ) -> tuple[list[SpokenLine], list[str]]:
        pieces = transcripts.pieces(meeting_id)
        recognised = RehearingRepository(transcripts.session).heard(meeting_id)
        speech = [Span(start, end) for piece in pieces for start, end in piece.speech]
        kept, dropped = guard(recognised, speech)
        notes = [f"{len(dropped)} invented passages were left out (repeats, or words where nobody speaks)"]
        attributed = attribute(kept, transcripts.turns(meeting_id))
        labels = VoiceRepository(transcripts.session).keep_labels(meeting_id)
        return heard_lines(attributed, labels, cleaner), notes if dropped else []
