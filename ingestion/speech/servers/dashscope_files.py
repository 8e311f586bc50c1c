"""Recognition by `qwen3-asr-flash-filetrans` on DashScope: a whole piece at once, with times.

Protocol, read in November 2026, by REST: the SDK brings HTTP clients of its own that the door (`ingestion.outbound`)
cannot watch.

1. https://help.aliyun.com/zh/model-studio/get-temporary-file-url: `GET /uploads?action=getPolicy&model=` gives a
   policy, with which a form is posted to `upload_host`; the file is then `oss://<key>` for 48 hours, for this account
   and model.
2. https://docs.qwencloud.com/api-reference/speech-recognition/qwen-asr/dashscope-async:
   `POST /services/audio/asr/transcription` with X-DashScope-Async and, for oss://, X-DashScope-OssResourceResolve.
   There is no field for terms to expect.
3. https://docs.qwencloud.com/api-reference/speech-recognition/qwen-asr/query-result: `GET /tasks/{id}` until
   `task_status` is SUCCEEDED or FAILED, then the JSON at `transcription_url`; both for 24 hours. Times are in
   milliseconds.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Literal
from uuid import uuid4

import numpy as np
from pydantic import BaseModel, Field

from ingestion.domain import Progress, Span, SpokenSegment, Word
from ingestion.http_calls import ModelServer, RefusedError
from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples
from ingestion.speech.servers.answers import parsed
from ingestion.speech.servers.heard import UNKNOWN_CONFIDENCE, Heard, OnHeard, Passage
from ingestion.speech.servers.placing import placed, settled
from ingestion.speech.servers.sound import encoded
from ingestion.speech.servers.tasks import Task, TaskId, Tasks
from ingestion.speech.vad import detect_speech
from ingestion.speech.windows import Window

_POLL_PAUSES = (1.0, 2.0, 3.0, 5.0)
"""Seconds before each look at a task; the last one again and again."""

_LONGEST_WAIT = 3600.0
"""Seconds; a task may stand in a queue for minutes before it begins."""

_ASYNCHRONOUS = {"X-DashScope-Async": "enable", "X-DashScope-OssResourceResolve": "enable"}


class _Policy(BaseModel):
    policy: str
    signature: str
    upload_dir: str
    upload_host: str
    oss_access_key_id: str
    x_oss_object_acl: str
    x_oss_forbid_overwrite: str


class _Permit(BaseModel):
    data: _Policy


class _Place(BaseModel):
    transcription_url: str


class _State(BaseModel):
    task_status: Literal["PENDING", "RUNNING", "SUSPENDED", "SUCCEEDED", "FAILED", "CANCELED", "UNKNOWN"]
    task_id: TaskId | None = None
    message: str = ""
    result: _Place | None = None


class _Usage(BaseModel):
    seconds: float | None = None


class _Answer(BaseModel):
    output: _State
    usage: _Usage | None = None


class _Word(BaseModel):
    text: str
    begin_time: int
    end_time: int


class _Sentence(BaseModel):
    text: str
    begin_time: int
    end_time: int
    language: str | None = None
    words: list[_Word] | None = None


class _Transcript(BaseModel):
    sentences: list[_Sentence] = Field(default_factory=list[_Sentence])


class _Result(BaseModel):
    transcripts: list[_Transcript]


class FileTranscriber:
    """A Transcriber that has whole pieces transcribed as tasks of the server. A task that was submitted is waited for
    again after a crash."""

    def __init__(
        self,
        server: ModelServer,
        elsewhere: Callable[[str], ModelServer],
        model: str,
        require: Callable[[], None],
        tasks: Tasks,
        *,
        account: str,
        on_heard: OnHeard | None = None,
    ) -> None:
        """`elsewhere` makes the server at another address, which is told no key: uploads and results have their own.
        `require` raises PrivacyError. `account` says whose tasks these are: another one does not know them."""
        self._server, self._elsewhere, self._model, self._require = server, elsewhere, model, require
        self._tasks, self._account, self._on_heard = tasks, account, on_heard

    @property
    def model_id(self) -> str:
        """The name of the model on its server."""
        return self._model

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """See Transcriber; the service takes no hotwords. Raises PrivacyError and ModelFailedError."""
        self._require()
        if not detect_speech(samples):
            return []
        key = self._key(samples, language)
        began = time.monotonic()
        task = self._tasks.find(key)
        state = self._ended(task) if task else None
        if task is None or state is None:
            task = self._submitted(key, samples, language)
            state = self._ended(task)
        heard = self._heard(key, state)
        seconds = samples.size / SAMPLE_RATE
        if self._on_heard is not None and not task.counted:
            self._on_heard(self._model, heard.seconds or seconds, time.monotonic() - began)
            self._tasks.keep(key, task.model_copy(update={"counted": True}))
        if progress is not None:
            progress(1.0)
        return settled(placed(heard, Window((Span(0.0, seconds),)), language))

    def unload(self) -> None:
        """Nothing: the model is the server's."""

    def _key(self, samples: Samples, language: str | None) -> str:
        said = f"{self._account}\n{self._model}\n{language}\n".encode()
        return hashlib.sha256(said + np.ascontiguousarray(samples).tobytes()).hexdigest()

    def _submitted(self, key: str, samples: Samples, language: str | None) -> Task:
        body = {
            "model": self._model,
            "input": {"file_url": self._uploaded(encoded(samples, "flac"))},
            "parameters": {
                "channel_id": [0],
                # numbers are written as digits later, where the raw text is kept
                "enable_itn": False,
                "enable_words": True,
                **({"language": language} if language else {}),
            },
        }
        # one that broke off may have been taken, and would be paid twice
        route = "/services/audio/asr/transcription"
        answer = self._server.send("POST", route, json=body, headers=_ASYNCHRONOUS, twice=False)
        task_id = parsed(self._server, answer, _Answer).output.task_id
        if task_id is None:
            raise self._server.failed("took a task without naming it")
        task = Task(id=task_id, submitted=time.time())
        self._tasks.keep(key, task)
        return task

    def _uploaded(self, file: bytes) -> str:
        """The address of the file in the service's own storage."""
        asked = {"action": "getPolicy", "model": self._model}
        policy = parsed(self._server, self._server.send("GET", "/uploads", params=asked), _Permit).data
        key = f"{policy.upload_dir}/{uuid4().hex}.flac"
        form = {
            "OSSAccessKeyId": policy.oss_access_key_id,
            "Signature": policy.signature,
            "policy": policy.policy,
            "x-oss-object-acl": policy.x_oss_object_acl,
            "x-oss-forbid-overwrite": policy.x_oss_forbid_overwrite,
            "key": key,
            "success_action_status": "200",
        }
        with closing(self._elsewhere(policy.upload_host)) as storage:
            storage.send("POST", "", data=form, files={"file": (key, file, "audio/flac")})
        return f"oss://{key}"

    def _ended(self, task: Task) -> _Answer | None:
        """The task once it has ended; null where the server does not know it any more."""
        until, looks = time.monotonic() + _LONGEST_WAIT, 0
        while True:
            try:
                answer = parsed(self._server, self._server.send("GET", f"/tasks/{task.id}"), _Answer)
            except RefusedError as error:
                if error.answered in (400, 404):
                    return None
                raise
            if answer.output.task_status == "UNKNOWN":
                return None
            if answer.output.task_status not in ("PENDING", "RUNNING", "SUSPENDED"):
                return answer
            if time.monotonic() > until:
                raise self._server.failed(
                    f"has not finished task {task.id} in an hour", "retry the ingest: it goes on waiting for that task"
                )
            time.sleep(_POLL_PAUSES[min(looks, len(_POLL_PAUSES) - 1)])
            looks += 1

    def _heard(self, key: str, answer: _Answer | None) -> Heard:
        if answer is None or answer.output.result is None:
            self._tasks.forget(key)
            said = " ".join(answer.output.message.split())[:200] if answer else ""
            raise self._server.failed(f"could not transcribe the recording{': ' if said else ''}{said}")
        with closing(self._elsewhere(answer.output.result.transcription_url)) as storage:
            result = parsed(storage, storage.send("GET", ""), _Result)
        sentences = [one for transcript in result.transcripts for one in transcript.sentences if one.text.strip()]
        text = " ".join(one.text.strip() for one in sentences)
        counted = answer.usage.seconds if answer.usage else None
        return Heard(text, None, tuple(_passage(one) for one in sentences), counted)


def _passage(sentence: _Sentence) -> Passage:
    words = tuple(
        Word(word.text, word.begin_time / 1000, word.end_time / 1000, UNKNOWN_CONFIDENCE)
        for word in sentence.words or ()
    )
    begin, end = sentence.begin_time / 1000, sentence.end_time / 1000
    return Passage(sentence.text.strip(), begin, end, None, sentence.language, words)
