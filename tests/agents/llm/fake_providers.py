"""Chat servers in the wire shapes of the providers: streamed deltas, thinking, usage, refusals.

llama.cpp's shapes were recorded from the real server; the others follow their published protocol (see
`agents.llm.servers.dialects` for the sources) and were not run live.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from agents.llm.servers.dialects import Kind
from tests.agents.llm.fake_server import FakeChatServer

Refusal = tuple[int, Any]

THOUGHTS = "先想一想。"
USED = {"prompt_tokens": 40, "completion_tokens": 12, "total_tokens": 52}
CACHED = {"prompt_tokens_details": {"cached_tokens": 32}}
THOUGHT = {"completion_tokens_details": {"reasoning_tokens": 5}}


@dataclass(frozen=True)
class Shape:
    """How a provider speaks. `fields` of the first event's delta; `thinking` is where thoughts go; `usage` closes the
    stream; `said_when` are its refusals; `refuses` says what it will not be asked."""

    kind: Kind
    first: Mapping[str, Any]
    thinking: str | None
    usage: Mapping[str, Any]
    said_when: Mapping[str, Refusal] = field(default_factory=dict)
    refuses: Callable[[dict[str, Any]], Refusal | None] = lambda _: None
    thinks: Callable[[dict[str, Any]], bool] = lambda _: False


def wrapped(status: int, message: str, type_: str, code: Any, **more: Any) -> Refusal:
    return status, {"error": {"message": message, "type": type_, "param": None, "code": code, **more}}


def _template_switch(body: dict[str, Any]) -> bool:
    return body.get("chat_template_kwargs", {}).get("enable_thinking", True)


def _dashscope_refuses(body: dict[str, Any]) -> Refusal | None:
    form = body.get("response_format", {}).get("type")
    if form and body.get("enable_thinking"):
        return wrapped(
            400,
            "<400> InternalError.Algo.InvalidParameter: Json mode response is not supported when enable_thinking is "
            "true",
            "invalid_request_error",
            "invalid_parameter_error",
        )
    if form == "json_object" and "json" not in json.dumps(body["messages"]).lower():
        return wrapped(
            400,
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
            "invalid_request_error",
            "invalid_parameter_error",
        )
    return None


def _openai_refuses(body: dict[str, Any]) -> Refusal | None:
    if "reasoning_effort" in body and "max_tokens" in body:
        return wrapped(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
            "instead.",
            "invalid_request_error",
            "unsupported_parameter",
            param="max_tokens",
        )
    return None


def _ollama_refuses(body: dict[str, Any]) -> Refusal | None:
    effort = body.get("reasoning_effort", "none")
    if effort in ("none", "low", "medium", "high"):
        return None
    return wrapped(400, f"invalid reasoning value: '{effort}'", "invalid_request_error", None)


SHAPES: dict[Kind, Shape] = {
    "vllm": Shape(
        "vllm",
        {"role": "assistant", "content": ""},
        "reasoning",
        {**USED, **CACHED},
        {
            "model": wrapped(404, "The model `fake` does not exist.", "NotFoundError", 404),
            "key": (401, {"error": "Unauthorized"}),
            "long": wrapped(
                400,
                "This model's maximum context length is 32768 tokens. However, you requested 100 output tokens and "
                "your prompt contains at least 32669 input tokens, for a total of at least 32769 tokens. Please "
                "reduce the length of the input prompt or the number of requested output tokens.",
                "BadRequestError",
                400,
            ),
        },
        thinks=_template_switch,
    ),
    "llama.cpp": Shape(
        "llama.cpp",
        {"role": "assistant", "content": None},
        "reasoning_content",
        {**USED, **CACHED},
        {
            "model": wrapped(400, "model 'fake' not found", "invalid_request_error", 400),
            "key": wrapped(401, "Invalid API Key", "authentication_error", 401),
            "long": wrapped(
                400,
                "request (32769 tokens) exceeds the available context size (32768 tokens), try increasing it",
                "exceed_context_size_error",
                400,
                n_prompt_tokens=32769,
                n_ctx=32768,
            ),
        },
        thinks=_template_switch,
    ),
    "ollama": Shape(
        "ollama",
        {"role": "assistant", "content": ""},
        "reasoning",
        USED,
        {
            "model": wrapped(404, "model 'fake' not found", "not_found_error", None),
            "key": wrapped(401, "unauthorized", "api_error", None),
        },
        refuses=_ollama_refuses,
        thinks=lambda body: body.get("reasoning_effort") != "none",
    ),
    "sglang": Shape(
        "sglang",
        {"role": "assistant", "content": ""},
        "reasoning_content",
        {**USED, **CACHED, "reasoning_tokens": 5},
        {
            "model": (
                404,
                {"object": "error", "message": "Model 'fake' not found", "type": "NotFoundError", "code": 404},
            ),
            "key": (401, {"error": "Unauthorized"}),
            "long": (
                400,
                {
                    "object": "error",
                    "message": "Requested token count exceeds the model's maximum context length of 32768 tokens. You "
                    "requested a total of 32769 tokens: 32669 tokens from the input messages and 100 tokens for the "
                    "completion.",
                    "type": "BadRequestError",
                    "param": None,
                    "code": 400,
                },
            ),
        },
        thinks=_template_switch,
    ),
    "dashscope": Shape(
        "dashscope",
        {"role": "assistant", "content": ""},
        "reasoning_content",
        {**USED, **CACHED, **THOUGHT},
        {
            "model": wrapped(
                404,
                "The model `fake` does not exist or you do not have access to it.",
                "invalid_request_error",
                "model_not_found",
            ),
            "key": wrapped(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
            "long": wrapped(
                400,
                "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 32768]",
                "invalid_request_error",
                "invalid_parameter_error",
            ),
            "filter": wrapped(
                400, "Input data may contain inappropriate content.", "data_inspection_failed", "data_inspection_failed"
            ),
        },
        refuses=_dashscope_refuses,
        thinks=lambda body: body.get("enable_thinking", False),
    ),
    "openai": Shape(
        "openai",
        {"role": "assistant", "content": "", "refusal": None},
        None,
        {**USED, **CACHED, **THOUGHT},
        {
            "model": wrapped(
                404, "The model `fake` does not exist or you do not have access to it.", "", "model_not_found"
            ),
            "key": wrapped(401, "Incorrect API key provided: sk-***.", "invalid_request_error", "invalid_api_key"),
            "long": wrapped(
                400,
                "This model's maximum context length is 32768 tokens. However, your messages resulted in 32769 tokens. "
                "Please reduce the length of the messages.",
                "invalid_request_error",
                "context_length_exceeded",
            ),
        },
        refuses=_openai_refuses,
    ),
}


class FakeProvider(FakeChatServer):
    """A provider. `says` is what it refuses calls with, one after the other, before it answers; `headers` are sent with
    everything; `thoughts_inside` leaves thinking in the text: "whole", or "closed" for a template that opens it;
    `closing` are fields of the last event; `breaks` is what it does in the middle of the answer, after so many events
    as `after` says."""

    def reset(self) -> None:
        super().reset()
        self.shape = SHAPES["openai"]
        self.says: list[Refusal | Response] = []
        self.headers: dict[str, str] = {}
        self.known = ["fake"]
        self.thoughts_inside = ""
        self.closing: dict[str, Any] = {}
        self.breaks = ""
        self.after = 1
        self.sent = 0
        self.answered: list[dict[str, Any]] = []

    async def models(self, _: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": name, "object": "model"} for name in self.known]})

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        said = self.says.pop(0) if self.says else self.shape.refuses(body)
        if isinstance(said, Response):
            return said
        if said is not None:
            return JSONResponse(said[1], status_code=said[0], headers=self.headers)
        self.answered.append(body)
        return StreamingResponse(self._caught(self._speak(body)), media_type="text/event-stream", headers=self.headers)

    async def _caught(self, events: AsyncIterator[str]) -> AsyncIterator[str]:
        how, after, self.breaks, self.after = self.breaks, self.after, "", 1
        try:
            n = 0
            async for event in events:
                if how and n == after:
                    if how == "disconnect":
                        raise ConnectionAbortedError
                    if how == "hang":
                        await asyncio.sleep(3600)
                    if how == "end":
                        return
                    yield how
                yield event
                n += 1
                self.sent = n
        except asyncio.CancelledError:
            self.closed_early.set()
            raise

    async def _speak(self, body: dict[str, Any]) -> AsyncIterator[str]:
        thinks = self.shape.thinks(body)
        answer = self._next()
        yield self._event(self.shape.first)
        if thinks and self.thoughts_inside:
            opening = "<think>" if self.thoughts_inside == "whole" else ""
            answer = f"{opening}\n{THOUGHTS}\n</think>\n\n{answer}"
        elif thinks and self.shape.thinking:
            for char in THOUGHTS:
                yield self._event({self.shape.thinking: char, "content": None})
        for at in range(0, len(answer), 3):
            yield self._event({"content": answer[at : at + 3]})
            if self.mode == "slow":
                await asyncio.sleep(0.02)
        yield self._event({}, "length" if self.mode == "length" else "stop")
        yield self._line({"choices": [], "usage": self.shape.usage, **self.closing})
        yield "data: [DONE]\n\n"

    def _event(self, delta: Mapping[str, Any], finish: str | None = None) -> str:
        return self._line({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], "usage": None})

    def _line(self, fields: dict[str, Any]) -> str:
        whole = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "fake", **fields}
        return f"data: {json.dumps(whole, ensure_ascii=False)}\n\n"
