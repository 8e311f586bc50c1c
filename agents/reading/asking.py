"""The front door of a model's part in reading: what it is asked about a meeting that the rules have read."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from agents.ledger.repository import LedgerRepository
from agents.llm.choice import Chooser
from agents.llm.domain import Task, Work
from agents.ports import ChatCard, ChatModel, Reads
from agents.reading.domain import Answered, Inquiry
from agents.reading.repository import InquiryRepository
from agents.routing.works import Asked, Transcript, work_for
from agents.settings import AgentsSettings
from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from retrieval.domain import lines_of

if TYPE_CHECKING:
    from agents.reading.graph import ReadingGraph


_CALLER = "reading"
"""As who reading waits for its turn at a model."""


class Planner(Protocol):
    """Knows what is to be asked about a meeting. Blocking."""

    def to_ask(self, meeting_id: str, card: ChatCard, reply_tokens: int) -> list[Inquiry]:
        """What a model of that card is asked, in order."""
        ...


class Background(Protocol):
    """Knows what the meetings of a project hold. Blocking."""

    def lines(self, where: SearchFilter, budget_words: int) -> list[str]:
        """What holds, a line a matter, within so many words."""
        ...


class StoredDesk:
    """The inquiries that a database holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self, meeting_id: str) -> Inquiry | None:
        """See `Desk`."""
        with self._database.session() as session:
            return InquiryRepository(session).next(meeting_id)

    def keep(self, meeting_id: str, key: str, answered: Answered) -> None:
        """See `Desk`."""
        with self._database.session() as session:
            InquiryRepository(session).keep(meeting_id, key, answered)


class ModelReader:
    """Asks the chat model that there is about meetings, one inquiry at a time. Used within one event loop."""

    def __init__(
        self, database: Database, planner: Planner, background: Background, chat: Chooser, settings: AgentsSettings
    ) -> None:
        self._database, self._planner, self._background = database, planner, background
        self._chat, self._settings = chat, settings
        self._graph: ReadingGraph | None = None
        self._measured: tuple[str, Work] | None = None

    async def plan(self, meeting_id: str) -> int:
        """Lay down what the model is to be asked about a meeting. Returns how many inquiries it has not replied to;
        none without a model that reads, and where the project is private and the model is not on this machine: what
        it has replied before stays. Raises BadInputError and ModelMissingError."""
        self._measured = None
        model = await self._model(meeting_id)
        return await asyncio.to_thread(self._plan, meeting_id, model.card if model else None)

    async def ask_next(self, meeting_id: str) -> bool:
        """Ask the model the next inquiry about a meeting and keep its reply. Returns whether there was one. Raises
        ModelFailedError and ModelMissingError when the model gives no answer: the inquiry stays."""
        model = await self._model(meeting_id)
        if model is None:
            return False
        from agents.reading.nodes import ReadingContext

        graph = await self._open()
        given: Any = {"meeting_id": meeting_id, "background": await asyncio.to_thread(self._known, meeting_id)}
        state = await graph.ainvoke(given, context=ReadingContext(model, self._settings.reading_max_tokens))
        return state["inquiry"] is not None

    async def _model(self, meeting_id: str) -> ChatModel | None:
        work = await asyncio.to_thread(self._work, meeting_id)
        model = (await self._chat.choose(work)).model if work else None
        return model if model and model.card.reads is not Reads.NOTHING else None

    def _work(self, meeting_id: str) -> Work | None:
        """The reading of a meeting as the gateway is asked for it, private as its project is now; null when the meeting
        is gone."""
        with self._database.session() as session:
            meeting = MeetingRepository(session).find(meeting_id)
            if meeting is None:
                return None
            project = ProjectRepository(session).get(meeting.project_id)
            if self._measured is None or self._measured[0] != meeting_id:
                lines = lines_of(TranscriptRepository(session).utterances(meeting_id))
                transcript = Transcript(lines, meeting.date, meeting.duration)
                asked = Asked(Task.EXTRACT, private=True)
                self._measured = meeting_id, work_for(asked, transcript, self._settings)
            work = self._measured[1]
            return replace(work, private=project.private, project=project.name, caller=_CALLER, waiting=False)

    def _plan(self, meeting_id: str, card: ChatCard | None) -> int:
        asked = self._planner.to_ask(meeting_id, card, self._settings.reading_max_tokens) if card else []
        with self._database.session() as session:
            inquiries = InquiryRepository(session)
            # one that is about to be deleted has no reading any more
            held = MeetingRepository(session).hold_all([meeting_id]) and LedgerRepository(session).reading(meeting_id)
            if card is None or not held:
                inquiries.drop_waiting(meeting_id)
                return 0
            return inquiries.plan(meeting_id, card.name, asked)

    def _known(self, meeting_id: str) -> Sequence[str]:
        """What the project held before the day of the meeting."""
        with self._database.session() as session:
            meeting = MeetingRepository(session).find(meeting_id)
            if meeting is None:
                return []
            project, day = ProjectRepository(session).get(meeting.project_id).name, meeting.date
        return self._background.lines(_before(project, day), self._settings.background_words)

    async def _open(self) -> ReadingGraph:
        if self._graph is None:
            # the import takes a second
            module = await asyncio.to_thread(importlib.import_module, "agents.reading.graph")
            graph: ReadingGraph = module.build_graph(StoredDesk(self._database))
            self._graph = graph
        return self._graph


def _before(project: str, day: date) -> SearchFilter:
    return SearchFilter(projects=(project,), until=day - timedelta(days=1))
