from __future__ import annotations

import dataclasses
from typing import Literal

import pytest
from pydantic import BaseModel

from agents.llm.scripted import SCRIPTED_CARD, ScriptedChatModel
from agents.llm.structured import complete_as, json_part
from agents.ports import Completion, Message
from ingestion.errors import ModelFailedError

pytestmark = pytest.mark.anyio


class Colour(BaseModel):
    name: Literal["red", "绿"]
    share: int


ASK = [Message("system", "Be brief."), Message("user", "Which?")]
GOOD = '{"name": "绿", "share": 3}'


async def ask(model: ScriptedChatModel) -> tuple[Colour, Completion]:
    return await complete_as(model, ASK, Colour, max_tokens=40)


@pytest.mark.parametrize(
    "answer",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"<think>{{maybe}}</think>\n{GOOD}",
        f"no opening tag</think>{GOOD}",
        f"Here it is: {GOOD} I hope it helps.",
    ],
)
async def test_reads_the_json_however_it_is_wrapped(answer):
    model = ScriptedChatModel([answer])
    value, _ = await ask(model)
    assert value == Colour(name="绿", share=3)
    assert len(model.calls) == 1


async def test_a_wrong_answer_is_sent_back_once_with_what_is_wrong():
    bad = '{"name": "blue", "share": 3}'
    model = ScriptedChatModel([bad, GOOD])
    value, spent = await ask(model)
    assert value.name == "绿"
    again = model.calls[1].messages
    assert again[:2] == tuple(ASK)
    assert again[2] == Message("assistant", bad)
    assert "name" in again[3].content
    assert spent.prompt_tokens == sum(len(m.content.split()) for call in model.calls for m in call.messages)


async def test_the_tokens_of_both_calls_are_counted():
    bad = Completion('{"name": "blue"}', "", 10, 4, "scripted", "stop", cached_tokens=1, reasoning_tokens=2)
    good = Completion(GOOD, "", 20, 5, "scripted", "stop", cached_tokens=16, reasoning_tokens=3)
    _, spent = await ask(ScriptedChatModel([bad, good]))
    counted = (spent.prompt_tokens, spent.completion_tokens, spent.cached_tokens, spent.reasoning_tokens)
    assert counted == (30, 9, 17, 5)


async def test_twice_wrong_is_an_error():
    model = ScriptedChatModel(["nothing", "nothing again", GOOD])
    with pytest.raises(ModelFailedError, match="twice"):
        await ask(model)
    assert len(model.calls) == 2


async def test_the_model_that_answered_is_named_not_the_one_that_was_chosen():
    model = ScriptedChatModel([Completion("no", "", 1, 1, "the-next", "stop")] * 2)
    with pytest.raises(ModelFailedError, match="the-next answered twice"):
        await ask(model)


async def test_an_answer_cut_off_is_not_asked_for_again():
    model = ScriptedChatModel([Completion('{"name": "re', "", 1, 40, "scripted", "length"), GOOD])
    with pytest.raises(ModelFailedError, match="cut off at 40 tokens"):
        await ask(model)
    assert len(model.calls) == 1


@pytest.mark.parametrize("system", [True, False])
async def test_a_model_without_schemas_is_shown_the_schema(system):
    card = dataclasses.replace(SCRIPTED_CARD, json_schema=False)
    model = ScriptedChatModel([GOOD], card=card)
    messages = ASK if system else ASK[1:]
    await complete_as(model, messages, Colour, max_tokens=40)
    first = model.calls[0].messages[0]
    assert first.role == "system"
    assert "JSON" in first.content and '"share"' in first.content
    assert first.content.startswith("Be brief.") is system
    assert model.calls[0].messages[-1] == ASK[-1]


async def test_a_model_with_schemas_gets_it_beside_the_prompt():
    model = ScriptedChatModel([GOOD])
    await ask(model)
    assert model.calls[0].schema == Colour.model_json_schema()
    assert model.calls[0].messages == tuple(ASK)


def test_json_part_keeps_fences_inside_values():
    text = '{"code": "```json {} ```"}'
    assert json_part(text) == text
