"""A faithful small reranking server: the published rerank protocol, and the ways in which it goes wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.doubles import OverlapReranker

KEY = "sk-test-0123456789"


class FakeRerankServer:
    """Scores by shared words, best first, in the manner that `mode` says; `failures` requests get `status` first."""

    def __init__(self) -> None:
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
        whole = json.dumps({"id": "rerank-1", "model": asked["model"], "results": results}).encode()
        return whole[:-9] if self.mode == "cut-json" else whole


def _handler(fake: FakeRerankServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.requests.append(asked)
            fake.keys.append(self.headers["Authorization"])
            if self.path != "/v1/rerank":
                self._send(404, b"")
            elif fake.failures:
                fake.failures -= 1
                self._send(fake.status, b'{"error": "it broke"}')
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

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def serving(fake: FakeRerankServer) -> Iterator[FakeRerankServer]:
    """The server on a port of this machine; `url` says which."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.handle_error = lambda *_: None  # a client that gives up is part of the tests
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
