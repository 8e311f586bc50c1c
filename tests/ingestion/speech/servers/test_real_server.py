"""Real speech to a real model in another process, over HTTP, and back as segments."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import SpokenSegment
from ingestion.outbound import Outbound
from ingestion.settings import IngestionSettings
from ingestion.speech.servers.factory import open_served_transcriber
from ingestion.speech.whisper import FasterWhisperTranscriber

pytestmark = [pytest.mark.models, pytest.mark.slow]


@pytest.fixture(params=["times", "text"])
def gives(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def url(models_dir: Path, gives: str) -> Iterator[str]:
    script = Path(__file__).with_name("whisper_server.py")
    command = [sys.executable, str(script), str(models_dir / "whisper-base"), gives]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


def text_of(segments: list[SpokenSegment]) -> str:
    return "".join(one.text for one in segments)


def test_a_meeting_is_heard_over_http_as_it_is_here(
    url: str, gives: str, tmp_path: Path, models_dir: Path, talk: NDArray[np.int16], english_talk: NDArray[np.int16]
) -> None:
    second = 16_000
    sound: NDArray[Any] = np.concatenate(
        [talk[: 25 * second], np.zeros(20 * second, np.int16), english_talk[: 25 * second]]
    )
    floats = sound.astype(np.float32) / 32768
    settings = IngestionSettings(speech_base_url=url, speech_model="whisper-base", speech_in_flight=2)
    served = open_served_transcriber(settings, Outbound(), tmp_path).transcribe(floats, language=None)
    local = FasterWhisperTranscriber(lambda: models_dir / "whisper-base", "whisper-base", "cpu", 1, ("en", "zh"))
    here = local.transcribe(floats, language=None)

    assert {"zh", "en"} <= {one.language for one in served}
    assert all(bool(one.words) == (gives == "times") for one in served)
    said, expected = set(text_of(served)), set(text_of(here))
    assert len(said & expected) / len(expected) > 0.7
    # the same words lie where they were heard here
    slack = 1.5 if gives == "times" else 4.0
    for term in ("480", "jury"):
        (there,) = (one for one in served if term in one.text)
        expected_at = next((one.start + one.end) / 2 for one in here if term in one.text)
        assert there.start - slack < expected_at < there.end + slack
    assert not any(one.end > 26 and one.start < 44 for one in served)
