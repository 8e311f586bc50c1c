"""What every chat model promises, asked of each of them: the fakes speak as the providers do, llama.cpp is real."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, Field, SecretStr

from agents.llm.embedded import EmbeddedChatModel
from agents.llm.redaction.redacting import RedactingChatModel
from agents.llm.scripted import ScriptedChatModel
from agents.llm.servers.dialects import DIALECTS, Kind
from agents.llm.servers.openai_compatible import OpenAICompatible
from agents.llm.structured import complete_as
from agents.ports import ChatCard, ChatModel, Message
from tests.agents.llm.fake_providers import SHAPES
from tests.agents.llm.fake_server import KEY

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


@pytest.fixture(scope="module")
async def live(llama_server: str):
    """The real llama.cpp server, asked as any server of its kind is."""
    card = ChatCard("coder", "server", 1024, json_schema=True, thinking=False, remote=False)
    url = f"{llama_server}/v1"
    chat = OpenAICompatible(card, base_url=url, api_key=SecretStr(KEY), dialect=DIALECTS["llama.cpp"], thinking=False)
    yield chat
    await chat.close()


@pytest.fixture
async def served(provider):
    """Opens a model of a provider's fake, thinking or not."""
    opened: list[OpenAICompatible] = []

    def open_as(kind: Kind, thinking: bool) -> OpenAICompatible:
        provider.shape = SHAPES[kind]
        provider.answers = [ANSWER]
        provider.mode = "slow"
        card = ChatCard("fake", "server", 8192, json_schema=True, thinking=False, remote=False)
        opened.append(OpenAICompatible(card, base_url=provider.url, dialect=DIALECTS[kind], thinking=thinking))
        return opened[-1]

    yield open_as
    for chat in opened:
        await chat.close()


@pytest.fixture
def scripted():
    return ScriptedChatModel([ANSWER] * 2)


@pytest.fixture
def redacting():
    """A model that is told placeholders, and answers with them."""
    return RedactingChatModel(ScriptedChatModel([ANSWER.replace("星期二", "PERSON_1")] * 2), ["星期二"])


FAKES = [
    pytest.param(("served", kind, thinking), id=f"{kind}-{'thinking' if thinking else 'plain'}")
    for kind in SHAPES
    for thinking in (False, True)
]
SCRIPTED = [pytest.param((name,), id=name) for name in ("scripted", "redacting")]
REAL = [pytest.param((name,), id=name, marks=pytest.mark.models) for name in ("embedded", "live")]


@pytest.fixture(params=[*SCRIPTED, *FAKES, *REAL])
def model(request) -> ChatModel:
    name, *how = request.param
    named = request.getfixturevalue(name)
    return named(*how) if how else named


async def test_answers_and_counts(model: ChatModel):
    thoughts: list[str] = []
    completion = await model.complete(ASK, max_tokens=40, schema=Day.model_json_schema(), on_reasoning=thoughts.append)
    assert Day.model_validate_json(completion.text) == Day(line=2, day="星期二")
    assert completion.prompt_tokens > 0
    assert completion.completion_tokens > 0
    assert completion.cached_tokens <= completion.prompt_tokens
    assert completion.reasoning_tokens <= completion.completion_tokens
    assert completion.reasoning == "".join(thoughts)
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


async def test_an_answer_that_is_too_long_is_cut(model: ChatModel, provider):
    if isinstance(model, ScriptedChatModel | RedactingChatModel):
        pytest.skip("plays whole answers")
    provider.mode = "length"
    completion = await model.complete([Message("user", "Count to five hundred.")], max_tokens=3)
    assert completion.finish_reason == "length"
