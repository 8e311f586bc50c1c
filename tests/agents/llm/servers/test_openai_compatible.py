from __future__ import annotations

import asyncio
import dataclasses
import logging

import pytest
from pydantic import SecretStr

from agents.llm.servers.openai_compatible import OpenAICompatible, TimeLimits
from agents.ports import ChatCard, Message
from ingestion.errors import ModelFailedError

pytestmark = pytest.mark.anyio

KEY = "sk-test-0123456789"
ASK = [Message("system", "Answer."), Message("user", "什么时候上线？")]


def card(**changes) -> ChatCard:
    plain = ChatCard("fake", "server", 8192, json_schema=True, thinking=False, remote=False)
    return dataclasses.replace(plain, **changes)


def model(url: str, *, limits: TimeLimits | None = None, **options) -> OpenAICompatible:
    options.setdefault("retries", 0)
    return OpenAICompatible(
        options.pop("card", card()), base_url=url, api_key=SecretStr(KEY), limits=limits or TimeLimits(), **options
    )


async def failure(chat: OpenAICompatible) -> ModelFailedError:
    with pytest.raises(ModelFailedError) as caught:
        await chat.complete(ASK, max_tokens=50)
    await chat.close()
    assert caught.value.hint
    assert "\n" not in caught.value.message
    assert KEY not in caught.value.message + caught.value.hint + repr(caught.value)
    return caught.value


async def test_request_is_what_the_protocol_says(chat_server):
    chat = model(chat_server.url, extra_body={"enable_thinking": False})
    await chat.complete(ASK, max_tokens=50, temperature=0.2)
    await chat.close()
    request = chat_server.requests[0]
    assert request["model"] == "fake"
    assert request["messages"][1] == {"role": "user", "content": "什么时候上线？"}
    assert (request["max_tokens"], request["temperature"], request["stream"]) == (50, 0.2, True)
    assert request["stream_options"] == {"include_usage": True}
    assert request["enable_thinking"] is False
    assert "response_format" not in request
    assert chat_server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(("bound", "kind"), [(True, "json_schema"), (False, "json_object")])
async def test_schema_is_asked_for_as_the_card_allows(chat_server, bound, kind):
    chat = model(chat_server.url, card=card(json_schema=bound))
    await chat.complete(ASK, max_tokens=50, schema={"type": "object", "title": "Answer"})
    await chat.close()
    assert chat_server.requests[0]["response_format"]["type"] == kind


async def test_key_of_the_environment_never_leaves(chat_server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    chat = OpenAICompatible(card(), base_url=chat_server.url)
    await chat.complete(ASK, max_tokens=5)
    await chat.close()
    assert "sk-of-somebody" not in chat_server.keys[0]


async def test_proxy_of_the_environment_is_not_asked_for_this_machine(chat_server, monkeypatch, closed_port):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port}")
    chat = model(chat_server.url)
    assert (await chat.complete(ASK, max_tokens=5)).text
    await chat.close()


@pytest.mark.parametrize("mode", ["reasoning", "reasoning_content", "inline"])
async def test_thinking_is_kept_apart(chat_server, mode):
    chat_server.mode = mode
    text, thoughts = [], []
    chat = model(chat_server.url)
    completion = await chat.complete(ASK, max_tokens=50, on_text=text.append, on_reasoning=thoughts.append)
    await chat.close()
    assert completion.text == "".join(text) == "回答：周二上线。"
    assert completion.reasoning.strip() == "".join(thoughts).strip() == "先想一想"


async def test_slow_words_do_not_time_out_as_long_as_they_come(chat_server):
    chat_server.mode = "slow"
    chat_server.answers = ["很慢的回答" * 30]
    chat = model(chat_server.url, limits=TimeLimits(between_tokens=1.0, first_token=1.0))
    assert (await chat.complete(ASK, max_tokens=50)).text == "很慢的回答" * 30
    await chat.close()


@pytest.mark.parametrize(
    ("mode", "limits", "waited_for"),
    [
        ("hang", TimeLimits(first_token=1), "the first word"),
        ("stall", TimeLimits(between_tokens=1), "the next word"),
        ("hang", TimeLimits(total=1), "the end"),
    ],
)
async def test_silence_is_given_up(chat_server, mode, limits, waited_for):
    chat_server.mode = mode
    error = await failure(model(chat_server.url, limits=limits))
    assert waited_for in error.message
    assert "within 1 s" in error.message
    assert await asyncio.to_thread(chat_server.closed_early.wait, 10)


@pytest.mark.parametrize(
    ("mode", "says"),
    [("cut", "broke off"), ("truncated", "not valid JSON"), ("error", "out of memory"), ("number", "not valid JSON")],
)
async def test_broken_streams_are_errors(chat_server, mode, says):
    chat_server.mode = mode
    assert says in (await failure(model(chat_server.url))).message


@pytest.mark.parametrize(
    ("status", "says", "hint"),
    [
        (401, "refused the API key", "CHAT_API_KEY"),
        (404, "no chat at this address", "CHAT_BASE_URL"),
        (400, "refused the request (400): it broke", "context window"),
        (429, "rate limit", "Wait"),
        (500, "failed (500): it broke", "log"),
    ],
)
async def test_refusals_are_explained(chat_server, status, says, hint):
    chat_server.status, chat_server.failures = status, 9
    error = await failure(model(chat_server.url))
    assert says in error.message
    assert hint in error.hint


@pytest.mark.parametrize(("status", "calls"), [(500, 2), (429, 2), (401, 1), (400, 1)])
async def test_only_passing_troubles_are_tried_again(chat_server, status, calls):
    chat_server.status, chat_server.failures = status, 1
    chat = model(chat_server.url, retries=1)
    try:
        await chat.complete(ASK, max_tokens=5)
        assert calls == 2
    except ModelFailedError:
        assert calls == 1
    await chat.close()
    assert len(chat_server.requests) == calls


async def test_nobody_listens(closed_port):
    error = await failure(model(f"http://127.0.0.1:{closed_port}/v1"))
    assert "cannot be reached" in error.message
    assert "CHAT_BASE_URL" in error.hint


async def test_key_is_nowhere_to_be_read(chat_server, caplog):
    caplog.set_level(logging.DEBUG)
    chat_server.mode = "echo-key"
    chat = model(chat_server.url)
    error = await failure(chat)
    assert "***" in error.message
    assert KEY not in repr(chat) + str(vars(chat))
    chat_server.mode = "ok"
    caplog.clear()
    await chat.complete(ASK, max_tokens=5)
    await chat.close()
    assert KEY not in caplog.text


async def test_a_fault_of_the_listener_is_not_blamed_on_the_server(chat_server):
    def listener(_: str) -> None:
        raise ValueError("my own")

    chat = model(chat_server.url)
    with pytest.raises(ValueError, match="my own"):
        await chat.complete(ASK, max_tokens=5, on_text=listener)
    await chat.close()
