"""What every chat model promises, asked of each of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from agents.llm.embedded import EmbeddedChatModel
from agents.llm.openai_compatible import OpenAICompatible
from agents.llm.scripted import ScriptedChatModel
from agents.llm.structured import complete_as
from agents.ports import ChatCard, ChatModel, Message

pytestmark = pytest.mark.anyio


class Day(BaseModel):
    """The schema that the contract asks for."""

    line: int = Field(ge=1, le=3)
    day: Literal["星期二", "星期五", "none"]


ASK = [
    Message("system", "Answer from the numbered lines, as JSON: the number of the line, and the day it names."),
    Message("user", "1. 午饭很好吃。\n2. 支付网关星期二上线。\n3. 会议室要换。\n问题：支付网关哪天上线？"),
]
ANSWER = '{"line": 2, "day": "星期二"}'


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def embedded(chat_model_file: Path):
    chat = EmbeddedChatModel("embedded", chat_model_file, context_tokens=2048)
    yield chat
    await chat.close()


@pytest.fixture
async def server(chat_server):
    chat_server.answers = [ANSWER]
    chat_server.mode = "slow"
    card = ChatCard("fake", "server", 8192, json_schema=True, thinking=False, remote=False)
    chat = OpenAICompatible(card, base_url=chat_server.url)
    yield chat
    await chat.close()


@pytest.fixture
def scripted():
    return ScriptedChatModel([ANSWER] * 2)


@pytest.fixture(params=["scripted", "server", pytest.param("embedded", marks=pytest.mark.models)])
def model(request) -> ChatModel:
    return request.getfixturevalue(request.param)


async def test_answers_and_counts(model: ChatModel):
    completion = await model.complete(ASK, max_tokens=40, schema=Day.model_json_schema())
    assert Day.model_validate_json(completion.text) == Day(line=2, day="星期二")
    assert completion.prompt_tokens > 0
    assert completion.completion_tokens > 0
    assert completion.model == model.card.name
    assert completion.finish_reason == "stop"


async def test_streams_the_answer_in_pieces(model: ChatModel):
    pieces: list[str] = []
    completion = await model.complete(ASK, max_tokens=40, schema=Day.model_json_schema(), on_text=pieces.append)
    assert len(pieces) > 1
    assert "".join(pieces) == completion.text


async def test_answers_as_a_value(model: ChatModel):
    value, completion = await complete_as(model, ASK, Day, max_tokens=40)
    assert value.day == "星期二"
    assert completion.completion_tokens > 0


async def test_understands_english(model: ChatModel):
    ask = [
        ASK[0],
        Message("user", "1. The new office is in Kiel.\n2. The launch (星期二) is settled.\nWhen is the launch?"),
    ]
    value, _ = await complete_as(model, ask, Day, max_tokens=40)
    assert value == Day(line=2, day="星期二")


async def test_a_cancelled_call_leaves_the_model_usable(model: ChatModel):
    began = asyncio.Event()
    call = asyncio.create_task(
        model.complete([Message("user", "Count to five hundred.")], max_tokens=600, on_text=lambda _: began.set())
    )
    await began.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    value, _ = await complete_as(model, ASK, Day, max_tokens=40)
    assert value.line == 2
