"""A small recognition server that speaks each of the protocols as they are published, and goes wrong as servers do.

Wire shapes: see the modules of `ingestion.speech.servers`, which name their sources.
"""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

import av
import numpy as np

from tests.serving import Handler, listening

KEY = "sk-test-0123456789"
SENTENCES = ("我们先看支付网关。", "压测的预算批了十五万。", "下周一全部切换。")


@dataclass
class Asked:
    """A request: `fields` is its JSON or its form, `seconds` the sound in it."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class FakeSpeechServer:
    """Hears `SENTENCES`, evenly spread, in whatever it is sent.

    `kind` is whose transcriptions route it has; `failures` requests get `status` first, with `body` and `sends`;
    `polls` looks find a task running; without `takes_tasks` it fails once it was told of a task; its times are `off`
    by so many seconds.
    """

    def __init__(self, kind: str = "vllm-whisper") -> None:
        self.url, self.root = "", ""
        self.kind = kind
        self.status, self.failures, self.body = 500, 0, b'{"error": {"message": "it broke", "code": 500}}'
        self.sends: tuple[tuple[str, str], ...] = ()
        self.sleep = 0.0
        self.polls, self.ends = 1, "SUCCEEDED"
        self.takes_tasks = True
        self.off = 0.0
        self.sentences: tuple[str, ...] = SENTENCES
        self.reply: str | None = None
        self.asked: list[Asked] = []
        self.at_once, self.most_at_once = 0, 0
        self.stored: dict[str, bytes] = {}
        self.tasks: dict[str, float] = {}
        self.looks: dict[str, int] = {}
        self.lock = threading.Lock()

    def of(self, route: str) -> list[Asked]:
        """The requests of a route."""
        return [one for one in self.asked if one.path.split("?")[0].endswith(route)]

    def heard(self, seconds: float) -> list[tuple[str, float, float]]:
        """Sentences with their times."""
        each = seconds / max(len(self.sentences), 1)
        return [(text, at * each + self.off, (at + 1) * each + self.off) for at, text in enumerate(self.sentences)]

    def transcription(self, asked: Asked) -> tuple[int, Any]:
        fields, heard = asked.fields, self.heard(asked.seconds)
        text = "".join(text for text, _, _ in heard)
        verbose = fields["response_format"] == "verbose_json"
        if self.kind == "vllm-qwen" and verbose:
            message = f"Currently do not support verbose_json for {fields['model']}"
            return 400, {"error": {"message": message, "type": "BadRequestError", "param": None, "code": 400}}
        if self.kind == "openai" and {"hotwords", "to_language"} & fields.keys():
            return 400, {"error": {"message": "Unknown parameter", "type": "invalid_request_error"}}
        if not verbose:
            return 200, {"text": text, "usage": {"type": "duration", "seconds": int(np.ceil(asked.seconds))}}
        segments = [
            {"id": at, "seek": 0, "start": start, "end": end, "text": said, "tokens": [1], "temperature": 0.0}
            | {"avg_logprob": -0.1, "compression_ratio": 1.1, "no_speech_prob": None}
            for at, (said, start, end) in enumerate(heard)
        ]
        found: dict[str, Any] = {"text": text, "duration": str(asked.seconds), "language": "zh", "segments": segments}
        if self.kind in ("openai", "speaches"):
            found |= {"language": "chinese", "words": [word for one in heard for word in self.words(one)]}
        return 200, found

    def words(self, sentence: tuple[str, float, float]) -> list[dict[str, Any]]:
        """A word a character, without punctuation, as OpenAI gives them."""
        text, start, end = sentence
        bare = text.rstrip("。")
        each = (end - start) / len(bare)
        return [
            {"word": one, "start": start + at * each, "end": start + (at + 1) * each} for at, one in enumerate(bare)
        ]

    def chat(self, asked: Asked) -> tuple[int, Any]:
        heard, body = self.heard(asked.seconds), asked.fields
        if "asr_options" in body:
            message = {"role": "assistant", "content": "".join(text for text, _, _ in heard)}
            message["annotations"] = [{"type": "audio_info", "language": "zh", "emotion": "neutral"}]
            usage = {"prompt_tokens": 40, "completion_tokens": 6, "seconds": int(np.ceil(asked.seconds))}
            return 200, {"choices": [{"finish_reason": "stop", "index": 0, "message": message}], "usage": usage}
        turns = [{"start": start, "end": end, "speaker": "1", "text": text} for text, start, end in heard]
        written = (
            self.reply or f"```json\n{json.dumps({'language': 'Chinese', 'turns': turns}, ensure_ascii=False)}\n```"
        )
        if not body["stream"]:
            return 200, {"choices": [{"index": 0, "message": {"role": "assistant", "content": written}}], "usage": {}}
        halves = (written[: len(written) // 2], written[len(written) // 2 :])
        events = [{"choices": [{"delta": {"content": half}, "index": 0}]} for half in halves]
        last: dict[str, Any] = {"choices": [], "usage": {"prompt_tokens": 9}}
        return 200, "".join(f"data: {json.dumps(event)}\n\n" for event in (*events, last)) + "data: [DONE]\n\n"

    def policy(self, asked: Asked) -> tuple[int, Any]:
        data = {
            "policy": "cG9saWN5",
            "signature": "c2ln",
            "upload_dir": "dashscope-instant/some/2026-11-23",
            "upload_host": f"{self.root}/oss",
            "expire_in_seconds": 300,
            "max_file_size_mb": 100,
            "oss_access_key_id": "id",
            "x_oss_object_acl": "private",
            "x_oss_forbid_overwrite": "true",
        }
        return 200, {"request_id": "r", "data": data}

    def upload(self, asked: Asked) -> tuple[int, Any]:
        assert list(asked.fields)[-1] == "file"
        self.stored[f"oss://{asked.fields['key']}"] = asked.fields["file"]
        return 200, ""

    def submit(self, asked: Asked) -> tuple[int, Any]:
        if asked.headers.get("X-DashScope-Async") != "enable":
            return 403, {"code": "AccessDenied", "message": "current user api does not support synchronous calls"}
        if not self.takes_tasks:
            return 502, {"message": "bad gateway"}
        file = self.stored[asked.fields["input"]["file_url"]]
        task = f"task-{len(self.tasks)}"
        self.tasks[task] = len(_samples(file)) / 16_000
        return 200, {"request_id": "r", "output": {"task_id": task, "task_status": "PENDING"}}

    def task(self, asked: Asked) -> tuple[int, Any]:
        task = asked.path.rsplit("/", 1)[1]
        if task not in self.tasks:
            return 200, {"request_id": "r", "output": {"task_id": task, "task_status": "UNKNOWN"}}
        self.looks[task] = self.looks.get(task, 0) + 1
        if self.looks[task] <= self.polls:
            return 200, {"request_id": "r", "output": {"task_id": task, "task_status": "RUNNING"}}
        output: dict[str, Any] = {"task_id": task, "task_status": self.ends}
        if self.ends == "SUCCEEDED":
            output["result"] = {"transcription_url": f"{self.root}/results/{task}?Signature=x"}
        else:
            output |= {"code": "FILE_DOWNLOAD_FAILED", "message": "FILE_DOWNLOAD_FAILED"}
        return 200, {"request_id": "r", "output": output, "usage": {"seconds": int(np.ceil(self.tasks[task]))}}

    def result(self, asked: Asked) -> tuple[int, Any]:
        seconds = self.tasks[asked.path.rsplit("/", 1)[1].split("?")[0]]
        sentences = [
            {"sentence_id": at, "begin_time": int(one[1] * 1000), "end_time": int(one[2] * 1000), "text": one[0]}
            | {"language": "zh", "emotion": "neutral"}
            | {
                "words": [
                    {"begin_time": int(w["start"] * 1000), "end_time": int(w["end"] * 1000), "text": w["word"]}
                    | {"punctuation": ""}
                    for w in self.words(one)
                ]
            }
            for at, one in enumerate(self.heard(seconds))
        ]
        transcript = {"channel_id": 0, "text": "".join(self.sentences), "sentences": sentences}
        return 200, {"file_url": "oss://x", "audio_info": {"format": "flac"}, "transcripts": [transcript]}


def _handler(fake: FakeSpeechServer) -> type[Handler]:
    routes = {
        "/audio/transcriptions": fake.transcription,
        "/chat/completions": fake.chat,
        "/uploads": fake.policy,
        "/oss": fake.upload,
        "/services/audio/asr/transcription": fake.submit,
        "/tasks/": fake.task,
        "/results/": fake.result,
        "/models": lambda _asked: (200, {"object": "list", "data": [{"id": "ears"}]}),
    }

    class Handling(Handler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do("GET")

        def do_POST(self) -> None:
            self._do("POST")

        def _do(self, method: str) -> None:
            body = self.body()
            with fake.lock:
                fake.at_once += 1
                fake.most_at_once = max(fake.most_at_once, fake.at_once)
            asked = _asked(method, self.path, dict(self.headers), body)
            with fake.lock:
                fake.asked.append(asked)
                fails = fake.failures > 0
                fake.failures -= fails
            time.sleep(fake.sleep)
            path = urlsplit(self.path).path
            answer = next(run for route, run in routes.items() if path.endswith(route) or route in path)
            status, found = (fake.status, fake.body) if fails else answer(asked)
            with fake.lock:
                fake.at_once -= 1
            content = found if isinstance(found, bytes) else found.encode() if isinstance(found, str) else None
            with suppress(BrokenPipeError):
                self.send(
                    status, json.dumps(found).encode() if content is None else content, *(fake.sends if fails else ())
                )

    return Handling


def _asked(method: str, path: str, headers: dict[str, str], body: bytes) -> Asked:
    kind = headers.get("Content-Type", "")
    asked = Asked(method, path, headers)
    if kind.startswith("multipart/"):
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        for part in message.get_payload():
            name = part.get_param("name", header="content-disposition")
            value = part.get_payload(decode=True)
            asked.fields[name] = value if name == "file" else value.decode()
        asked.seconds = len(_samples(asked.fields["file"])) / 16_000
    elif kind.startswith("application/json"):
        asked.fields = json.loads(body)
        data = [
            part["input_audio"]["data"]
            for message in asked.fields.get("messages", ())
            for part in message["content"]
            if part["type"] == "input_audio"
        ]
        if data:
            asked.seconds = len(_samples(base64.b64decode(data[0].rsplit(",", 1)[-1], validate=True))) / 16_000
    elif "?" in path:
        asked.fields = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    return asked


def _samples(file: bytes) -> np.ndarray[Any, Any]:
    with av.open(io.BytesIO(file)) as container:
        assert container.streams.audio[0].rate == 16_000
        assert container.streams.audio[0].channels == 1
        return np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])


@contextmanager
def serving(fake: FakeSpeechServer) -> Iterator[FakeSpeechServer]:
    """The server at `fake.url` while inside."""
    with listening(_handler(fake)) as fake.root:
        fake.url = f"{fake.root}/v1"
        yield fake
