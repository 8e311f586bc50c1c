"""How each provider is asked, heard and understood when it refuses."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from typing import Any

import httpx
import pytest
from pydantic import BaseModel, SecretStr
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from agents.llm.servers.breaker import Breaker
from agents.llm.servers.dialects import DIALECTS, merged
from agents.llm.servers.failures import SettingNames
from agents.llm.servers.openai_compatible import OpenAICompatible, TimeLimits
from agents.llm.structured import complete_as
from agents.ports import ChatCard, Message
from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound, PrivacyError, about
from tests.agents.llm.fake_providers import SHAPES, THOUGHTS, FakeProvider, wrapped
from tests.agents.llm.fake_server import KEY

pytestmark = pytest.mark.anyio

ASK = [Message("user", "什么时候上线？")]
CARD = ChatCard("fake", "server", 32768, json_schema=True, thinking=False, remote=False)
ANSWER = "回答：周二上线。"
KINDS = list(SHAPES)
THINKERS = [kind for kind in KINDS if SHAPES[kind].thinking]
OVERLOADED = wrapped(503, "overloaded", "server_error", 503)


@pytest.fixture
async def opened(provider: FakeProvider):
    """Opens models of the provider, and closes them."""
    chats: list[OpenAICompatible] = []

    def open_as(kind: Any = "openai", thinking: bool | None = None, **options: Any) -> OpenAICompatible:
        provider.shape = SHAPES[kind]
        card = dataclasses.replace(CARD, **options.pop("card", {}))
        options = {"base_url": provider.url, "dialect": DIALECTS[kind], "retries": 0, **options}
        chats.append(OpenAICompatible(card, thinking=thinking, **options))
        return chats[-1]

    yield open_as
    for chat in chats:
        await chat.close()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr("agents.llm.servers.retrying.random_pause", lambda _: 0.0)


async def failure(chat: OpenAICompatible, **how: Any) -> ModelFailedError:
    with pytest.raises(ModelFailedError) as caught:
        await chat.complete(ASK, max_tokens=100, **how)
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value


SWITCHES = {
    "vllm": ({"chat_template_kwargs": {"enable_thinking": True}}, {"chat_template_kwargs": {"enable_thinking": False}}),
    "ollama": ({"reasoning_effort": "medium"}, {"reasoning_effort": "none"}),
    "dashscope": ({"enable_thinking": True, "thinking_budget": 50}, {"enable_thinking": False}),
    "openai": ({"reasoning_effort": "medium"}, {"reasoning_effort": "none"}),
}
SWITCHES["sglang"] = SWITCHES["llama.cpp"] = SWITCHES["vllm"]


@pytest.mark.parametrize("kind", KINDS)
async def test_thinking_is_switched_as_each_wants_it(provider, opened, kind):
    for thinking in (True, False, None):
        await opened(kind, thinking).complete(ASK, max_tokens=50)
    on, off, untouched = provider.answered
    fields = {"chat_template_kwargs", "reasoning_effort", "enable_thinking", "thinking_budget"}
    assert {name: on[name] for name in fields & on.keys()} == SWITCHES[kind][0]
    assert {name: off[name] for name in fields & off.keys()} == SWITCHES[kind][1]
    assert not fields & untouched.keys()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_thinking_model_is_not_sampled_greedily(provider, opened, kind):
    await opened(kind, True).complete(ASK, max_tokens=50)
    await opened(kind, True).complete(ASK, max_tokens=50, temperature=0.2)
    await opened(kind, False).complete(ASK, max_tokens=50)
    assert provider.answered[0].get("temperature") == (None if kind == "openai" else 0.6)
    assert [request["temperature"] for request in provider.answered[1:]] == [0.2, 0.0]


async def test_the_longest_answer_is_named_as_the_server_wants_it(provider, opened):
    chat = opened("openai", True)
    for _ in range(2):
        assert (await chat.complete(ASK, max_tokens=50)).text == ANSWER
    first, again, later = provider.requests
    assert first["max_tokens"] == 50
    assert again["max_completion_tokens"] == later["max_completion_tokens"] == 50
    assert "max_tokens" not in again.keys() | later.keys()


@pytest.mark.parametrize("kind", KINDS)
async def test_thinking_and_its_tokens_are_kept_apart(provider, opened, kind):
    provider.answers = [ANSWER]
    text, thoughts = [], []
    chat = opened(kind, True)
    completion = await chat.complete(ASK, max_tokens=50, on_text=text.append, on_reasoning=thoughts.append)
    assert chat.card.thinking
    assert completion.text == "".join(text) == ANSWER
    assert completion.reasoning == "".join(thoughts) == (THOUGHTS if kind in THINKERS else "")
    assert completion.cached_tokens == (0 if kind == "ollama" else 32)
    assert completion.reasoning_tokens == (5 if kind in ("sglang", "dashscope", "openai") else 0)


@pytest.mark.parametrize("inside", ["whole", "closed"])
@pytest.mark.parametrize("kind", ["vllm", "llama.cpp", "sglang"])
async def test_thinking_that_no_parser_took_out_is_kept_apart(provider, opened, kind, inside):
    provider.thoughts_inside = inside
    text, thoughts = [], []
    completion = await opened(kind, True).complete(
        ASK, max_tokens=50, on_text=text.append, on_reasoning=thoughts.append
    )
    assert completion.text == "".join(text) == ANSWER
    assert completion.reasoning.strip() == "".join(thoughts).strip() == THOUGHTS


async def test_a_model_that_did_not_think_after_all_is_believed(provider, opened):
    chat = opened("vllm", True)
    provider.shape = SHAPES["openai"]
    text = []
    completion = await chat.complete(ASK, max_tokens=50, on_text=text.append)
    assert (completion.text, completion.reasoning, "".join(text)) == (ANSWER, "", ANSWER)


async def test_older_llama_servers_tell_what_was_cached_in_their_timings(provider, opened):
    chat = opened("llama.cpp")
    provider.shape = dataclasses.replace(SHAPES["llama.cpp"], usage={"prompt_tokens": 9, "completion_tokens": 2})
    provider.closing = {"timings": {"cache_n": 7, "prompt_n": 2}}
    assert (await chat.complete(ASK, max_tokens=5)).cached_tokens == 7


class Day(BaseModel):
    day: str


@pytest.mark.parametrize("thinking", [True, False])
@pytest.mark.parametrize("by_schema", [True, False])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_is_bound_by_the_best_means(provider, opened, kind, by_schema, thinking):
    provider.answers = ['{"day": "周二"}']
    chat = opened(kind, thinking, card={"json_schema": by_schema})
    value, completion = await complete_as(chat, ASK, Day, max_tokens=50)
    assert value.day == "周二"
    assert completion.cached_tokens == (0 if kind == "ollama" else 32)
    (request,) = provider.answered
    form = request.get("response_format", {})
    told = "JSON schema" in request["messages"][0]["content"]
    if kind == "dashscope" and thinking:
        assert (form, told) == ({}, True)
    elif by_schema:
        assert form["json_schema"]["schema"] == Day.model_json_schema()
        assert form["json_schema"].get("strict", False) is (kind == "dashscope")
        assert not told
    else:
        assert (form, told) == ({"type": "json_object"}, True)


async def test_json_is_asked_for_in_words_too(provider, opened):
    await opened("dashscope", card={"json_schema": False}).complete(ASK, max_tokens=5, schema=Day.model_json_schema())
    assert provider.requests[0]["messages"] == [
        {"role": "user", "content": f"{ASK[0].content}\n\nAnswer with one JSON object."}
    ]


async def test_extra_fields_win_over_the_dialect(provider, opened):
    extra = {"chat_template_kwargs": {"enable_thinking": False, "style": "brief"}}
    await opened("vllm", True, extra_body=extra).complete(ASK, max_tokens=5)
    assert provider.requests[0]["chat_template_kwargs"] == extra["chat_template_kwargs"]
    assert merged({"a": {"x": 1}, "b": 1}, {"a": {"y": 2}}) == {"a": {"x": 1, "y": 2}, "b": 1}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "long" in SHAPES[kind].said_when])
async def test_a_prompt_that_is_too_long_is_said_with_its_tokens(provider, opened, kind):
    provider.says = [SHAPES[kind].said_when["long"]] * 2
    error = await failure(opened(kind, retries=1))
    assert "takes 32768 tokens at most with model 'fake'" in error.message
    assert ("asked for 32769" in error.message) is (kind != "dashscope")
    assert "CHAT_CONTEXT_TOKENS" in error.hint
    assert len(provider.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_an_unknown_model_is_said_with_those_that_are_known(provider, opened, kind):
    provider.says = [SHAPES[kind].said_when["model"]]
    provider.known = ["whisper", "fake-14b", "fake-32b"]
    error = await failure(opened(kind, retries=1, names=SettingNames.of("office", "medium")))
    assert "has no model 'fake'" in error.message
    assert "'fake-14b'" in error.message and "'fake-32b'" in error.message
    assert "whisper" not in error.message
    assert "[agents.tiers.medium]" in error.hint
    assert len(provider.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_wrong_key_is_said(provider, opened, kind):
    provider.says = [SHAPES[kind].said_when["key"]]
    error = await failure(opened(kind, api_key=SecretStr(KEY), names=SettingNames.of("office", "medium")))
    assert "refused the API key (401)" in error.message
    assert "api_key in [agents.servers.office]" in error.hint


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("sk-1 2", "a space"),
        ("sk-12\n", "a line break"),
        ("sk-12\u3000", "a space"),
        ("密钥", "not ASCII"),
        ("sk\x00", "control"),
    ],
)
async def test_a_key_that_cannot_be_sent_is_not(provider, opened, key, fault):
    error = await failure(opened(api_key=SecretStr(key)))
    assert fault in error.message
    assert key.strip() not in error.message
    assert "CHAT_API_KEY" in error.hint
    assert provider.requests == []


async def test_what_a_filter_withholds_is_said(provider, opened):
    provider.says = [SHAPES["dashscope"].said_when["filter"]]
    assert "filter took offence" in (await failure(opened("dashscope", retries=2))).message
    provider.breaks = f"data: {JSONResponse(SHAPES['dashscope'].said_when['filter'][1]).body.decode()}\n\n"
    assert "filter took offence" in (await failure(opened("dashscope", retries=2))).message
    provider.breaks = 'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "content_filter"}]}\n\n'
    provider.after = 6
    assert "filter took offence" in (await failure(opened("openai", retries=2))).message


PAGE = "<!doctype html><title>Sign in</title>"


@pytest.mark.parametrize(
    ("answer", "says", "hint"),
    [
        (HTMLResponse(PAGE), "a web page instead of a chat", "/v1"),
        (HTMLResponse(PAGE, 502), "failed (502) with a web page", "log"),
        (HTMLResponse(PAGE, 404), "no chat at this address (404)", "/v1"),
        (JSONResponse({"error": {"message": "no quota"}}), "gave up inside the answer: no quota", "log"),
        (JSONResponse({"choices": []}), "application/json instead of a stream", "OpenAI protocol"),
        (JSONResponse([1], 400), "refused the request (400)", "context window"),
        (JSONResponse({"error": "nothing here"}, 500), "failed (500): nothing here", "log"),
        (Response(b"\xff\xfe", media_type="text/event-stream"), "not valid JSON", "log"),
        (Response(b"", media_type="text/event-stream"), "broke off inside the answer", "log"),
    ],
    ids=lambda value: None if isinstance(value, str) else type(value).__name__,
)
async def test_what_is_not_the_protocol_is_said(provider, opened, answer, says, hint):
    provider.says = [answer]
    error = await failure(opened())
    assert says in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "event",
    [
        '{"choices": [{"ind',
        "5",
        '"words"',
        "null",
        "[]",
        '{"choices": "none"}',
        '{"choices": [{"delta": null}]}',
        '{"choices": [{"index": 0, "delta": {"content": {"a": 1}}}]}',
        '{"choices": [], "usage": "much"}',
    ],
)
async def test_events_that_are_none_are_said(provider, opened, event):
    provider.breaks, provider.after = f"data: {event}\n\n", 3
    assert "not valid JSON" in (await failure(opened(retries=2))).message
    assert len(provider.requests) == 1, "words had been streamed"


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize(
    "breaks", ["disconnect", "end", "data: {nonsense\n\n", 'data: {"error": {"message": "oom"}}\n\n']
)
async def test_a_broken_stream_is_begun_again_only_before_its_first_word(provider, opened, breaks, after):
    provider.breaks, provider.after = breaks, after
    chat, text = opened(retries=1), []
    if after < 3:
        assert (await chat.complete(ASK, max_tokens=5, on_text=text.append)).text == "".join(text) == ANSWER
        assert len(provider.requests) == 2
    else:
        await failure(chat, on_text=text.append)
        assert len(provider.requests) == 1
        assert "".join(text) == ANSWER[:6]


@pytest.mark.parametrize(("status", "calls"), [(408, 3), (409, 3), (429, 3), (500, 3), (503, 3), (400, 1), (401, 1)])
async def test_only_passing_troubles_are_tried_again(provider, opened, status, calls):
    provider.says = [wrapped(status, "it broke", "error", status)] * 2
    chat = opened(retries=2)
    if calls == 3:
        assert (await chat.complete(ASK, max_tokens=5)).text == ANSWER
    else:
        await failure(chat)
    assert len(provider.requests) == calls


async def test_a_server_that_asks_for_peace_gets_it(provider, opened):
    provider.headers = {"retry-after-ms": "300"}
    provider.says = [wrapped(429, "Requests rate limit exceeded", "limit_requests", "limit_requests")]
    chat = opened("dashscope", retries=1)
    began = time.monotonic()
    assert (await chat.complete(ASK, max_tokens=5)).text == ANSWER
    assert time.monotonic() - began > 0.29
    assert len(provider.requests) == 2


async def test_a_last_attempt_says_how_long_to_wait(provider, opened):
    provider.headers = {"retry-after": "7"}
    provider.says = [wrapped(429, "slow down", "rate_limit", 429)]
    error = await failure(opened(retries=0))
    assert "rate limit or quota (429): slow down" in error.message
    assert error.hint == "Wait 7 s, then ask again."


async def test_a_long_wish_for_peace_fails_at_once_and_is_remembered(provider, opened):
    provider.headers = {"retry-after": "3600"}
    provider.says = [wrapped(429, "slow down", "rate_limit", 429)]
    chat = opened(retries=3, limits=TimeLimits(first_token=60))
    for _ in range(2):
        assert "asks to be left alone for 3600 s" in (await failure(chat)).message
    assert len(provider.requests) == 1


async def test_used_up_limits_are_waited_for_before_the_next_call(provider, opened):
    provider.headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}
    chat = opened(limits=TimeLimits(first_token=60))
    assert (await chat.complete(ASK, max_tokens=5)).text == ANSWER
    assert "360 s" in (await failure(chat)).message
    assert len(provider.requests) == 1


async def test_a_server_that_says_no_is_not_tried_again(provider, opened):
    provider.headers = {"x-should-retry": "false"}
    provider.says = [OVERLOADED]
    await failure(opened(retries=2))
    assert len(provider.requests) == 1


async def test_the_first_word_is_waited_for_only_once_however_often_it_is_tried(provider, opened):
    provider.breaks, provider.after = "hang", 1
    error = await failure(opened(retries=5, limits=TimeLimits(first_token=2)))
    assert "first word" in error.message
    assert len(provider.requests) == 1


async def test_a_redirect_to_another_host_is_not_followed(provider, opened, chat_server):
    elsewhere = chat_server.url.replace("127.0.0.1", "localhost")
    provider.says = [RedirectResponse(f"{elsewhere}/chat/completions", 307)]
    assert "sends callers on to another address (307)" in (await failure(opened(api_key=SecretStr(KEY)))).message
    assert chat_server.requests == []


@pytest.mark.parametrize(("offline", "private"), [(True, False), (False, True)])
async def test_privacy_reaches_the_caller_as_it_is(provider, opened, offline, private):
    breaker = Breaker("s", failures=1)
    chat = opened(card={"remote": True}, outbound=Outbound(offline), breaker=breaker, retries=2)
    with about(private=private), pytest.raises(PrivacyError):
        await chat.complete(ASK, max_tokens=5)
    assert provider.requests == []
    assert not breaker.health.open
    if not offline:
        with about(private=False):
            assert (await chat.complete(ASK, max_tokens=5)).text == ANSWER


async def test_a_name_that_leads_nowhere_is_said(opened):
    error = await failure(opened(base_url="http://nowhere.invalid/v1"))
    assert "its name leads nowhere" in error.message
    assert "CHAT_BASE_URL" in error.hint


async def test_https_to_a_plain_server_is_said(provider, opened):
    error = await failure(opened(base_url=provider.url.replace("http:", "https:")))
    assert "no secure connection" in error.message


async def test_a_server_that_hangs_up_is_said():
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    chat = OpenAICompatible(CARD, base_url=f"http://127.0.0.1:{port}/v1", retries=0)
    async with server:
        assert "hung up before it answered" in (await failure(chat)).message
    await chat.close()


async def test_a_failing_server_is_left_alone_and_tried_again(provider, opened):
    now = [0.0]
    breaker = Breaker("the server", failures=2, seconds=30, now=lambda: now[0], jitter=lambda low, _: low)
    provider.says = [OVERLOADED] * 3
    first, second = opened(breaker=breaker, retries=5), opened(breaker=breaker)
    assert "failed (503)" in (await failure(first)).message
    assert len(provider.requests) == 2, "it opened between two attempts"
    assert "left alone for another 30 s" in (await failure(second)).message
    now[0] = 31.0
    assert "failed (503)" in (await failure(second)).message
    assert breaker.health.open
    now[0] = 62.0
    assert (await first.complete(ASK, max_tokens=5)).text == ANSWER
    assert not breaker.health.open
    assert len(provider.requests) == 4


async def test_our_own_faults_do_not_open_the_breaker(provider, opened):
    breaker = Breaker("the server", failures=1)
    for status in (400, 401, 404, 422, 429):
        provider.says = [wrapped(status, "no", "error", status)]
        await failure(opened(breaker=breaker))
        assert not breaker.health.open


async def test_silence_opens_the_breaker(provider, opened):
    breaker = Breaker("the server", failures=1)
    provider.breaks = "hang"
    await failure(opened(breaker=breaker, limits=TimeLimits(first_token=1)))
    assert breaker.health.open
    assert "first word" in breaker.health.reason


async def test_a_long_answer_does_not_open_the_breaker(provider, opened):
    breaker = Breaker("the server", failures=1)
    provider.mode, provider.answers = "slow", ["很长的回答" * 200]
    error = await failure(opened(breaker=breaker, limits=TimeLimits(total=0.5)))
    assert "the end" in error.message
    assert not breaker.health.open


async def test_a_cancelled_trial_lets_the_next_call_try(provider, opened):
    now = [0.0]
    breaker = Breaker("the server", failures=1, seconds=1, now=lambda: now[0])
    breaker.failed("it broke")
    now[0] = 10.0
    provider.breaks = "hang"
    chat = opened(breaker=breaker)
    call = asyncio.create_task(chat.complete(ASK, max_tokens=5))
    while not provider.requests:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert "tries it again" in (await failure(opened(breaker=breaker))).message
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert await asyncio.to_thread(provider.closed_early.wait, 10), "the connection stayed open"
    assert (await chat.complete(ASK, max_tokens=5)).text == ANSWER
    assert not breaker.health.open


async def test_cancelling_closes_the_connection_within_one_event(provider, opened):
    provider.mode = "slow"
    provider.answers = ["很长的回答" * 200]
    began = asyncio.Event()
    chat = opened()
    call = asyncio.create_task(chat.complete(ASK, max_tokens=500, on_text=lambda _: began.set()))
    await began.wait()
    sent = provider.sent
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await asyncio.to_thread(provider.closed_early.wait, 10), "the connection stayed open"
    assert provider.sent <= sent + 1


async def test_ten_thousand_words_arrive_whole_and_in_order(provider, opened):
    provider.answers = ["".join(chr(0x4E00 + n) for n in range(9000))]
    text: list[str] = []
    completion = await opened("vllm", False).complete(ASK, max_tokens=5, on_text=text.append)
    assert completion.text == "".join(text) == provider.answers[0]


LIVE = [Message("user", "Say hi to all of us.")]


@pytest.fixture
async def live(llama_server, opened):
    """The real llama.cpp server."""
    url = f"{llama_server}/v1"
    return lambda **options: opened("llama.cpp", False, **{"base_url": url, "api_key": SecretStr(KEY), **options})


@pytest.mark.models
async def test_live_counts_what_was_cached(live):
    chat = live()
    await chat.complete(LIVE, max_tokens=2)
    again = await chat.complete(LIVE, max_tokens=2)
    assert 0 < again.cached_tokens <= again.prompt_tokens


@pytest.mark.models
async def test_live_refusals_are_understood(live):
    long = [Message("user", "word " * 2000)]
    with pytest.raises(ModelFailedError, match=r"takes 1024 tokens at most .* asked for 20\d\d"):
        await live().complete(long, max_tokens=2)
    assert "refused the API key (401)" in (await failure(live(api_key=SecretStr("sk-other")))).message
    url = live()._base_url
    assert "no chat at this address (404)" in (await failure(live(base_url=f"{url}/v2"))).message


@pytest.mark.models
async def test_live_cancelling_frees_the_slot(live, llama_server):
    began = asyncio.Event()
    call = asyncio.create_task(
        live().complete([Message("user", "Count to 900.")], max_tokens=900, on_text=lambda _: began.set())
    )
    await began.wait()
    async with httpx.AsyncClient(headers={"authorization": f"Bearer {KEY}"}, timeout=60) as client:
        assert (await client.get(f"{llama_server}/slots")).json()[0]["is_processing"]
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        async with asyncio.timeout(20):
            while (await client.get(f"{llama_server}/slots")).json()[0]["is_processing"]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
