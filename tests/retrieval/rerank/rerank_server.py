"""A faithful small reranking server: the published rerank protocol, and the ways in which it goes wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.doubles import OverlapReranker
from tests.serving import Handler, listening

KEY = "sk-test-0123456789"


class FakeRerankServer:
    """Scores by shared words, best first, as its `kind` and `mode` say; `failures` requests get `status` first."""

    def __init__(self, kind: str = "cohere") -> None:
        self.route = "/v1/reranks" if kind == "dashscope" else "/v1/rerank"
        self.bare, self.counts = kind == "sglang", kind in ("vllm", "llama.cpp", "dashscope")
        self.url = ""
        self.mode = "ok"
        self.status, self.failures = 500, 0
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    def answer(self, asked: dict[str, Any]) -> bytes:
        scores = OverlapReranker().rerank(asked["query"], asked["documents"])
        results = [{"index": at, "relevance_score": score} for at, score in enumerate(scores)]
        results.sort(key=lambda result: -result["relevance_score"])
        if self.mode == "missing":
            results.pop()
        if self.mode == "twice":
            results[-1]["index"] = results[0]["index"]
        if self.mode == "more":
            results.append(results[0])
        if self.mode == "beyond":
            results[0]["index"] = len(results)
        if self.mode == "nan":
            results[0]["relevance_score"] = float("nan")
        if self.mode == "other":
            return json.dumps(results).encode()
        if self.bare:
            named = [{"score": result["relevance_score"], "index": result["index"]} for result in results]
            return json.dumps(named).encode()
        if self.mode == "html":
            return b"<html>Sign in</html>"
        document = {"id": "rerank-1", "model": asked["model"], "results": results}
        if self.counts:
            tokens = sum(len(asked["query"]) + len(text) for text in asked["documents"])
            document["usage"] = {"prompt_tokens": tokens, "total_tokens": tokens}
        whole = json.dumps(document).encode()
        return whole[:-9] if self.mode == "cut-json" else whole


def _handler(fake: FakeRerankServer) -> type[Handler]:
    class Handling(Handler):
        def do_POST(self) -> None:
            asked = json.loads(self.body())
            fake.requests.append(asked)
            fake.keys.append(self.headers["Authorization"])
            if self.path != fake.route:
                self._send(404, b"")
            elif fake.failures:
                fake.failures -= 1
                self._send(fake.status, b'{"error": "it broke"}')
            elif fake.mode == "too-long":
                message = "input (900 tokens) is too large to process. increase the physical batch size"
                self._send(500, json.dumps({"error": {"code": 500, "message": message}}).encode())
            elif fake.mode == "hang":
                time.sleep(5)
            elif fake.mode == "redirect":
                self._send(307, b"", ("Location", "http://elsewhere.invalid/v1/rerank"))
            else:
                self._send(200, fake.answer(asked))

        def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            claimed = len(body) + (50 if fake.mode == "broken-off" else 0)
            for name, value in (("Content-Length", str(claimed)), *headers):
                self.send_header(name, value)
            self.end_headers()
            if fake.mode == "trickle":
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)
            else:
                self.wfile.write(body)

    return Handling


@contextmanager
def serving(fake: FakeRerankServer) -> Iterator[FakeRerankServer]:
    """The server on a port of this machine; `url` says which."""
    with listening(_handler(fake)) as address:
        fake.url = f"{address}/v1"
        yield fake
