"""Servers that go wrong: what is tried again, and the one line that is said."""

from __future__ import annotations

import socket
import time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound
from ingestion.settings import IngestionSettings
from ingestion.speech.servers.factory import open_served_transcriber
from tests.ingestion.speech.servers.conftest import Open
from tests.ingestion.speech.servers.speech_server import KEY, FakeSpeechServer

PROTOCOLS = ("transcriptions", "dashscope", "dashscope-files", "omni")


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sound(minute: NDArray[np.float32]) -> NDArray[np.float32]:
    return minute[: 10 * 16_000]


def failure(open_recogniser: Open, protocol: str, sound: Any, **given: Any) -> ModelFailedError:
    with pytest.raises(ModelFailedError) as caught:
        open_recogniser(protocol, **given).transcribe(sound, language="zh")
    for said in (caught.value.message, caught.value.hint):
        assert said
        assert "\n" not in said
        assert KEY not in said
    return caught.value


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_tried_again(
    server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str, status: int
) -> None:
    server.status, server.failures = status, 2
    assert open_recogniser(protocol).transcribe(sound, language="zh")


def test_a_server_that_says_when_is_asked_then(
    server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str
) -> None:
    server.status, server.failures, server.sends = 429, 1, (("Retry-After", "1"),)
    began = time.monotonic()
    assert open_recogniser(protocol).transcribe(sound, language="zh")
    assert time.monotonic() - began >= 1


def test_one_that_says_too_late_is_not_waited_for(
    server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str
) -> None:
    server.status, server.failures, server.sends = 429, 1, (("Retry-After", "3600"),)
    assert "(429)" in failure(open_recogniser, protocol, sound).message
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        (401, "refused the API key", "SPEECH_API_KEY"),
        (403, "refused the API key", "SPEECH_API_KEY"),
        (404, "no model 'ears'", "SPEECH_MODEL"),
        (413, "(413)", "client_max_body_size"),
        (400, "it broke", "own log"),
        (307, "(307)", "own log"),
    ],
)
def test_a_refusal_is_final(
    server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str, status: int, said: str, hint: str
) -> None:
    server.status, server.failures = status, 99
    server.sends = (("Location", "http://elsewhere.invalid/"),)
    error = failure(open_recogniser, protocol, sound)
    assert said in error.message
    assert hint in error.hint
    # one who refuses a format is asked for less of it
    assert len(server.asked) == (4 if protocol == "transcriptions" and status == 400 else 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><title>Welcome</title>", "web page"),
        (b'{"text": "cut o', "not of its protocol"),
        (b'{"unexpected": true}', "not of its protocol"),
        (b"", "not of its protocol"),
    ],
    ids=["html", "cut off", "other json", "nothing"],
)
def test_an_answer_that_is_none(
    server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str, body: bytes, said: str
) -> None:
    server.status, server.failures, server.body = 200, 99, body
    if protocol == "omni" and body == b'{"unexpected": true}':
        said = "does not write down speech"
    assert said in failure(open_recogniser, protocol, sound).message


def test_a_slow_server_is_given_up(server: FakeSpeechServer, open_recogniser: Open, sound: Any, protocol: str) -> None:
    server.sleep = 3.0
    error = failure(open_recogniser, protocol, sound, speech_timeout_seconds=0.4)
    assert "did not answer within 0.4 s" in error.message
    assert "SPEECH_TIMEOUT_SECONDS" in error.hint


def test_a_server_that_is_not_there(open_recogniser: Open, sound: Any, protocol: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    error = failure(open_recogniser, protocol, sound, speech_base_url=url)
    assert "cannot be reached" in error.message
    assert "SPEECH_BASE_URL" in error.hint


def test_one_stretch_that_fails_calls_off_those_that_wait(
    server: FakeSpeechServer, open_recogniser: Open, talk: Any
) -> None:
    server.status, server.failures = 401, 1
    with pytest.raises(ModelFailedError, match="refused the API key"):
        open_recogniser(speech_in_flight=1).transcribe(talk.astype(np.float32) / 32768, language="zh")
    time.sleep(0.2)
    assert len(server.asked) <= 2


def test_a_broken_key_is_told_and_not_sent(server: FakeSpeechServer, open_recogniser: Open, sound: Any) -> None:
    error = failure(open_recogniser, "transcriptions", sound, speech_api_key="two words")
    assert "SPEECH_API_KEY" in error.hint
    assert server.asked == []


def test_without_a_key_none_is_sent(server: FakeSpeechServer, tmp_path: Any, sound: Any) -> None:
    settings = IngestionSettings(speech_base_url=server.url, speech_model="ears")
    open_served_transcriber(settings, Outbound(), tmp_path).transcribe(sound, language="zh")
    assert all("Authorization" not in asked.headers for asked in server.asked)
