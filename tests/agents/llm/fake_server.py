"""A faithful small chat server: the published chat-completions protocol, and the ways in which it goes wrong."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

KEY = "sk-test-0123456789"


def event(delta: dict[str, Any], finish: str | None = None) -> str:
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def usage() -> str:
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake",
        "choices": [],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }
    return f"data: {json.dumps(chunk)}\n\n"


class FakeChatServer:
    """Plays `answers` in order (the last one again and again) in the manner that `mode` says; with `reply`, what
    that makes of a request."""

    def __init__(self) -> None:
        self.url = ""
        self.reset()

    def reset(self) -> None:
        """Behave again, and forget what was asked."""
        self.mode = "ok"
        self.answers = ["回答：周二上线。"]
        self.reply: Callable[[dict[str, Any]], str] | None = None
        self.status = 500
        self.failures = 0
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.closed_early = threading.Event()

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        if self.failures:
            self.failures -= 1
            return self._error(self.status)
        if self.mode == "echo-key":
            return self._error(400, f"bad key {KEY} in header")
        answer = self.reply(body) if self.reply else self._next()
        return StreamingResponse(self._stream(answer), media_type="text/event-stream")

    async def models(self, _: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "fake", "object": "model"}]})

    def _next(self) -> str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _error(self, status: int, message: str = "it broke") -> Response:
        return JSONResponse({"error": {"message": message, "type": "error", "code": status}}, status_code=status)

    async def _stream(self, answer: str) -> AsyncIterator[str]:
        try:
            async for piece in self._events(answer):
                yield piece
        except asyncio.CancelledError:
            self.closed_early.set()
            raise

    async def _events(self, answer: str) -> AsyncIterator[str]:
        yield event({"role": "assistant", "content": ""})
        if self.mode == "hang":
            await asyncio.sleep(3600)
        if self.mode in ("reasoning", "reasoning_content"):
            yield event({self.mode: "先想"})
            yield event({self.mode: "一想"})
        if self.mode == "inline":
            answer = f"<think>\n先想一想</think>\n\n{answer}"
        for at in range(0, len(answer), 3):
            yield event({"content": answer[at : at + 3]})
            if self.mode == "stall":
                await asyncio.sleep(3600)
            if self.mode == "cut":
                return
            if self.mode == "truncated":
                yield 'data: {"id": "chatcmpl-1", "choices": [{"ind\n\n'
                return
            if self.mode == "error":
                yield 'data: {"error": {"message": "out of memory", "code": 500}}\n\n'
                return
            if self.mode == "number":
                yield "data: 5\n\n"
            if self.mode == "slow":
                await asyncio.sleep(0.03)
        yield event({}, "length" if self.mode == "length" else "stop")
        yield usage()
        yield "data: [DONE]\n\n"


AnyFake = TypeVar("AnyFake", bound=FakeChatServer)


@contextmanager
def serving(fake: AnyFake) -> Iterator[AnyFake]:
    """The server on a port of this machine; `url` says which."""
    app = Starlette(
        routes=[Route("/v1/chat/completions", fake.chat, methods=["POST"]), Route("/v1/models", fake.models)]
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    fake.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    listener.listen()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
