"""The application over real stores, with ingests recorded instead of run and answers that come from a script."""

from __future__ import annotations

import asyncio
import datetime
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import uvicorn
from sqlmodel import SQLModel

from agents.domain import Answer, Citation, Claim, Usage, Verdict
from agents.ledger.reader import LedgerReader
from agents.link.meaning import EmbedderMeaning
from agents.llm.card_catalogue import CardCatalogue
from agents.qa.events import CitationEvent, Done, Event, Status, Thinking, Token
from agents.runner import AskRequest, QaRunner
from agents.settings import BudgetSettings
from agents.usage.recording import UsageRecorder
from agents.usage.service import UsageLedger
from ingestion.database import Database
from ingestion.domain import SearchFilter, SpokenLine, Stage
from ingestion.media.store import MediaStore
from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from ingestion.registration import Registrar
from ingestion.rehearing import Rehearser
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.speakers.memory import VoiceMemory
from ingestion.tables import Meeting
from retrieval.domain import Coverage, Evidence, Line, SearchResult
from retrieval.service import EVERYTHING, RetrievalService
from server.app import create_app
from server.durable import Failure
from server.home import Home
from server.ingests import Ingests
from server.jobs import IngestJobs
from server.readings import ReadingJobs, Readings
from server.services import Services
from server.settings import Settings
from tests.doubles import HashEmbedder

EVIDENCE = Evidence(
    "m1", "Weekly", "Atlas", datetime.date(2026, 3, 4), (Line(2, "Mina", 7.5, 9.0, "We ship on April 17."),), 0.5
)


@dataclass
class RecordedJobs:
    """Remembers what would have been done."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    stalled: dict[str, Failure] = field(default_factory=dict[str, Failure])

    def enqueue(self, meeting_id: str, attempt: int) -> None:
        self.calls.append(("enqueue", meeting_id))

    def cancel(self, meeting_id: str, attempt: int) -> None:
        self.calls.append(("cancel", meeting_id))


@dataclass
class ScriptedRetrieval:
    """Finds the same evidence for every query, and remembers what it was asked."""

    asked: list[tuple[str, SearchFilter, int, str | None]] = field(default_factory=list)

    def search(
        self, query: str, where: SearchFilter = EVERYTHING, limit: int = 10, recipe: str | None = None
    ) -> SearchResult:
        self.asked.append((query, where, limit, recipe))
        return SearchResult(query, (EVIDENCE,), 1.25, recipe or "hybrid")


@dataclass
class ScriptedRunner:
    """Answers every question alike. `failure` is raised after the first event; `hold` never gets further than that."""

    failure: Exception | None = None
    hold: bool = False
    asked: list[AskRequest] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    closed: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    async def ask(self, request: AskRequest) -> AsyncGenerator[Event, None]:
        self.asked.append(request)
        yield Status("search", "Searching", "c1")
        if self.failure:
            raise self.failure
        if self.hold:
            try:
                await asyncio.sleep(3600)
            finally:
                self.cancelled.set()
        yield CitationEvent(Citation(1, EVIDENCE))
        yield Thinking("They said April.")
        yield Token("On April 17\n[1].")
        yield Done(answer(request.question))

    async def forget(self, conversation_id: str) -> None:
        self.forgotten.append(conversation_id)

    async def close(self) -> None:
        self.closed = True

    async def answer(self, request: AskRequest) -> Answer:
        self.asked.append(request)
        if self.failure:
            raise self.failure
        return answer(request.question)


def answer(question: str) -> Answer:
    return Answer(
        question=question,
        answer="On April 17 [1].",
        claims=(Claim("On April 17.", (1,), Verdict.SUPPORTED),),
        citations=(Citation(1, EVIDENCE),),
        abstained=False,
        coverage=Coverage(1, 1, 1),
        model=None,
        tier="none",
        tier_reason="no chat model",
        usage=Usage(),
        took_ms=3.0,
        first_token_ms=None,
        conversation_id="c1",
        message_id="q1",
    )


class EdgeServices(Services):
    """Real database, media and registration; nothing is transcribed, embedded, read or asked of a model."""

    def open(self) -> None:
        self.home.create()
        self.database = Database(f"sqlite:///{self.home.database}")
        SQLModel.metadata.create_all(self.database.engine)
        self.cards = CardCatalogue.load()
        budget = BudgetSettings(month=Decimal(10), projects={"Atlas": Decimal(2)})
        self.recorder = UsageRecorder(self.database, budget)
        self.usage = UsageLedger(self.database, self.recorder, budget, self.cards.get)
        self.media = MediaStore(self.home.media)
        self.models = ModelStore(self.home.folder / "models", Catalogue([]))
        self.recorded, self.searched, self.script = RecordedJobs(), ScriptedRetrieval(), ScriptedRunner()
        self.retrieval = cast(RetrievalService, self.searched)
        self.runner = cast(QaRunner, self.script)
        self.ingests = Ingests(self.database, cast(IngestJobs, self.recorded), self.home.folder)
        self._registrar = Registrar(self.database, self.media)
        self._voice_memory = VoiceMemory(self.database)
        self.rehearser = Rehearser(self.database)
        self.reread = RecordedJobs()
        reader = LedgerReader(self.database, EmbedderMeaning(HashEmbedder()))
        self.readings = Readings(reader, cast(ReadingJobs, self.reread))
        self.ready = True

    def ask_models_in(self, loop: asyncio.AbstractEventLoop) -> None:
        pass

    def close(self) -> None:
        self.recorder.close()
        self.database.close()

    def add_meeting(self, title: str, *lines: SpokenLine, project: str = "Atlas", **fields: Any) -> str:
        """A meeting that is ready, with these utterances."""
        with self.database.session() as session:
            given = {
                "project_id": ProjectRepository(session).ensure(project).id,
                "title": title,
                "date": datetime.date(2026, 3, 4),
                "date_source": "option",
                "source_name": "weekly.vtt",
                "source_sha256": title,
                "stage": Stage.READY,
            }
            meeting = MeetingRepository(session).add(Meeting(**(given | fields)))
            TranscriptRepository(session).replace_utterances(meeting.id, lines)
        return meeting.id


def spoken(index: int, text: str, speaker: str | None = "Mina", start: float | None = 0.0) -> SpokenLine:
    end = None if start is None else start + 2.0
    return SpokenLine(index, text, text, speaker, start, end, "en")


@pytest.fixture
def services(tmp_path: Path) -> EdgeServices:
    home = tmp_path / "home"
    return EdgeServices(Settings(home=home), Home(home))


@pytest.fixture
def server(services: EdgeServices) -> Iterator[str]:
    """The address of a real server over `services`."""

    def open_services() -> Services:
        services.open()
        return services

    config = uvicorn.Config(create_app(open_services), host="127.0.0.1", port=0, log_config=None)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started or not services.ready:
        assert thread.is_alive()
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    # a busy machine takes its time
    with httpx.Client(base_url=server, trust_env=False, timeout=30) as opened:
        yield opened
