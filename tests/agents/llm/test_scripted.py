from __future__ import annotations

import asyncio

import pytest

from agents.llm.scripted import Play, ScriptedChatModel
from agents.ports import Completion, Message
from ingestion.errors import ModelFailedError

pytestmark = pytest.mark.anyio

ASK = [Message("user", "one two")]


async def test_plays_in_order_and_remembers():
    whole = Completion("b", "because", 1, 1, "m", "stop")
    model = ScriptedChatModel(["a", whole, lambda messages: messages[-1].content.upper()])
    thoughts: list[str] = []
    answers = [await model.complete(ASK, max_tokens=7, on_reasoning=thoughts.append) for _ in range(3)]
    assert [answer.text for answer in answers] == ["a", "b", "ONE TWO"]
    assert thoughts == ["because"]
    assert model.calls[0].messages == tuple(ASK)
    assert model.calls[0].max_tokens == 7


async def test_fails_as_told_and_when_the_script_is_over():
    model = ScriptedChatModel([ModelFailedError("broken")])
    with pytest.raises(ModelFailedError, match="broken"):
        await model.complete(ASK, max_tokens=7)
    with pytest.raises(ModelFailedError, match="no reply left for call 2"):
        await model.complete(ASK, max_tokens=7)


async def test_hangs_until_cancelled():
    model = ScriptedChatModel([Play.HANG])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await model.complete(ASK, max_tokens=7)
