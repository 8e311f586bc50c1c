"""The front door of ingestion: the steps from a registered meeting to searchable chunks.

Every step can be run again at any time: it skips what is done and replaces what is derived.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingestion.chunking import chunk, chunk_id
from ingestion.correction_repository import CorrectionRepository
from ingestion.corrections.settling import LOST, settle_lines
from ingestion.corrections.voices import settle_voices
from ingestion.database import Database
from ingestion.domain import (
    Progress,
    Span,
    SpokenLine,
    SpokenSegment,
    Stage,
    TranscriptLine,
)
from ingestion.errors import BadInputError, HuimaiError, NotFoundError
from ingestion.indexing import IndexedMeeting, chunk_points
from ingestion.media.decode import decode_to_pcm, open_pcm, read_samples
from ingestion.media.store import MediaStore
from ingestion.ports import Diarizer, Embedder, Samples, Transcriber, VectorStore
from ingestion.progress import throttled
from ingestion.rehearing_repository import RehearingRepository
from ingestion.repository import (
    MeetingRepository,
    ProjectRepository,
    TranscriptRepository,
    segments_to_json,
    voices_to_json,
)
from ingestion.review_repository import ReviewRepository
from ingestion.settings import IngestionSettings
from ingestion.speakers.attribution import Attributed, attribute
from ingestion.speakers.channels import SideFiles
from ingestion.speakers.telling import tell_meeting_apart
from ingestion.speakers.telling_anew import silenced
from ingestion.speech.guard import guard
from ingestion.speech.rehearing import MARGIN_SECONDS, only_language, shifted, within
from ingestion.speech.vad import cut_pieces, speech_spans
from ingestion.tables import Media, Meeting, Piece, Rehearing, now
from ingestion.text.clean import TextCleaner, meeting_cleaner
from ingestion.text.glossary import hotwords
from ingestion.text.language import detect_language
from ingestion.voice_repository import VoiceRepository

NO_SPEECH = "no speech was found in it"
"""How the error of a recording ends in which nobody speaks."""

DETECT = "auto"
"""As the language of a meeting: it is found out from what is heard."""

_HOTWORDS = 40
"""A recogniser's prompt is short; more names than this push each other out."""


@dataclass(frozen=True, slots=True)
class IngestionDeps:
    """What the steps work with. `work` holds files that only live as long as an ingest; without a diarizer nobody is
    told apart, and without `other_transcriber`, which makes the recogniser of another model, there is only the one."""

    database: Database
    media: MediaStore
    transcriber: Transcriber
    diarizer: Diarizer | None
    embedder: Embedder
    vectors: VectorStore
    work: Path
    settings: IngestionSettings
    other_transcriber: Callable[[str], Transcriber] | None = None


