"""Faithful small embedding servers: the published protocol as each kind speaks it, and the ways in which it goes wrong.

Answers and error documents have the shapes of vLLM, llama.cpp's server, Ollama and DashScope's compatible mode.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.doubles import HashEmbedder
from tests.serving import Handler, listening

KEY = "sk-test-0123456789"
TOKENS = 512
DIMENSIONS = 96


class FakeEmbeddingServer:
    """Embeds by shared words, in no order and at no length, as its `kind` does; `failures` requests get `status`."""

    def __init__(self, kind: str = "vllm", dimensions: int = DIMENSIONS) -> None:
        self.kind, self.dimensions = kind, dimensions
        self.url, self.mode = "", "ok"
        self.status, self.failures = 500, 0
        self.retry_after = ""
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.models = ["served/model"]

    def answer(self, asked: dict[str, Any]) -> tuple[int, Any]:
        texts, length = asked["input"], asked.get("dimensions", self.dimensions)
        if asked["model"] not in self.models:
            return 404, {"error": {"message": f"The model `{asked['model']}` does not exist.", "code": 404}}
        refused = _REFUSALS[self.kind](asked, texts)
        if refused is not None:
            return refused
        texts = [text[: TOKENS * 4] for text in texts]
        embedder = HashEmbedder(self.dimensions if self.kind == "llama.cpp" else length)
        rows = [
            {"object": "embedding", "index": at, "embedding": (embedder.embed_query(text) * 3).tolist()}
            for at, text in enumerate(texts)
        ]
        self._spoil(rows)
        usage = {"prompt_tokens": sum(map(tokens, texts)), "total_tokens": sum(map(tokens, texts))}
        return 200, {"object": "list", "data": rows[::-1], "model": asked["model"], "usage": usage}

    def _spoil(self, rows: list[dict[str, Any]]) -> None:
        if self.mode == "missing":
            rows.pop()
        elif self.mode == "twice":
            rows[-1]["index"] = 0
        elif self.mode == "nan":
            rows[0]["embedding"][0] = float("nan")
        elif self.mode == "zero":
            rows[0]["embedding"] = [0.0] * len(rows[0]["embedding"])
        elif self.mode == "uneven":
            rows[0]["embedding"].pop()


def tokens(text: str) -> int:
    return len(text) // 4 + 1


def _vllm(asked: dict[str, Any], texts: list[str]) -> tuple[int, Any] | None:
    if asked.get("dimensions"):
        return 400, _error(
            f'Model "{asked["model"]}" does not support matryoshka representation, changing output dimensions will '
            "lead to poor results.",
            "BadRequestError",
        )
    longest = max(map(tokens, texts))
    if longest > TOKENS:
        return 400, _error(
            f"This model's maximum context length is {TOKENS} tokens. However, you requested {longest} tokens in the "
            "input for embedding generation. Please reduce the length of the input.",
            "BadRequestError",
        )
    return None


def _llama_cpp(asked: dict[str, Any], texts: list[str]) -> tuple[int, Any] | None:
    if not all(texts):
        return 400, _error("Input content cannot be empty", "invalid_request_error")
    longest = max(map(tokens, texts))
    if longest > TOKENS:
        message = f"input ({longest} tokens) is too large to process. increase the physical batch size"
        return 500, {"error": {"code": 500, "message": message, "type": "server_error"}}
    return None


def _ollama(asked: dict[str, Any], texts: list[str]) -> tuple[int, Any] | None:
    return None  # cuts by itself


def _dashscope(asked: dict[str, Any], texts: list[str]) -> tuple[int, Any] | None:
    why = ""
    if len(texts) > 10:
        why = "Value error, batch size is invalid, it should not be larger than 10.: input.contents"
    elif not all(0 < tokens(text) <= TOKENS for text in texts) or not all(texts):
        why = f"Range of input length should be [1, {TOKENS}]"
    elif asked["encoding_format"] != "float":
        why = "encoding_format must be float"
    if not why:
        return None
    document = _error(f"<400> InternalError.Algo.InvalidParameter: {why}", "InvalidParameter")
    return 400, {**document, "request_id": "318cff27"}


def _error(message: str, kind: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": 400}}


_REFUSALS = {"vllm": _vllm, "llama.cpp": _llama_cpp, "ollama": _ollama, "dashscope": _dashscope}


def _handler(fake: FakeEmbeddingServer) -> type[Handler]:
    class Handling(Handler):
        def do_GET(self) -> None:
            fake.keys.append(self.headers["Authorization"])
            found = {"object": "list", "data": [{"id": name, "object": "model"} for name in fake.models]}
            self._send(200 if self.path == "/v1/models" else 404, json.dumps(found).encode())

        def do_POST(self) -> None:
            asked = json.loads(self.body())
            fake.requests.append(asked)
            fake.keys.append(self.headers["Authorization"])
            if self.path != "/v1/embeddings":
                self._send(404, b'{"detail": "Not Found"}')
            elif fake.failures:
                fake.failures -= 1
                self._send(fake.status, b'{"error": {"message": "it broke ' + KEY.encode() + b'"}}')
            elif fake.mode == "hang":
                time.sleep(5)
            elif fake.mode == "html":
                self._send(200, b"<!doctype html><title>Sign in</title>")
            elif fake.mode == "other":
                self._send(200, b'[{"embedding": [1.0]}]')
            else:
                status, found = fake.answer(asked)
                self._send(status, json.dumps(found).encode())

        def _send(self, status: int, body: bytes) -> None:
            self.send(status, body, *([("Retry-After", fake.retry_after)] if fake.retry_after else []))

    return Handling


@contextmanager
def serving(fake: FakeEmbeddingServer) -> Iterator[FakeEmbeddingServer]:
    """The server on a port of this machine; `url` says which."""
    with listening(_handler(fake)) as address:
        fake.url = f"{address}/v1"
        yield fake
