"""What every Transcriber keeps to: the double, the model on this machine, and each kind of server."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.ports import Transcriber
from ingestion.speech.whisper import FasterWhisperTranscriber
from tests.doubles import ScriptedTranscriber
from tests.ingestion.speech.servers.conftest import Open
from tests.ingestion.speech.servers.speech_server import SENTENCES, FakeSpeechServer

SERVERS = {
    "vllm-whisper": ("transcriptions", {}),
    "vllm-qwen": ("transcriptions", {}),
    "openai": ("transcriptions", {}),
    "speaches": ("transcriptions", {}),
    "dashscope": ("dashscope", {}),
    "dashscope-files": ("dashscope-files", {}),
    "omni": ("omni", {}),
}


@pytest.fixture(params=["scripted", pytest.param("whisper-base", marks=pytest.mark.models), *SERVERS])
def transcriber(
    request: pytest.FixtureRequest, server: FakeSpeechServer, open_recogniser: Open, models_dir: Path
) -> Transcriber:
    if request.param == "scripted":
        return ScriptedTranscriber(SENTENCES)
    if request.param == "whisper-base":
        return FasterWhisperTranscriber(lambda: models_dir / "whisper-base", "whisper-base", "cpu", 1, ("en", "zh"))
    server.kind = request.param
    protocol, given = SERVERS[request.param]
    return open_recogniser(protocol, **given)


def test_segments_are_sentences_in_order_within_the_piece(
    transcriber: Transcriber, minute: NDArray[np.float32]
) -> None:
    found = transcriber.transcribe(minute, language=None, hotwords=["支付网关", "压测"])
    assert len(found) >= 3
    assert found == sorted(found, key=lambda one: one.start)
    assert all(0 <= one.start < one.end <= 60.5 for one in found)
    assert all(one.end <= other.start + 0.5 for one, other in pairwise(found))
    assert all(one.text.strip() == one.text and one.text for one in found)
    assert {one.language for one in found} == {"zh"}
    assert all(0 < one.confidence <= 1 for one in found)
    for one in found:
        assert not one.words or "".join(word.text for word in one.words).strip() == one.text
        assert all(one.start <= word.start <= word.end <= one.end for word in one.words)


def test_progress_only_grows_and_ends_at_one(transcriber: Transcriber, minute: NDArray[np.float32]) -> None:
    shares: list[float] = []
    transcriber.transcribe(minute, language="zh", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_a_language_that_is_told_is_kept(transcriber: Transcriber, minute: NDArray[np.float32]) -> None:
    found = transcriber.transcribe(minute[: 20 * 16_000], language="zh")
    assert {one.language for one in found} == {"zh"}


def test_silence_says_nothing_and_is_sent_nowhere(
    transcriber: Transcriber, server: FakeSpeechServer, request: pytest.FixtureRequest
) -> None:
    if isinstance(transcriber, ScriptedTranscriber):
        pytest.skip("the double hears its sentences in whatever it is given")
    assert transcriber.transcribe(np.zeros(160_000, np.float32), language=None) == []
    assert server.asked == []


def test_it_can_be_used_again_after_it_was_unloaded(transcriber: Transcriber, minute: NDArray[np.float32]) -> None:
    first = transcriber.transcribe(minute[: 20 * 16_000], language="zh")
    transcriber.unload()
    assert transcriber.model_id
    assert transcriber.transcribe(minute[: 20 * 16_000], language="zh") == first
