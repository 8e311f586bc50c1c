"""Recognition by `qwen3-asr-flash` on DashScope (Alibaba Cloud Model Studio), a call for each stretch.

Protocol, read in November 2026: https://docs.qwencloud.com/api-reference/speech-recognition/qwen-asr/openai and
https://help.aliyun.com/zh/model-studio/qwen-asr-api-reference. Chat completions with one `input_audio` as a data URL,
`asr_options` {language, enable_itn}, and terms to expect as the text of the system message. A file may have 10 MB, its
base64 included, and 5 minutes; a stretch has 30 s. There are no timestamps. The language stands in `annotations`, the
seconds that are billed in `usage`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field, FiniteFloat

from ingestion.http_calls import ModelServer
from ingestion.ports import Samples
from ingestion.speech.servers.answers import parsed
from ingestion.speech.servers.heard import Heard
from ingestion.speech.servers.sound import as_base64


class _Annotation(BaseModel):
    language: str | None = None


class _Message(BaseModel):
    content: str | None = None
    annotations: list[_Annotation] | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    seconds: FiniteFloat | None = None


class _Answer(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class DashScopeEar:
    """An Ear over DashScope's compatible route."""

    def __init__(self, server: ModelServer, model: str) -> None:
        """`model` is qwen3-asr-flash or one of its snapshots."""
        self._server, self._model = server, model

    def hear(self, sound: Samples, language: str | None, hotwords: Sequence[str], stop: threading.Event) -> Heard:
        """See Ear."""
        body = _body(self._model, as_base64(sound, "flac"), language, hotwords)
        answer = parsed(self._server, self._server.send("POST", "/chat/completions", stop=stop, json=body), _Answer)
        message = answer.choices[0].message
        told = next((one.language for one in message.annotations or () if one.language), None)
        return Heard((message.content or "").strip(), told, seconds=answer.usage.seconds if answer.usage else None)


def _body(model: str, audio: str, language: str | None, hotwords: Sequence[str]) -> dict[str, Any]:
    messages: list[dict[str, Any]] = []
    if hotwords:
        messages.append({"role": "system", "content": [{"type": "text", "text": ", ".join(hotwords)}]})
    data = {"data": f"data:audio/flac;base64,{audio}"}
    messages.append({"role": "user", "content": [{"type": "input_audio", "input_audio": data}]})
    # numbers are written as digits later, where the raw text is kept
    options = {"enable_itn": False, **({"language": language} if language else {})}
    return {"model": model, "messages": messages, "stream": False, "asr_options": options}
