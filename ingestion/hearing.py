"""The steps from a recording to what was heard in it: words, and whose voice says them."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingestion.domain import Progress, Span, SpokenSegment, Stage
from ingestion.errors import BadInputError, HuimaiError, NotFoundError
from ingestion.media.decode import decode_to_pcm, open_pcm, read_samples
from ingestion.outbound import about
from ingestion.ports import Samples, Transcriber
from ingestion.progress import throttled
from ingestion.rehearing_repository import RehearingRepository
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.speakers.channels import SideFiles
from ingestion.speakers.telling import tell_meeting_apart
from ingestion.speakers.telling_anew import silenced
from ingestion.speech.rehearing import MARGIN_SECONDS, only_language, shifted, within
from ingestion.speech.vad import cut_pieces, speech_spans
from ingestion.steps import Steps
from ingestion.stored_values import segments_to_json, voices_to_json
from ingestion.tables import Media, Meeting, Piece, Rehearing, now
from ingestion.text.glossary import hotwords
from ingestion.text.language import DETECT
from ingestion.voice_repository import VoiceRepository

NO_SPEECH = "no speech was found in it"
"""How the error of a recording ends in which nobody speaks."""

_HOTWORDS = 40
"""A recogniser's prompt is short; more names than this push each other out."""


class HearingSteps(Steps):
    """The steps that listen, in the order of `Stage`."""

    def is_recording(self, meeting_id: str) -> bool:
        """Whether the meeting is heard rather than read."""
        return self._meeting(meeting_id).media_sha256 is not None

    def decode(self, meeting_id: str) -> None:
        """Any recording to 16 kHz mono samples on disk. Raises BadInputError, StorageFullError."""
        meeting = self._enter(meeting_id, Stage.DECODE)
        if self._is_heard(meeting_id):
            return
        if self._deps.diarizer is not None and self._media(meeting).channels == 2:
            SideFiles(self._deps.work / meeting_id).prepare(self._recording(meeting), meeting.source_name)
        target = self._pcm(meeting_id)
        if target.exists():
            return
        progress = self._progress(meeting_id, Stage.DECODE)
        decoded = decode_to_pcm(self._recording(meeting), target, progress, meeting.source_name)
        with self._database.session() as session:
            stored = MeetingRepository(session).get(meeting_id)
            stored.duration = decoded.duration
            stored.notes = [*stored.notes, *(w for w in decoded.warnings if w not in stored.notes)]

    def segment(self, meeting_id: str) -> int:
        """Find speech and plan the transcription steps; returns how many there are.

        Raises BadInputError when nobody speaks.
        """
        meeting = self._enter(meeting_id, Stage.SEGMENT)
        with self._database.session() as session:
            planned = len(TranscriptRepository(session).pieces(meeting_id))
        if planned:
            return planned
        samples = open_pcm(self._pcm(meeting_id))
        speech = speech_spans(samples, self._progress(meeting_id, Stage.SEGMENT))
        if not speech:
            raise BadInputError(
                f"{meeting.source_name}: {NO_SPEECH}",
                "listen to it; if people do speak, the recording is too quiet: raise its volume and ingest it again",
            )
        pieces = cut_pieces(speech, meeting.duration or speech[-1].end, self._deps.settings.piece_seconds)
        with self._database.session() as session:
            TranscriptRepository(session).set_pieces(meeting_id, pieces, speech)
        return len(pieces)

    def transcribe(self, meeting_id: str, index: int) -> None:
        """Recognise one piece, unless it has been. Raises ModelMissingError, StorageFullError."""
        meeting = self._enter(meeting_id, Stage.TRANSCRIBE)
        with self._database.session() as session:
            piece = TranscriptRepository(session).piece(meeting_id, index)
            if piece.segments is not None:
                return
            piece.attempts, piece.seconds_taken = piece.attempts + 1, None
        began = time.monotonic()
        span = Span(piece.start, piece.end)
        samples = read_samples(open_pcm(self._pcm(meeting_id)), span)
        transcriber, progress = self._transcriber(meeting.language), self._heard_so_far(meeting_id, index, began)
        segments = self._recognise(transcriber, meeting, samples, span.start, meeting.language, progress)
        with self._database.session() as session:
            piece = TranscriptRepository(session).piece(meeting_id, index)
            piece.segments = segments_to_json(segments)
            piece.seconds_taken = time.monotonic() - began

    def listen(self, meeting_id: str, index: int) -> None:
        """Hear the voices of one piece, unless they have been. Raises ModelMissingError, StorageFullError."""
        meeting = self._enter(meeting_id, Stage.DIARIZE)
        with self._database.session() as session:
            pieces = TranscriptRepository(session).pieces(meeting_id)
        diarizer, piece, share = self._deps.diarizer, pieces[index], 1 / len(pieces)
        if diarizer is None or self._is_listened(meeting, [piece]) or not self._pcm(meeting_id).exists():
            return
        report = self._progress(meeting_id, Stage.DIARIZE)
        span = Span(piece.start, piece.end)

        def progress(done: float) -> None:
            report((index + done) * share)

        voices = SideFiles(self._deps.work / meeting_id).listen(span, diarizer, progress)
        if voices is None:
            samples = read_samples(open_pcm(self._pcm(meeting_id)), span)
            voices = diarizer.listen(samples, span.start, progress)
        with self._database.session() as session:
            silent = VoiceRepository(session).silent_turns(meeting_id)
            piece = TranscriptRepository(session).piece(meeting_id, index)
            piece.voices, piece.heard_by = voices_to_json(silenced(voices, silent)), diarizer.model_id

    def tell_apart(self, meeting_id: str) -> list[str]:
        """Tell from the voices of all pieces who speaks when, and who of them is known; once, and again when it is
        wanted. Returns the ids of other meetings whose lines then have to be derived anew."""
        self._enter(meeting_id, Stage.DIARIZE)
        diarizer = self._deps.diarizer
        return [] if diarizer is None else tell_meeting_apart(self._database, meeting_id, diarizer.model_id)

    def hear_again(self, meeting_id: str) -> None:
        """Recognise anew the spans that somebody asked for, unless they have been. What could not be heard is noted
        with the rehearing; the meeting goes on with what was heard before."""
        with self._database.session() as session:
            pending = RehearingRepository(session).pending(meeting_id)
        for asked in pending:
            meeting = self._enter(meeting_id, Stage.TRANSCRIBE)
            segments, error = None, None
            try:
                segments, model = self._heard_again(meeting, asked)
            except HuimaiError as failure:
                error, model = failure.message, asked.model
            with self._database.session() as session:
                done = RehearingRepository(session).get(asked.id)
                done.segments = None if segments is None else segments_to_json(segments)
                done.model, done.error, done.done_at = model, error, now()

    def _is_heard(self, meeting_id: str) -> bool:
        """Whether the sound is not needed again."""
        with self._database.session() as session:
            meeting, pieces = (
                MeetingRepository(session).get(meeting_id),
                TranscriptRepository(session).pieces(meeting_id),
            )
        listened = self._is_listened(meeting, pieces)
        return bool(pieces) and listened and all(piece.segments is not None for piece in pieces)

    def _is_listened(self, meeting: Meeting, pieces: Sequence[Piece]) -> bool:
        """Whether the voices of the pieces need not be heard. A recording that was finished without them stays so,
        until somebody wants its speakers told apart anew."""
        if self._deps.diarizer is None:
            return True
        with self._database.session() as session:
            finished = bool(TranscriptRepository(session).utterances(meeting.id, last=0))
        model = self._deps.diarizer.model_id
        heard = all(piece.voices is not None and piece.heard_by == model for piece in pieces)
        return heard or (finished and not meeting.tell_anew)

    def _heard_so_far(self, meeting_id: str, index: int, began: float) -> Progress:
        """Keeps how much of a piece was recognised, and how long that has taken."""

        def report(share: float) -> None:
            with self._database.session() as session:
                MeetingRepository(session).set_stage(meeting_id, Stage.TRANSCRIBE, share)
                TranscriptRepository(session).piece(meeting_id, index).seconds_taken = time.monotonic() - began

        return throttled(report)

    def _recognise(
        self,
        transcriber: Transcriber,
        meeting: Meeting,
        samples: Samples,
        start: float,
        language: str,
        progress: Progress,
    ) -> list[SpokenSegment]:
        """What is said in samples that begin `start` seconds into the meeting, in its time."""
        with self._database.session() as session:
            projects = ProjectRepository(session)
            glossary, project = projects.glossary(meeting.project_id), projects.get(meeting.project_id)
            private, name = project.private, project.name
        with about(private=private, project=name):
            segments = transcriber.transcribe(
                samples,
                language=None if language == DETECT else language,
                hotwords=hotwords(glossary, _HOTWORDS),
                progress=progress,
            )
        return [shifted(segment, start) for segment in segments]

    def _heard_again(self, meeting: Meeting, asked: Rehearing) -> tuple[list[SpokenSegment], str]:
        """What is said in the span that was asked for, and the model that heard it."""
        with self._database.session() as session:
            known = RehearingRepository(session).heard(meeting.id)
        begin = max(0.0, asked.start - MARGIN_SECONDS)
        samples = read_samples(open_pcm(self._sound(meeting)), Span(begin, asked.end + MARGIN_SECONDS))
        language = asked.language or only_language(known) or DETECT
        with self._recogniser(asked.model, language) as recogniser:
            progress = self._progress(meeting.id, Stage.TRANSCRIBE)
            segments = self._recognise(recogniser, meeting, samples, begin, language, progress)
            return within(segments, Span(asked.start, asked.end)), recogniser.model_id

    def _sound(self, meeting: Meeting) -> Path:
        """The decoded recording. Where its ingest has left none it is decoded beside, for none of its steps."""
        kept, again = self._pcm(meeting.id), self._deps.work / meeting.id / "again.pcm"
        if kept.exists():
            return kept
        if not again.exists():
            progress = self._progress(meeting.id, Stage.DECODE)
            decode_to_pcm(self._recording(meeting), again, progress, meeting.source_name)
        return again

    def _transcriber(self, language: str) -> Transcriber:
        own = self._deps.own_transcriber
        return (own(language) if own else None) or self._deps.transcriber

    @contextmanager
    def _recogniser(self, model: str | None, language: str) -> Generator[Transcriber]:
        """The recogniser of that model, by default the one for meetings in that language; any other is unloaded
        afterwards."""
        usual, make = self._transcriber(language), self._deps.other_transcriber
        if model is None or model == usual.model_id:
            yield usual
            return
        if make is None:
            raise BadInputError(f"only {usual.model_id} can be used here", "leave the model out")
        other = make(model)
        try:
            yield other
        finally:
            other.unload()

    def _media(self, meeting: Meeting) -> Media:
        with self._database.session() as session:
            media = MeetingRepository(session).media(meeting.media_sha256 or "")
        if media is None:
            raise NotFoundError(f"the recording of '{meeting.title}' is gone", "ingest the file again")
        return media

    def _recording(self, meeting: Meeting) -> Path:
        media = self._media(meeting)
        return self._deps.media.path(media.sha256, media.extension)
