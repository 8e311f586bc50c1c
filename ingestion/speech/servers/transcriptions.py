"""Recognition by `POST /audio/transcriptions`: vLLM with Qwen3-ASR or Whisper, OpenAI, speaches and others.

Protocol: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create/.
vLLM's own (vllm/entrypoints/speech_to_text/transcription/protocol.py and base/serving.py, read in November 2026):

- `hotwords` and `to_language` are fields of vLLM's. Its Qwen3-ASR is told the language by `to_language` alone, and
  takes `hotwords` where pull request 43430 is in; `prompt` it does not read. What its answer says of the language is
  cut away (vllm/model_executor/models/qwen3_asr.py), so the language is then told from the script of the text.
- `verbose_json` is refused with status 400 for models without timestamps of their own, Qwen3-ASR among them; `srt` and
  `vtt` are refused for all.

So a server is asked for as much as it may give, and for less where it says no.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence

from pydantic import BaseModel, FiniteFloat

from ingestion.domain import Word
from ingestion.http_calls import ModelServer, RefusedError
from ingestion.ports import Samples
from ingestion.speech.decoding import STYLE_PROMPTS
from ingestion.speech.servers.answers import parsed
from ingestion.speech.servers.heard import UNKNOWN_CONFIDENCE, Heard, Passage
from ingestion.speech.servers.sound import encoded

_PROMPT_CHARACTERS = 300
"""Whisper reads 224 tokens of a prompt."""

_NO_LOGPROB = -1.0
"""What older servers write for each value of a segment that they do not know."""

_LADDER = ((True, True), (False, True), (True, False), (False, False))
"""Whether times are asked for, and whether by fields that only some servers know; from the most to the least."""

_TOO_MUCH = (400, 422)
"""Statuses by which servers refuse a field or a format."""


class _Word(BaseModel):
    word: str
    start: FiniteFloat
    end: FiniteFloat
    probability: FiniteFloat | None = None


class _Segment(BaseModel):
    text: str
    start: FiniteFloat
    end: FiniteFloat
    avg_logprob: FiniteFloat | None = None
    compression_ratio: FiniteFloat | None = None


class _Usage(BaseModel):
    seconds: FiniteFloat | None = None


class _Answer(BaseModel):
    text: str
    language: str | None = None
    segments: list[_Segment] | None = None
    words: list[_Word] | None = None
    usage: _Usage | None = None


class TranscriptionsEar:
    """An Ear over the transcriptions protocol."""

    def __init__(self, server: ModelServer, model: str) -> None:
        """`model` is the name by which the server knows the model."""
        self._server, self._model = server, model
        self._rung = 0

    def hear(self, sound: Samples, language: str | None, hotwords: Sequence[str], stop: threading.Event) -> Heard:
        """See Ear."""
        file = {"file": ("speech.flac", encoded(sound, "flac"), "audio/flac")}
        for rung in range(self._rung, len(_LADDER)):
            fields = _fields(self._model, language, hotwords, *_LADDER[rung])
            try:
                answer = self._server.send("POST", "/audio/transcriptions", stop=stop, data=fields, files=file)
            except RefusedError as error:
                if error.answered not in _TOO_MUCH or rung == len(_LADDER) - 1:
                    raise
                continue
            self._rung = rung
            return _heard(parsed(self._server, answer, _Answer))
        raise AssertionError("the last rung returns or raises")


def _fields(
    model: str, language: str | None, hotwords: Sequence[str], timed: bool, known_to_some: bool
) -> dict[str, str | list[str]]:
    fields: dict[str, str | list[str]] = {"model": model, "temperature": "0"}
    fields["response_format"] = "verbose_json" if timed else "json"
    if timed:
        fields["timestamp_granularities[]"] = ["word", "segment"]
    if language is not None:
        fields["language"] = language
    if prompt := _prompt(language, hotwords):
        fields["prompt"] = prompt
    if known_to_some and language is not None:
        fields["to_language"] = language
    if known_to_some and hotwords:
        fields["hotwords"] = _terms(hotwords, " ")
    return fields


def _prompt(language: str | None, hotwords: Sequence[str]) -> str:
    """Terms to expect, then the sentence that makes Whisper write punctuation."""
    terms = _terms(hotwords, ", ")
    return " ".join(part for part in (f"{terms}." if terms else "", STYLE_PROMPTS.get(language or "", "")) if part)


def _terms(hotwords: Sequence[str], between: str) -> str:
    """As many terms as fit, whole."""
    terms = ""
    for word in hotwords:
        longer = f"{terms}{between}{word}" if terms else word
        if len(longer) > _PROMPT_CHARACTERS:
            break
        terms = longer
    return terms


def _heard(answer: _Answer) -> Heard:
    segments = [one for one in answer.segments or () if one.text.strip()]
    passages = [Passage(one.text.strip(), one.start, one.end, _confidence(one)) for one in segments]
    if answer.words:
        sure = [one.confidence for one in passages if one.confidence is not None]
        usual = sum(sure) / len(sure) if sure else UNKNOWN_CONFIDENCE
        words = tuple(
            Word(one.word, one.start, one.end, usual if one.probability is None else one.probability)
            for one in answer.words
        )
        passages = [Passage(answer.text.strip(), words[0].start, words[-1].end, None, None, words)]
    seconds = answer.usage.seconds if answer.usage else None
    return Heard(answer.text.strip(), answer.language, tuple(passages), seconds)


def _confidence(segment: _Segment) -> float | None:
    """The mean probability of a token, geometrically."""
    mean = segment.avg_logprob
    if mean is None or mean > 0 or (mean == _NO_LOGPROB and segment.compression_ratio == _NO_LOGPROB):
        return None
    return math.exp(mean)
