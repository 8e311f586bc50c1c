"""A chat provider that thinks about nothing: it streams words as fast, or as slowly, as it is told to.

Run as a process of its own, so that its work is not counted: `python -m benchmarks.gateway_provider` prints its address
and ends with its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

MODEL = "fake"
_READER = re.compile(r"reader ([a-j]+)")


def letters(number: int) -> str:
    """A number without digits: what a meeting is said to hold is checked, and no meeting holds these."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def reader_words(reader: str, count: int) -> list[str]:
    """The answer to a reader: words that say whose they are and which."""
    return [f"x{reader}y{letters(number)} " for number in range(count)]


class Provider:
    """Answers a question "... reader NAME" with a claim of `words` words of that reader's own, one each `pause`
    seconds, once `together` of them are there; anything else with as many words as are allowed, at once."""

    def __init__(self, words: int, pause: float, together: int) -> None:
        self._words, self._pause, self._together = words, pause, together
        self._all_there = asyncio.Event()
        self._readers = 0

    async def chat(self, request: Request) -> StreamingResponse:
        """POST /v1/chat/completions."""
        body = await request.json()
        reader = _READER.search(body["messages"][-1]["content"])
        stream = self._to_reader(reader[1]) if reader else self._at_once(body["max_tokens"])
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _to_reader(self, reader: str) -> AsyncIterator[str]:
        self._readers += 1
        if self._readers >= self._together:
            self._all_there.set()
        await self._all_there.wait()
        yield _event('{"claims": [{"lines": [1], "text": "')
        for word in reader_words(reader, self._words):
            yield _event(word)
            await asyncio.sleep(self._pause)
        yield _event('"}]}')
        yield _end(self._words)

    async def _at_once(self, words: int) -> AsyncIterator[str]:
        for _ in range(words):
            yield _WORD
        yield _end(words)


def _event(content: str) -> str:
    return _chunk(choices=[{"index": 0, "delta": {"content": content}, "finish_reason": None}])


def _end(words: int) -> str:
    used = {"prompt_tokens": 100, "completion_tokens": words, "total_tokens": 100 + words}
    stop = _chunk(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    return f"{stop}{_chunk(choices=[], usage=used)}data: [DONE]\n\n"


def _chunk(**fields: Any) -> str:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    return f"data: {json.dumps({**head, **fields})}\n\n"


_WORD = _event("word ")


@contextmanager
def provider(arguments: Sequence[str] = ()) -> Generator[str]:
    """The provider as a process; its address, as a client is told it."""
    command = [sys.executable, "-m", "benchmarks.gateway_provider", *arguments]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        yield child.stdout.readline().strip()
    finally:
        child.kill()
        child.wait()


def main() -> None:
    """Serve until standard input is closed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--together", type=int, default=1)
    arguments = parser.parse_args()
    chat = Provider(arguments.words, arguments.pause, arguments.together)
    app = Starlette(routes=[Route("/v1/chat/completions", chat.chat, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", backlog=4096))
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(4096)
    threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", flush=True)
    server.run([listener])


def _end_with_input(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
