"""The front door of the agents: a question in, events or a whole answer out, conversations remembered."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from agents.domain import Answer
from agents.llm.choice import NO_MODEL_TIER, ChatChoice, Chooser
from agents.qa.directory import MeetingDirectory
from agents.qa.events import Done, Event, Status, Token
from agents.qa.language import language_of
from agents.qa.ledger import LedgerSource
from agents.qa.values import Background, Body, EvidenceSource, QaContext, QaDeps
from agents.qa.wording import STATUS
from agents.repository import ConversationRepository
from agents.settings import AgentsSettings
from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, HuimaiError
from ingestion.tables import new_id

if TYPE_CHECKING:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from agents.qa.graph import QaGraph

LONGEST_QUESTION = 4000
NOTHING_READ = "nothing had to be read"


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question. A null `conversation_id` begins a conversation; a null `tier` leaves the choice to the settings.
    `user` is who asks, empty where that is not known.
    """

    question: str
    where: SearchFilter = field(default_factory=SearchFilter)
    conversation_id: str | None = None
    tier: str | None = None
    user: str = ""


class QaRunner:
    """Answers questions within one event loop. Close it to release the conversations' memory."""

    def __init__(
        self,
        database: Database,
        retrieval: EvidenceSource,
        background: Background,
        chat: Chooser,
        checkpoints: Path,
        settings: AgentsSettings,
        ledger: LedgerSource | None = None,
    ) -> None:
        """`checkpoints` is the file of the conversations' memory. Without a ledger answers stand on lines alone."""
        self._database = database
        self._chat = chat
        self._checkpoints = checkpoints
        self._deps = QaDeps(
            directory=MeetingDirectory(database),
            evidence=retrieval,
            background=background,
            settings=settings,
            ledger=ledger,
        )
        self._graph: QaGraph | None = None
        self._opening = asyncio.Lock()
        self._stack = AsyncExitStack()

    async def ask(self, request: AskRequest) -> AsyncGenerator[Event, None]:
        """Answer, telling what happens: statuses, the first of which says in which conversation, then the evidence,
        then thoughts and words, at last `Done`.

        Ending the iteration early stops the model. Raises BadInputError for an empty question, NotFoundError for an
        unknown conversation, project or meeting, ModelMissingError without what retrieval needs.
        """
        began = time.perf_counter()
        question = _checked(request.question)
        if request.tier is not None:
            self._chat.require(request.tier)
        conversation_id = await asyncio.to_thread(self._conversation, request, question)
        # before anything that may take long or fail, so that whoever asks again can do so in the same conversation
        yield Status("scope", STATUS["scope"][language_of(question)], conversation_id)
        graph = await self._open()
        context = QaContext(
            request.where, date.today(), self._chat, request.tier, request.user, request.user or conversation_id
        )
        first_token: float | None = None
        body: Body | None = None
        choice = ChatChoice(None, NO_MODEL_TIER, NOTHING_READ)
        config: Any = {"configurable": {"thread_id": conversation_id}}
        given: Any = {"question": question}
        stream: Any = graph.astream(
            given, config, context=context, stream_mode=["custom", "updates"], durability="exit"
        )
        async with aclosing(stream) as parts:
            async for mode, part in parts:
                if mode == "custom":
                    if isinstance(part, Token) and first_token is None:
                        first_token = _since(began)
                    yield part
                else:
                    body = next((u["body"] for u in part.values() if u and "body" in u), body)
                    choice = next((u["choice"] for u in part.values() if u and "choice" in u), choice)
        if body is None:
            raise HuimaiError("the answer ended before it was whole", "ask again")
        answer = _answer(question, body, choice, conversation_id, _since(began), first_token)
        await asyncio.to_thread(self._keep, answer)
        yield Done(answer)

    async def answer(self, request: AskRequest) -> Answer:
        """The finished answer. Raises as `ask` does."""
        async with aclosing(self.ask(request)) as events:
            async for event in events:
                if isinstance(event, Done):
                    return event.answer
        raise HuimaiError("the answer ended before it was whole", "ask again")

    async def forget(self, conversation_id: str) -> None:
        """Remove a conversation: its rows and its memory. Raises NotFoundError."""
        graph = await self._open()

        def remove() -> None:
            with self._database.session() as session:
                ConversationRepository(session).delete(conversation_id)

        await asyncio.to_thread(remove)
        saver = cast("AsyncSqliteSaver", graph.checkpointer)
        await saver.adelete_thread(conversation_id)

    async def close(self) -> None:
        """Close the conversations' memory. A later question opens it again."""
        async with self._opening:
            stack, self._stack, self._graph = self._stack, AsyncExitStack(), None
            await stack.aclose()

    async def _open(self) -> QaGraph:
        async with self._opening:
            if self._graph is None:
                self._graph = await self._build()
            return self._graph

    async def _build(self) -> QaGraph:
        import aiosqlite
        from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
        from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

        from agents.qa.graph import build_graph

        try:
            connection = await self._stack.enter_async_context(aiosqlite.connect(self._checkpoints, timeout=30))
        except sqlite3.OperationalError as error:
            raise HuimaiError(
                f"the memory of conversations cannot be opened: {error}", f"check {self._checkpoints}"
            ) from error
        # Plain values only: nothing read from the file may build an object.
        serde = JsonPlusSerializer(allowed_msgpack_modules=None)
        return build_graph(self._deps, AsyncSqliteSaver(connection, serde=serde))

    def _conversation(self, request: AskRequest, question: str) -> str:
        with self._database.session() as session:
            conversations = ConversationRepository(session)
            if request.conversation_id is not None:
                return conversations.get(request.conversation_id).id
            return conversations.begin(new_id(), question, _plain(request.where)).id

    def _keep(self, answer: Answer) -> None:
        with self._database.session() as session:
            ConversationRepository(session).add_message(
                answer.conversation_id, answer.message_id, answer.question, answer.to_json()
            )


def _checked(question: str) -> str:
    asked = question.strip()
    if not asked:
        raise BadInputError("the question is empty", "ask something, such as: what was decided last week?")
    if len(asked) > LONGEST_QUESTION:
        raise BadInputError(f"the question is longer than {LONGEST_QUESTION} characters", "ask about less at once")
    return asked


def _plain(where: SearchFilter) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else list(value)
        for name, value in asdict(where).items()
        if value
    }


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _answer(
    question: str, body: Body, choice: ChatChoice, conversation_id: str, took_ms: float, first_token_ms: float | None
) -> Answer:
    return Answer(
        question=question,
        answer=body.text,
        claims=body.claims,
        citations=body.citations,
        abstained=body.abstained,
        coverage=body.coverage,
        model=body.model,
        tier=choice.last_tier,
        tier_reason=choice.told,
        usage=replace(body.usage, cost=choice.taken.cost()),
        took_ms=took_ms,
        first_token_ms=first_token_ms,
        conversation_id=conversation_id,
        message_id=new_id(),
        notes=body.notes,
    )