class IngestionPipeline:
    """The steps of an ingest, in the order of `Stage`. Blocking: call them from a worker thread."""

    def __init__(self, deps: IngestionDeps) -> None:
        self._deps = deps
        self._database = deps.database

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
            piece.attempts += 1
        began = time.monotonic()
        span = Span(piece.start, piece.end)
        samples = read_samples(open_pcm(self._pcm(meeting_id)), span)
        segments = self._recognise(self._deps.transcriber, meeting, samples, span.start, meeting.language)
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
                lines, notes = _read(transcripts.source_lines(meeting_id), cleaner), []
            transcripts.replace_utterances(meeting_id, lines)
            lost = settle_lines(CorrectionRepository(session), meeting).lost
            settle_voices(session, meeting_id)
            notes += [f"{lost} {LOST}"] if lost else []
            stored = MeetingRepository(session).get(meeting_id)
            kept = [note for note in stored.notes if not note.endswith(LOST)]
            stored.notes = [*kept, *(note for note in notes if note not in kept)]
            if stored.language == DETECT:
                stored.language = _main_language(lines)

    def chunk(self, meeting_id: str) -> None:
        """Cut the utterances into searched chunks."""
        self._enter(meeting_id, Stage.CHUNK)
        with self._database.session() as session:
            transcripts = TranscriptRepository(session)
            drafts = chunk(transcripts.utterances(meeting_id), self._deps.settings.chunk_words)
            transcripts.replace_chunks(meeting_id, [(chunk_id(meeting_id, d.first, d.last), d) for d in drafts])

    def index(self, meeting_id: str) -> None:
        """Embed the chunks and store their vectors in place of what was there."""
        meeting = self._enter(meeting_id, Stage.INDEX)
        with self._database.session() as session:
            transcripts = TranscriptRepository(session)
            chunks = transcripts.chunks(meeting_id)
            spoken, replaced = transcripts.utterances(meeting_id), ReviewRepository(session).replaced_words(meeting_id)
            project = ProjectRepository(session).get(meeting.project_id).name
        self._deps.vectors.delete_meeting(meeting_id)
        report, batch = self._progress(meeting_id, Stage.INDEX), self._deps.settings.embedding_batch * 4
        indexed = IndexedMeeting(meeting_id, project, meeting.date, chunks, spoken, replaced)
        for start in range(0, len(chunks), batch):
            end = min(start + batch, len(chunks))
            self._deps.vectors.upsert(chunk_points(indexed, start, end, self._deps.embedder))
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

    def remove(self, meeting_id: str) -> None:
        """Delete a meeting with everything derived from it: vectors, rows, working files, its recording."""
        self._deps.vectors.delete_meeting(meeting_id)
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.get(meeting_id)
            unused = meetings.delete(meeting)
        shutil.rmtree(self._deps.work / meeting_id, ignore_errors=True)
        if unused:
            self._deps.media.delete(unused)

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

    def _recognise(
        self, transcriber: Transcriber, meeting: Meeting, samples: Samples, start: float, language: str
    ) -> list[SpokenSegment]:
        """What is said in samples that begin `start` seconds into the meeting, in its time."""
        with self._database.session() as session:
            glossary = ProjectRepository(session).glossary(meeting.project_id)
        segments = transcriber.transcribe(
            samples,
            language=None if language == DETECT else language,
            hotwords=hotwords(glossary, _HOTWORDS),
            progress=self._progress(meeting.id, Stage.TRANSCRIBE),
        )
        return [shifted(segment, start) for segment in segments]

    def _heard_again(self, meeting: Meeting, asked: Rehearing) -> tuple[list[SpokenSegment], str]:
        """What is said in the span that was asked for, and the model that heard it."""
        with self._database.session() as session:
            known = RehearingRepository(session).heard(meeting.id)
        begin = max(0.0, asked.start - MARGIN_SECONDS)
        samples = read_samples(open_pcm(self._sound(meeting)), Span(begin, asked.end + MARGIN_SECONDS))
        with self._recogniser(asked.model) as recogniser:
            language = asked.language or only_language(known) or DETECT
            segments = self._recognise(recogniser, meeting, samples, begin, language)
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

    @contextmanager
    def _recogniser(self, model: str | None) -> Generator[Transcriber]:
        """The recogniser of that model, by default the one for every meeting; any other is unloaded afterwards."""
        usual, make = self._deps.transcriber, self._deps.other_transcriber
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
        return _spoken_lines(attributed, labels, cleaner), notes if dropped else []

    def _media(self, meeting: Meeting) -> Media:
        with self._database.session() as session:
            media = MeetingRepository(session).media(meeting.media_sha256 or "")
        if media is None:
            raise NotFoundError(f"the recording of '{meeting.title}' is gone", "ingest the file again")
        return media

    def _recording(self, meeting: Meeting) -> Path:
        media = self._media(meeting)
        return self._deps.media.path(media.sha256, media.extension)

    def _meeting(self, meeting_id: str) -> Meeting:
        with self._database.session() as session:
            return MeetingRepository(session).get(meeting_id)

    def _enter(self, meeting_id: str, stage: Stage) -> Meeting:
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting = meetings.get(meeting_id)
            meeting.started_at = meeting.started_at or now()
            session.flush()
            meetings.set_stage(meeting_id, stage)
            return meeting

    def _progress(self, meeting_id: str, stage: Stage) -> Progress:
        def report(share: float) -> None:
            with self._database.session() as session:
                MeetingRepository(session).set_stage(meeting_id, stage, share)

        return throttled(report)

    def _pcm(self, meeting_id: str) -> Path:
        return self._deps.work / meeting_id / "audio.pcm"


def _spoken_lines(
    attributed: Sequence[Attributed], labels: Mapping[int, str], cleaner: TextCleaner
) -> list[SpokenLine]:
    lines: list[SpokenLine] = []
    for one in attributed:
        segment = one.segment
        cleaned = cleaner.clean(segment.text, segment.language)
        if cleaned.text:
            lines.append(
                SpokenLine(
                    index=len(lines),
                    text=cleaned.text,
                    raw_text=segment.text,
                    speaker=None if one.speaker is None else labels.get(one.speaker),
                    start=segment.start,
                    end=segment.end,
                    language=segment.language,
                    confidence=segment.confidence,
                    words=segment.words,
                    corrections=cleaned.corrections,
                    voice=one.speaker,
                    sure=one.sure,
                )
            )
    return lines


def _read(source: Sequence[TranscriptLine], cleaner: TextCleaner) -> list[SpokenLine]:
    """Imported lines keep their own indices, so an empty one stays in its place."""
    lines: list[SpokenLine] = []
    for index, line in enumerate(source):
        language = detect_language(line.text)
        cleaned = cleaner.clean(line.text, language)
        lines.append(
            SpokenLine(
                index=index,
                text=cleaned.text,
                raw_text=line.text,
                speaker=line.speaker,
                start=line.start,
                end=line.end,
                language=language,
                corrections=cleaned.corrections,
            )
        )
    return lines


def _main_language(lines: Sequence[SpokenLine]) -> str:
    weight: Counter[str] = Counter()
    for line in lines:
        weight[line.language] += len(line.text)
    return weight.most_common(1)[0][0] if weight else "und"
