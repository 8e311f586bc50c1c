"""Two hundred answers at once through one model: each whole, in order, and to the one who asked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.domain import Task, Work
from agents.llm.metering import Unmetered
from agents.llm.opening import chat_card
from agents.llm.routed import RoutedModel
from agents.llm.servers.openai_compatible import OpenAICompatible
from agents.llm.tiers import tiers
from agents.ports import ChatModel, Message
from agents.settings import AgentsSettings
from tests.agents.llm.fake_server import FakeChatServer, event, serving, usage

pytestmark = pytest.mark.anyio

STREAMS = 200
WORDS = 50
SETTINGS = AgentsSettings(chat_base_url="http://127.0.0.1:1/v1", chat_model="m")
(TIER,) = tiers(SETTINGS, CardCatalogue([]), ())


class Together(FakeChatServer):
    """Answers reader N with words that say N and which word it is, once all readers have asked: a word to each in
    turn."""

    def __init__(self) -> None:
        super().__init__()
        self.reply = lambda body: re.findall(r"reader (\d+)", body["messages"][-1]["content"])[-1]
        self._there = 0
        self._all_there = asyncio.Event()

    async def _events(self, answer: str) -> AsyncIterator[str]:
        self._there += 1
        if self._there == STREAMS:
            self._all_there.set()
        await self._all_there.wait()
        for word in words(int(answer)):
            yield event({"content": word})
            await asyncio.sleep(0)
        yield event({}, "stop")
        yield usage()
        yield "data: [DONE]\n\n"


def words(reader: int) -> list[str]:
    return [f"{reader}:{n} " for n in range(WORDS)]


def direct(chat: OpenAICompatible) -> ChatModel:
    return chat


def routed(chat: OpenAICompatible) -> ChatModel:
    async def open_tier(*_: object) -> ChatModel:
        return chat

    return RoutedModel(Work(Task.ANSWER, 9, 9, private=False), (TIER,), chat.card, open_tier, Unmetered(), "only")


@pytest.mark.parametrize("height", [direct, routed])
async def test_200_answers_at_once_are_whole_in_order_and_each_its_own(height: Callable[[OpenAICompatible], ChatModel]):
    with serving(Together()) as fake:
        chat = OpenAICompatible(chat_card(TIER, SETTINGS), base_url=fake.url)
        ended = 0
        begun_before_the_first_end: set[int] = set()

        async def read(reader: int) -> tuple[list[str], str]:
            nonlocal ended
            heard: list[str] = []

            def hear(piece: str) -> None:
                heard.append(piece)
                if not ended:
                    begun_before_the_first_end.add(reader)

            asked = [Message("user", f"Say your words to reader {reader}")]
            completion = await height(chat).complete(asked, max_tokens=WORDS, on_text=hear)
            ended += 1
            return heard, completion.text

        async with asyncio.timeout(120):
            answers = await asyncio.gather(*(read(reader) for reader in range(STREAMS)))
        await chat.close()
    assert len(begun_before_the_first_end) > STREAMS / 2
    for reader, (heard, text) in enumerate(answers):
        assert "".join(heard) == text == "".join(words(reader))
        assert heard == words(reader)
