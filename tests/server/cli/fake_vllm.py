"""A small vLLM as its documentation describes it: the list of models with their windows, thoughts in a field of their
own with a reasoning parser and inside the answer without, answers bound to a JSON schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.serving import Handler, listening


class FakeVllm:
    """What it serves, how it was started, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.models = {"qwen3-14b": 32_768}
        self.parser = True
        self.binds = True
        self.refuses = False
        self.page: str | None = None
        self.key: str | None = None
        self.asked: list[dict[str, Any]] = []

    def get(self) -> tuple[int, str]:
        if self.page is not None:
            return 200, self.page
        data = [
            {"id": name, "object": "model", "owned_by": "vllm", "max_model_len": window}
            for name, window in self.models.items()
        ]
        return 200, json.dumps({"object": "list", "data": data})

    def post(self, body: dict[str, Any]) -> tuple[int, str]:
        self.asked.append(body)
        if self.page is not None:
            return 200, self.page
        if self.refuses:
            return 400, json.dumps({"error": {"message": "response_format is not supported", "code": 400}})
        message = {"role": "assistant", **self._answer(body)}
        return 200, json.dumps({"object": "chat.completion", "choices": [{"index": 0, "message": message}]})

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("chat_template_kwargs", {}).get("enable_thinking", True) and "response_format" not in body:
            thoughts = "Okay, the user asks"
            return {"content": None, "reasoning": thoughts} if self.parser else {"content": f"<think>\n{thoughts}"}
        if self.binds and "response_format" in body:
            schema = body["response_format"]["json_schema"]["schema"]
            return {"content": json.dumps({name: rule["enum"][0] for name, rule in schema["properties"].items()})}
        return {"content": "Hello!"}


@contextmanager
def serving(fake: FakeVllm) -> Iterator[FakeVllm]:
    """The server on a port of this machine; `url` says which."""

    class Handling(Handler):
        def do_GET(self) -> None:
            self._send(*fake.get())

        def do_POST(self) -> None:
            self._send(*fake.post(json.loads(self.body())))

        def _send(self, status: int, text: str) -> None:
            if fake.key is not None and self.headers.get("authorization") != f"Bearer {fake.key}":
                status, text = 401, '{"error": "Unauthorized"}'
            self.send(status, text.encode())

    with listening(Handling) as address:
        fake.url = f"{address}/v1"
        yield fake
