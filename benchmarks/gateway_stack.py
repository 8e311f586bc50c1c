"""The layers of the gateway over one chat server, to be measured each by itself."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openai

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.domain import Task, Tier, Work
from agents.llm.opening import chat_card
from agents.llm.routed import RoutedModel
from agents.llm.servers.openai_compatible import OpenAICompatible
from agents.llm.tiers import tiers
from agents.ports import ChatModel, Message
from agents.settings import AgentsSettings
from agents.usage.metering import UsageMeter
from agents.usage.recording import UsageRecorder
from benchmarks.gateway_provider import MODEL
from ingestion.database import Database
from server.migrations import migrate

Ask = Callable[[int], Awaitable[str]]
"""Asks for so many words and returns them."""

PROMPT = [Message("system", "Answer briefly."), Message("user", "Say words.")]
_WORK = Work(Task.ANSWER, 100, 100, private=False)


@dataclass
class Stack:
    """The same call at three heights."""

    url: str
    tier: Tier
    chat: OpenAICompatible
    meter: UsageMeter
    client: openai.AsyncOpenAI
    _messages: Any = field(default_factory=lambda: [{"role": one.role, "content": one.content} for one in PROMPT])

    async def bare(self, words: int) -> str:
        """The provider's own client, as little of it as a stream takes."""
        stream = await self.client.chat.completions.create(
            model=MODEL,
            messages=self._messages,
            max_tokens=words,
            temperature=0.0,
            stream=True,
            stream_options={"include_usage": True},
        )
        pieces = [chunk.choices[0].delta.content async for chunk in stream if chunk.choices]
        return "".join(filter(None, pieces))

    async def compatible(self, words: int) -> str:
        """Our model of a server."""
        return await _streamed(self.chat, words)

    async def routed(self, words: int) -> str:
        """That behind the router's way, every call metered."""
        model = RoutedModel(_WORK, (self.tier,), self.chat.card, self._open, self.meter, "only")
        return await _streamed(model, words)

    async def _open(self, tier: Tier, work: Work) -> ChatModel:
        return self.chat


async def _streamed(model: ChatModel, words: int) -> str:
    text: list[str] = []
    completion = await model.complete(PROMPT, max_tokens=words, on_text=text.append)
    if "".join(text) != completion.text:
        raise RuntimeError("what was streamed is not what was answered")
    return completion.text


@asynccontextmanager
async def stack(url: str, home: Path) -> AsyncGenerator[Stack]:
    """The layers over the chat server at `url`; the ledger is a database in `home`."""
    database = Database(f"sqlite:///{home / 'huimai.db'}")
    migrate(database)
    recorder = UsageRecorder(database)
    settings = AgentsSettings(chat_base_url=url, chat_model=MODEL)
    (tier,) = tiers(settings, CardCatalogue.load(), ())
    chat = OpenAICompatible(chat_card(tier, settings), base_url=url)
    client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    try:
        yield Stack(url, tier, chat, UsageMeter(recorder), client)
    finally:
        await client.close()
        await chat.close()
        recorder.close()
        database.close()
