from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import SpokenSegment
from ingestion.errors import BadInputError, ModelMissingError
from ingestion.speech.decoding import STYLE_PROMPTS
from ingestion.speech.whisper import FasterWhisperTranscriber


@pytest.fixture(scope="module")
def transcriber(models_dir: Path) -> FasterWhisperTranscriber:
    folder = models_dir / "whisper-base"
    assert (folder / "model.bin").is_file(), "whisper-base is not there: `make test` pulls the models"
    return FasterWhisperTranscriber(lambda: folder, "whisper-base", "cpu", 2, ("en", "zh"))


def floats(*parts: NDArray[np.int16]) -> NDArray[np.float32]:
    return np.concatenate(parts).astype(np.float32) / 32768


def text_of(segments: list[SpokenSegment]) -> str:
    return " ".join(segment.text for segment in segments)


def test_importing_loads_no_model_library():
    code = "import sys, ingestion.speech.whisper; sys.exit('faster_whisper' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.models
def test_silence_gives_nothing_and_loads_nothing():
    def folder() -> Path:
        raise AssertionError("asked for a model")

    transcriber = FasterWhisperTranscriber(folder, "any")
    assert transcriber.transcribe(np.zeros(160000, np.float32), language=None) == []


@pytest.mark.models
def test_a_missing_model_is_said(talk):
    def missing() -> Path:
        raise ModelMissingError("no such model", "pull it")

    with pytest.raises(ModelMissingError):
        FasterWhisperTranscriber(missing, "any").transcribe(floats(talk[:160000]), language="zh")


@pytest.mark.models
def test_both_languages_of_a_meeting_are_heard(transcriber, talk, english_talk):
    """20 s of Chinese, 20 s of English, 20 s of Chinese: the switches fall inside Whisper's windows."""
    second = 16000
    mixed = floats(talk[: 20 * second], english_talk[: 20 * second], talk[20 * second : 40 * second])
    shares: list[float] = []

    segments = transcriber.transcribe(mixed, language=None, progress=shares.append)

    assert {segment.language for segment in segments} == {"zh", "en"}
    right = sum(
        segment.end - segment.start
        for segment in segments
        if (segment.language == "en") == (20 <= (segment.start + segment.end) / 2 < 40)
    )
    assert right / sum(segment.end - segment.start for segment in segments) > 0.85
    assert "jury duty" in text_of(segments)
    assert "网关" in text_of(segments)
    assert not any(style in text_of(segments) for style in STYLE_PROMPTS.values())
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for segment, following in pairwise(segments):
        assert segment.start <= segment.end <= following.start + 0.5
        assert 0 < segment.confidence <= 1
        assert segment.words
        assert segment.end - segment.start <= 15
    transcriber.unload()
    assert transcriber.transcribe(mixed[: 6 * second], language="zh")


@pytest.mark.models
def test_a_sentence_in_the_other_language_is_heard_in_it(transcriber, talk, english_talk):
    """Four seconds of each in turn, without a pause: no window has one language."""
    second = 16000
    parts = [talk[: 4 * second], english_talk[2 * second : 6 * second], talk[4 * second : 8 * second]]
    segments = transcriber.transcribe(floats(*parts, english_talk[6 * second : 10 * second]), language=None)
    assert {segment.language for segment in segments} == {"zh", "en"}
    said = {code: text_of([one for one in segments if one.language == code]) for code in ("zh", "en")}
    assert "everyone" in said["en"] or "Ingrid" in said["en"]
    assert "差不多" in said["zh"]


@pytest.mark.models
def test_speech_that_is_none_adds_no_foreign_language(transcriber, talk):
    """Speech played backwards sounds like every language and none."""
    for start in (10, 25, 50):
        backwards = floats(talk[start * 16000 : (start + 2) * 16000][::-1])
        segments = transcriber.transcribe(backwards, language=None)
        assert {segment.language for segment in segments} <= {"zh", "en"}


@pytest.mark.models
def test_a_given_language_is_kept(transcriber, english_talk):
    segments = transcriber.transcribe(floats(english_talk[: 10 * 16000]), language="en")
    assert {segment.language for segment in segments} == {"en"}


@pytest.mark.models
def test_an_unknown_language_is_refused(transcriber, talk):
    with pytest.raises(BadInputError):
        transcriber.transcribe(floats(talk[:160000]), language="xx")
