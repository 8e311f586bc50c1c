"""What each kind of server is sent, and what is made of its answer."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import SpokenSegment
from ingestion.errors import BadInputError, ModelFailedError
from ingestion.http_calls import Advice, ModelServer, Patience
from ingestion.outbound import Outbound
from ingestion.settings import IngestionSettings
from ingestion.speech.servers.factory import is_remote_server, open_served_transcriber
from ingestion.speech.servers.heard import UNKNOWN_CONFIDENCE
from ingestion.speech.servers.omni import OmniEar
from tests.ingestion.speech.servers.conftest import Open
from tests.ingestion.speech.servers.speech_server import KEY, SENTENCES, FakeSpeechServer


def hear(
    open_recogniser: Open, sound: NDArray[np.float32], protocol: str = "transcriptions", **told: Any
) -> list[SpokenSegment]:
    return open_recogniser(protocol).transcribe(sound, **{"language": None, **told})


def test_transcriptions_ask_for_times_and_terms(server: FakeSpeechServer, open_recogniser: Open, minute: Any) -> None:
    found = hear(open_recogniser, minute, language="zh", hotwords=["支付网关", "Atlas"])
    assert [one.text for one in found[:3]] == list(SENTENCES)
    assert found[0].confidence == pytest.approx(np.exp(-0.1))
    for asked in server.asked:
        assert asked.headers["Authorization"] == f"Bearer {KEY}"
        del asked.fields["file"]
        assert asked.fields == {
            "model": "ears",
            "temperature": "0",
            "response_format": "verbose_json",
            "timestamp_granularities[]": "segment",  # the last of two with one name
            "language": "zh",
            "to_language": "zh",
            "prompt": "支付网关, Atlas. 以下是普通话的会议记录。",
            "hotwords": "支付网关 Atlas",
        }


def test_only_speech_is_sent_in_stretches_of_half_a_minute(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    quiet = np.zeros(60 * 16_000, np.float32)
    hear(open_recogniser, np.concatenate([quiet, minute, quiet]))
    assert all(asked.seconds <= 30 for asked in server.asked)
    assert 40 < sum(asked.seconds for asked in server.asked) < 62


@pytest.mark.parametrize(("kind", "refused"), [("vllm-whisper", 0), ("vllm-qwen", 1), ("openai", 2)])
def test_a_server_that_gives_less_is_asked_for_less_and_that_is_remembered(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any, kind: str, refused: int
) -> None:
    server.kind = kind
    recogniser = open_recogniser(speech_in_flight=1)
    recogniser.transcribe(minute, language="zh", hotwords=["网关"])
    stretches = len(server.asked) - refused
    assert 2 <= stretches <= 3
    recogniser.transcribe(minute, language="zh", hotwords=["网关"])
    assert len(server.asked) == 2 * stretches + refused


def test_qwen_at_vllm_gets_terms_and_language_in_fields_it_reads(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    server.kind = "vllm-qwen"
    found = hear(open_recogniser, minute[: 20 * 16_000], language="zh", hotwords=["网关"])
    last = server.asked[-1].fields
    assert (last["response_format"], last["to_language"], last["hotwords"]) == ("json", "zh", "网关")
    assert "timestamp_granularities[]" not in last
    assert [one.confidence for one in found] == pytest.approx([UNKNOWN_CONFIDENCE] * len(found))


def test_words_of_openai_get_the_marks_of_the_text(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    server.kind = "openai"
    found = hear(open_recogniser, minute[: 20 * 16_000])
    # the last sentence may be two: its words lie on both sides of a pause
    assert "".join(one.text for one in found) == "".join(SENTENCES)
    assert [word.text for word in found[0].words] == [*"我们先看支付网", "关。"]


def test_terms_that_do_not_fit_are_left_out_whole(server: FakeSpeechServer, open_recogniser: Open, minute: Any) -> None:
    hear(open_recogniser, minute[: 10 * 16_000], hotwords=[f"term{at:03}" for at in range(99)])
    told = server.asked[0].fields["hotwords"].split(" ")
    assert 20 < len(told) < 60
    assert all(len(one) == 7 for one in told)


def test_dashscope_is_sent_a_data_url_with_context_and_options(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    heard: list[tuple[str, float, float]] = []
    recogniser = open_recogniser("dashscope", on_heard=lambda *one: heard.append(one))
    found = recogniser.transcribe(minute, language="zh", hotwords=["支付网关", "Atlas"])
    assert {one.language for one in found} == {"zh"}
    for asked in server.asked:
        system, user = asked.fields["messages"]
        assert system == {"role": "system", "content": [{"type": "text", "text": "支付网关, Atlas"}]}
        assert user["content"][0]["input_audio"]["data"].startswith("data:audio/flac;base64,")
        assert asked.fields["asr_options"] == {"language": "zh", "enable_itn": False}
        assert asked.path == "/v1/chat/completions"
    # the seconds are those that the server counts: whole ones, rounded up
    assert sorted(seconds for _, seconds, _ in heard) == sorted(np.ceil(asked.seconds) for asked in server.asked)
    assert {model for model, _, _ in heard} == {"ears"}
    assert all(taken > 0 for _, _, taken in heard)


def test_omni_writes_turns_with_times(server: FakeSpeechServer, open_recogniser: Open, minute: Any) -> None:
    found = hear(open_recogniser, minute[: 20 * 16_000], "omni", hotwords=['a "b"'])
    assert [one.text for one in found] == list(SENTENCES)
    (asked,) = server.asked
    sound, told = asked.fields["messages"][0]["content"]
    assert (sound["input_audio"]["format"], sound["input_audio"]["data"][:4]) == ("wav", "UklG")
    assert '["a \\"b\\""]' in told["text"]
    assert asked.fields["stream"] is False


def test_omni_of_dashscope_answers_as_a_stream(server: FakeSpeechServer, minute: Any) -> None:
    advice = Advice("the server", *[""] * 5)
    served = ModelServer(Outbound(), server.url, "m", remote=False, api_key=None, patience=Patience(5), advice=advice)
    heard = OmniEar(served, "m", dashscope=True).hear(minute[:160_000], None, (), threading.Event())
    assert [one.text for one in heard.passages] == list(SENTENCES)
    (asked,) = server.asked
    assert asked.fields["messages"][0]["content"][0]["input_audio"]["data"].startswith("data:;base64,")
    assert (asked.fields["stream"], asked.fields["modalities"]) == (True, ["text"])


@pytest.mark.parametrize(
    ("reply", "texts"),
    [
        ('{"language": "en", "turns": [{"text": "Hello."}, {"text": "Bye."}]}', ["Hello.", "Bye."]),
        ('{"turns": [{"start": 0, "end": 900, "text": "Hello."}]}', ["Hello."]),
        ('{"turns": []}', []),
    ],
    ids=["no times", "times beyond the sound", "nobody speaks"],
)
def test_omni_without_times_that_can_be(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any, reply: str, texts: list[str]
) -> None:
    server.reply = reply
    found = hear(open_recogniser, minute[: 10 * 16_000], "omni")
    assert [one.text for one in found] == texts
    assert all(one.end <= 10.5 for one in found)


def test_omni_that_talks_instead_is_asked_once_more_and_then_a_failure(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    server.reply = "Sure! The speakers discuss a payment gateway."
    with pytest.raises(ModelFailedError, match="does not write down speech as it is told"):
        hear(open_recogniser, minute[: 10 * 16_000], "omni")
    assert len(server.asked) == 2


@pytest.mark.parametrize("protocol", ["transcriptions", "omni"])
def test_times_that_are_wrong_are_not_taken(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any, protocol: str
) -> None:
    server.off = 500.0
    found = hear(open_recogniser, minute[: 20 * 16_000], protocol)
    assert [one.text for one in found] == list(SENTENCES)
    assert all(one.end <= 20.5 for one in found)


def test_stretches_of_all_recordings_are_sent_at_once_but_not_too_many(
    server: FakeSpeechServer, open_recogniser: Open, minute: Any
) -> None:
    server.sleep = 0.1
    recogniser = open_recogniser(speech_in_flight=2)
    with ThreadPoolExecutor() as ingests:
        found = list(ingests.map(lambda _: recogniser.transcribe(minute, language="zh"), range(2)))
    assert server.most_at_once == 2
    assert len(server.asked) >= 4
    assert found[0] == found[1] == sorted(found[0], key=lambda one: one.start)


def test_settings_choose_and_are_checked() -> None:
    auto = IngestionSettings(speech_base_url="http://127.0.0.1:1/v1", speech_model="auto")
    with pytest.raises(BadInputError, match="no speech recogniser is named"):
        open_served_transcriber(auto, Outbound(), None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="speech_api_key"):
        IngestionSettings(speech_base_url="http://me:secret@127.0.0.1/v1")
    assert not is_remote_server(IngestionSettings(speech_base_url="http://127.0.0.1:1/v1"))
    assert is_remote_server(IngestionSettings(speech_base_url="http://asr.example/v1"))
    assert not is_remote_server(IngestionSettings(speech_base_url="http://asr.example/v1", speech_remote=False))
    assert json.loads(IngestionSettings(speech_base_url="").model_dump_json())["speech_base_url"] is None
