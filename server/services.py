"""The composition root: every collaborator is made here, once, from the settings."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sqlmodel import Session

from agents.comparison.who import Listener
from agents.dossier.background import ProjectBackground
from agents.known_people import KnownPeople
from agents.ledger.edits_service import LedgerEditor
from agents.ledger.reader import LedgerReader, forget_reading
from agents.ledger.repository import LedgerRepository
from agents.ledger.service import Ledger
from agents.link.meaning import EmbedderMeaning
from agents.llm.gateway import ChatGateway
from agents.qa.ledger import ProjectLedgers
from agents.reading.asking import ModelReader
from agents.reading.repository import InquiryRepository
from agents.reports.building import Builder
from agents.reports.schedules import Schedules
from agents.reports.service import Reports
from agents.repository import ConversationRepository
from agents.templates.catalogue import Templates
from agents.usage.metering import UsageMeter
from agents.usage.recording import UsageRecorder
from agents.usage.served import EMBED, RERANK, TRANSCRIBE, ServedModel
from agents.usage.service import UsageLedger
from ingestion.corrections.service import Corrector
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.embedding.factory import is_remote_embedder, open_embedder, open_served_embedder
from ingestion.errors import ConflictError, IndexUnusableError, ModelFailedError, ModelMissingError
from ingestion.http_calls import OnAnswered
from ingestion.media.store import MediaStore, Received
from ingestion.models.card import ModelTask
from ingestion.models.store import ModelStore
from ingestion.outbound import Outbound, quieten_libraries
from ingestion.pipeline import IngestionPipeline
from ingestion.ports import Diarizer, Embedder, Transcriber, VectorStore
from ingestion.registration import Registered, Registrar, Submission
from ingestion.rehearing import RehearingRequest, Rehearser
from ingestion.repository import MeetingRepository, ProjectRepository, require_ready
from ingestion.review.service import Reviewer
from ingestion.side_repository import SideRepository
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.factory import open_diarizer
from ingestion.speakers.memory import VoiceMemory
from ingestion.speakers.telling import want_told_anew
from ingestion.speech.choice import Why, choose_recogniser, require_recogniser
from ingestion.speech.second import SecondOpinion
from ingestion.speech.servers.factory import is_remote_server, open_served_transcriber
from ingestion.speech.whisper import FasterWhisperTranscriber
from ingestion.steps import IngestionDeps
from ingestion.tables import Meeting, Rehearing
from ingestion.text.sparse import query_vector
from ingestion.vectors.factory import open_store
from ingestion.voice_repository import VoiceRepository
from retrieval.ports import Reranker
from retrieval.rerank.factory import is_remote_reranker, open_reranker
from retrieval.service import RetrievalService
from server.archive import write_backup
from server.askings import ASKING_QUEUE, AppLoop, Askings, asking_jobs
from server.catalogue import open_cards, open_models
from server.durable import JobEngine
from server.home import Home
from server.idle import IdleDiarizer, IdleEmbedder, IdleReranker, IdleTranscriber, IdleWatcher
from server.ingests import Ingests
from server.jobs import INGEST_QUEUE, ingest_jobs
from server.migrations import migrate
from server.partial_uploads import PartialUploads
from server.readings import READING_QUEUE, Readings, reading_jobs
from server.recognisers import OwnRecognisers
from server.settings import Settings
from server.waveforms import Waveforms
from server.weekly_reports import REPORT_QUEUE, ReportClock, report_jobs

if TYPE_CHECKING:
    from agents.runner import QaRunner

logger = logging.getLogger(__name__)

_NEEDED_BY_QUESTIONS = ("agents.qa.graph", "langgraph.checkpoint.sqlite.aio", "ctranslate2", "sentencepiece")
"""Libraries that take a second or two to import."""
_BOTH_LANGUAGES = "会议 meetings"
_SPEECH_TASKS = "speech-tasks"
"""The folder, among those of running ingests, in which tasks of a speech recognition server are kept."""


class Services:
    """Everything that works on an open data home. Blocking, unless said otherwise.

    The caller owns the home (`Home.own`) from before `open` until after `close`.
    """

    def __init__(self, settings: Settings, home: Home) -> None:
        self.settings, self.home = settings, home
        self.outbound = Outbound(settings.offline)
        self.ready = False

    def open(self) -> None:
        """Migrate and open the stores; unfinished jobs go on. No model is loaded."""
        quieten_libraries(self.outbound)
        for folder in (self.home.media, self.home.work):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database = Database(self.settings.database_url or f"sqlite:///{self.home.database}")
        migrate(self.database)
        self.media = MediaStore(self.home.media)
        self.media.sweep()
        self.partial_uploads.sweep()
        self.models = open_models(self.settings)
        self._watcher = IdleWatcher(self.settings.ingestion.idle_unload_seconds)
        self.embedder = IdleEmbedder(self.new_embedder(), self._watcher)
        self.ingests = Ingests(self.database, ingest_jobs(), self.home.folder)
        self.vectors, rebuild = self._open_vectors()
        self.retrieval = RetrievalService(
            self.database, self.vectors, self.embedder, self.settings.retrieval, self._open_reranker()
        )
        self.pipeline = IngestionPipeline(self.ingestion_deps())
        self.corrector = Corrector(self.database, self.vectors, self.embedder, self.settings.ingestion)
        self._registrar = Registrar(self.database, self.media)
        self._voice_memory = VoiceMemory(self.database)
        self.rehearser = Rehearser(self.database)
        reader = LedgerReader(self.database, EmbedderMeaning(self.embedder))
        self.readings = Readings(reader, reading_jobs())
        self.ledger = Ledger(self.database, self.retrieval)
        self.editor = LedgerEditor(self.database)
        builder = Builder(self.database, self.ledger, self.retrieval, Templates(self.home.templates))
        self.reports = Reports(self.database, builder)
        self.schedules = Schedules(self.database, self.reports)
        self._engine = JobEngine(self.settings.jobs_database_url or f"sqlite:///{self.home.jobs}")
        ingest_jobs().work_on(self.pipeline, self.ingests.derive_again, self.readings.want)
        self.cards, budget = open_cards(self.settings), self.settings.agents.budget
        self.recorder = UsageRecorder(self.database, budget)
        self.usage = UsageLedger(self.database, self.recorder, budget, self.cards.get)
        self.chat = self._open_chat()
        background = ProjectBackground(self.ledger)
        self._loop = AppLoop()
        self._askings = Askings(reader, asking_jobs(), self._loop)
        model = ModelReader(self.database, reader, background, self.chat, self.settings.agents)
        asking_jobs().work_on(model, self._loop, reader, self.readings.want)
        reading_jobs().work_on(reader, asking_jobs().enqueue if self.chat.reads_meetings() else None)
        report_jobs().work_on(self.schedules)
        # one at a time: what a reading stores is what the next one links to
        queues = {READING_QUEUE: 1, ASKING_QUEUE: 1, REPORT_QUEUE: 1}
        self._engine.launch({INGEST_QUEUE: self.settings.ingestion.workers, **queues})
        self._watcher.start()
        if rebuild:
            self.reindex()
        self.ingests.requeue()
        self.readings.requeue()
        self.reports.forget_deleted()
        self._report_clock = ReportClock(self.schedules, report_jobs())
        self._report_clock.start()
        self.ready = True

    def ask_models_in(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let chat models read meetings in this event loop, in which questions are answered too."""
        self._askings.begin(loop)

    def prepare(self) -> None:
        """Load the libraries, dictionaries and the tokenizer that questions need, while nobody waits, but no model."""
        for module in _NEEDED_BY_QUESTIONS:
            importlib.import_module(module)
        query_vector(_BOTH_LANGUAGES)
        with suppress(ModelMissingError, ModelFailedError):  # a question will say it
            self.embedder.prepare()

    def warm_up(self) -> None:
        """Load the model that a question needs, by searching once. Raises ModelMissingError."""
        self.retrieval.search(_BOTH_LANGUAGES, limit=1)

    def close(self) -> None:
        """Stop the jobs, flush and release everything. What was under way goes on at the next `open`."""
        self.ready = False
        self.waveforms.close()
        self._watcher.stop()
        self._report_clock.stop()
        self._askings.close()
        self._engine.close()
        self.corrector.close()
        self.vectors.close()
        self.recorder.close()
        self.database.close()

    @cached_property
    def runner(self) -> QaRunner:
        """The question answerer. Made at first use, since LangGraph takes a second to import."""
        from agents.runner import QaRunner

        return QaRunner(
            self.database,
            self.retrieval,
            ProjectBackground(self.ledger),
            self.chat,
            self.home.conversations,
            self.settings.agents,
            ProjectLedgers(self.ledger, Listener(self.database)),
        )

    def register(self, received: Received, submission: Submission) -> list[Registered]:
        """Store a received file as meetings and queue their ingest. Raises BadInputError."""
        registered = self._registrar.register(received, submission)
        for new in registered:
            if not new.duplicate:
                self.ingests.enqueue(new.meeting_id, attempt=0)
        return registered

    def reindex(self) -> int:
        """Queue every meeting to be cut and embedded anew; returns how many. Finished pieces are not heard again."""
        indexed = (Stage.CHUNK, Stage.INDEX, Stage.READY)
        # begun anew before the vectors go, so that a crash in between loses none of them
        again = self.ingests.begin_anew(self.ingests.meeting_ids(), indexed)
        self.vectors.clear()
        # an ingest that came to its vectors meanwhile may have lost them
        again |= self.ingests.begin_anew(self.ingests.meeting_ids(), indexed)
        for meeting_id, attempt in again.items():
            self.ingests.enqueue(meeting_id, attempt)
        return len(again)

    def name_speakers(self, meeting_id: str, names: Mapping[int, str | None], remember_by: str | None) -> list[str]:
        """Say who speakers of a meeting are, see `VoiceMemory.name`. The meetings that now call somebody by another
        name, which are returned, are cut and embedded anew. Raises NotFoundError."""
        return self.ingests.derive_again(self._voice_memory.name(meeting_id, names, remember_by))

    def tell_speakers(self, meeting_id: str, bounds: Bounds | None) -> list[str]:
        """Queue that the speakers of a recording are told apart anew, see `want_told_anew`. Returns the id.

        Raises NotFoundError, BadInputError, ConflictError while the meeting is not ready or nobody is told apart.
        """
        if not self.settings.ingestion.tells_apart:
            raise ConflictError("no model tells speakers apart here", "set HUIMAI_INGESTION__SPEAKER_MODEL")
        with self.database.session() as session:
            meetings = MeetingRepository(session)
            meeting = require_ready(meetings.hold(meeting_id))
            want_told_anew(meeting, bounds)
            meetings.begin_anew(meeting)
        self.ingests.enqueue(meeting_id, meeting.attempt)
        return [meeting_id]

    @cached_property
    def waveforms(self) -> Waveforms:
        """The waveforms of the recordings."""
        return Waveforms(self.media)

    @cached_property
    def partial_uploads(self) -> PartialUploads:
        """The uploads that can be resumed."""
        return PartialUploads(self.home.uploads)

    @cached_property
    def reviewer(self) -> Reviewer:
        """What says which stored lines a person should look at."""
        return Reviewer(self.database, self.corrector, self.settings.ingestion)

    def apply_glossary(self, project: str | None) -> list[str]:
        """Queue the stored meetings of a project, or all, in which the glossary would change or take back something,
        to be derived anew. Returns their ids. Raises NotFoundError."""
        return self.ingests.derive_again(self.reviewer.outdated(project))

    def drop_voiceprint(self, voiceprint_id: str) -> list[str]:
        """Take one meeting's voice out of a person's profile. Returns as `name_speakers`. Raises NotFoundError."""
        return self.ingests.derive_again(self._voice_memory.drop_voiceprint(voiceprint_id))

    def rename_person(self, person_id: str, name: str) -> list[str]:
        """Call a person otherwise in all meetings, see `VoiceMemory.rename`. Returns as `name_speakers`."""
        return self.ingests.derive_again(self._voice_memory.rename(person_id, name))

    def rename_speaker(self, project: str, name: str, wanted: str) -> list[str]:
        """Call somebody otherwise in all meetings of a project, whether a voice, a transcript or a correction names
        them. Returns the ids of the meetings that change. Raises NotFoundError for a name that nobody has."""
        with self.database.session() as session:
            owner = ProjectRepository(session).named(project)
            person = VoiceRepository(session).person_named(owner.id, name)
            if person is None:
                SideRepository(session).require_speaker(owner.id, name)
        corrected = [event.meeting_id for event in self.corrector.rename_speaker(owner.id, name, wanted)]
        self.follow_corrections(corrected)
        following = self.rename_person(person.id, wanted) if person is not None else []
        return sorted({*corrected, *following})

    def forget_person(self, person_id: str) -> list[str]:
        """Delete a person with all their voice data. Returns as `name_speakers`. Raises NotFoundError."""
        return self.ingests.derive_again(self._voice_memory.forget(person_id))

    def rehear(self, meeting_id: str, wanted: RehearingRequest) -> Rehearing:
        """Queue a span of a recording to be heard again, see `Rehearser.ask`. Raises also ModelMissingError when the
        wanted model is not here."""
        if wanted.model is not None:
            require_recogniser(self.models.catalogue.get(wanted.model))
            self.models.path(wanted.model)
        asked, attempt = self.rehearser.ask(meeting_id, wanted)
        self.ingests.enqueue(meeting_id, attempt)
        return asked

    def undo_rehearing(self, rehearing_id: str) -> Rehearing:
        """Give back what was heard before, see `Rehearser.undo`."""
        undone, attempt = self.rehearser.undo(rehearing_id)
        self.ingests.enqueue(undone.meeting_id, attempt)
        return undone

    def follow_corrections(self, meeting_ids: Sequence[str]) -> None:
        """What was derived from corrected meetings follows: those whose speakers are called otherwise, since they were
        filed elsewhere, are derived again; all are read again."""
        with self.database.session() as session:
            voices = VoiceRepository(session)
            renamed = [meeting_id for meeting_id in meeting_ids if voices.is_renamed(meeting_id)]
        self.ingests.derive_again(renamed)
        self.readings.want(meeting_ids)

    def delete_meeting(self, meeting_id: str) -> None:
        """Delete a meeting with everything derived from it. Raises NotFoundError."""
        with self.database.session() as session:
            meeting = MeetingRepository(session).get(meeting_id)
        self.ingests.stop(meeting)
        with self.database.session() as session:
            ConversationRepository(session).delete_citing(meeting_id)
        following: list[str] = []

        def forget(session: Session, held: Meeting) -> None:
            following.extend(forget_reading(LedgerRepository(session), InquiryRepository(session), held))

        self.pipeline.remove(meeting_id, also=forget)
        # a report that is built meanwhile is kept only of meetings that are there: see `Reports`
        self.reports.forget_deleted()
        self.readings.want(following)
        self.ingests.derive_again(self._voice_memory.recognise_again(meeting.project_id))

    def delete_project(self, name: str) -> None:
        """Delete an empty project. Raises NotFoundError, and ConflictError while it has meetings."""
        with self.database.session() as session:
            projects = ProjectRepository(session)
            project = projects.named(name)
            count = {p.id: n for p, n in projects.all()}[project.id]
            if count:
                raise ConflictError(
                    f"'{name}' still has {count} meetings", "delete them first: `huimai meetings delete`"
                )
            projects.delete(project)

    def write_backup(self, target: BinaryIO) -> None:
        """Write a consistent copy of the data home to `target` as a tar."""
        self.recorder.flush()
        write_backup(self.home, self.vectors, target)

    def ingestion_deps(self) -> IngestionDeps:
        """What the steps of an ingest work with."""
        diarizer = self.new_diarizer()
        return IngestionDeps(
            database=self.database,
            media=self.media,
            transcriber=IdleTranscriber(self.new_transcriber(), self._watcher),
            diarizer=IdleDiarizer(diarizer, self._watcher) if diarizer else None,
            embedder=self.embedder,
            vectors=self.vectors,
            work=self.home.work,
            settings=self.settings.ingestion,
            other_transcriber=self.transcriber_of,
            own_transcriber=OwnRecognisers(
                self._own_recogniser,
                lambda name: IdleTranscriber(self._with_second(self.transcriber_of(name)), self._watcher),
            ).of,
        )

    def new_transcriber(self) -> Transcriber:
        """The speech recogniser that the settings name, behind a server or with a model that is loaded at the first
        call."""
        settings = self.settings.ingestion
        if settings.speech_base_url:
            tasks = self.home.work / _SPEECH_TASKS
            return self._with_second(open_served_transcriber(settings, self.outbound, tasks, self._record_heard))
        return self._with_second(self.transcriber_of(choose_recogniser(settings, self.models).name))

    def _record_heard(self, model: str, audio_seconds: float, seconds: float) -> None:
        settings = self.settings.ingestion
        server = ServedModel(TRANSCRIBE, settings.speech_base_url or "", is_remote_server(settings))
        self.recorder.record(server.call(model, seconds, audio_seconds=audio_seconds))

    def _record_embedded(self, model: str, tokens: int | None, seconds: float) -> None:
        settings = self.settings.ingestion
        server = ServedModel(EMBED, settings.embedding_base_url or "", is_remote_embedder(settings))
        self.recorder.record(server.call(model, seconds, tokens=tokens))

    def _record_reranked(self, model: str, tokens: int | None, seconds: float) -> None:
        settings = self.settings.retrieval
        server = ServedModel(RERANK, settings.reranker_base_url or "", is_remote_reranker(settings))
        self.recorder.record(server.call(model, seconds, tokens=tokens))

    def transcriber_of(self, name: str) -> Transcriber:
        """The speech recogniser of that name; its model is loaded at the first call."""
        settings = self.settings.ingestion
        # a name that is in no catalogue is told by the job that needs the model
        languages = [card.capabilities.languages for card in self.models.catalogue if card.name == name]
        return FasterWhisperTranscriber(
            lambda: self.models.path(name),
            name,
            device=settings.speech_device,
            threads=settings.speech_threads,
            familiar=languages[0] if languages else (),
        )

    def _with_second(self, first: Transcriber) -> Transcriber:
        """The recogniser, and the second one behind it where the settings have one."""
        second = self.settings.ingestion.second_speech_model
        return SecondOpinion(first, self.transcriber_of(second)) if second else first

    def _own_recogniser(self, language: str) -> str | None:
        """The name of the recogniser for meetings in that language, where it is not the usual one."""
        choice = choose_recogniser(self.settings.ingestion, self.models, language)
        return choice.name if choice.why is Why.LANGUAGE else None

    def new_diarizer(self) -> Diarizer | None:
        """What tells speakers apart, if anything does; its model is loaded at the first call."""
        return open_diarizer(self.settings.ingestion, self.models.path)

    def new_embedder(self) -> Embedder:
        """The embedder that the settings name; its model is loaded at the first call."""
        return open_configured_embedder(self.settings, self.models, self._record_embedded)

    def _open_chat(self) -> ChatGateway:
        return ChatGateway(
            self.settings.agents,
            self._chat_file,
            cards=self.cards,
            embedded=[card.name for card in self.models.catalogue.of(ModelTask.CHAT)],
            outbound=self.outbound,
            meter=UsageMeter(self.recorder),
            names_of=KnownPeople(self.database).names,
        )

    def _chat_file(self, name: str) -> Path:
        """The file of a chat model. Raises ModelMissingError."""
        return self.models.path(name) / self.models.catalogue.get(name).files[0].path

    def _open_reranker(self) -> Reranker | None:
        reranker = open_reranker(self.settings.retrieval, self.models, self.outbound, self._record_reranked)
        return IdleReranker(reranker, self._watcher) if reranker else None

    def _open_vectors(self) -> tuple[VectorStore, bool]:
        """The vector store, and whether it is empty and has to be filled. SQL is the truth: an embedded index that
        cannot be opened, or that another model made, is dropped and built again."""
        try:
            return self._vector_store(fresh=False), False
        except IndexUnusableError as error:
            if self.settings.vector_store != "edge":
                raise
            logger.warning("%s; it is being rebuilt", error.message)
            self.ingests.begin_anew(self.ingests.meeting_ids(), (Stage.READY,))
            return self._vector_store(fresh=True), True

    def _vector_store(self, *, fresh: bool) -> VectorStore:
        key = self.settings.qdrant_api_key
        return open_store(
            self.settings.vector_store,
            folder=self.home.vectors,
            dimensions=self.embedder.dimensions,
            model_id=self.embedder.model_id,
            url=self.settings.qdrant_url,
            api_key=key.get_secret_value() if key else None,
            fresh=fresh,
        )


def open_configured_embedder(settings: Settings, models: ModelStore, on_answered: OnAnswered | None = None) -> Embedder:
    """The embedder that the settings name, behind a server or with a model that is loaded at the first call."""
    if settings.ingestion.embedding_base_url:
        return open_served_embedder(settings.ingestion, models.catalogue, Outbound(settings.offline), on_answered)
    name = settings.ingestion.embedding_model
    return open_embedder(
        lambda: models.path(name),
        models.catalogue.get(name),
        settings.ingestion.embedding_threads,
        settings.ingestion.embedding_batch,
    )
