"""What `huimai doctor` says of a speech recognition server."""

from __future__ import annotations

import pytest

from tests.ingestion.speech.servers.speech_server import FakeSpeechServer, serving
from tests.server.cli.test_housekeeping import checks


def test_doctor_looks_at_the_speech_server(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen() -> tuple[str, str, str]:
        return checks(cli("doctor", "--json").document)["speech"]

    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_MODEL", "ears")
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_BASE_URL", "http://127.0.0.1:9/v1")
    assert seen()[0] == "warn"
    assert "HUIMAI_INGESTION__SPEECH_BASE_URL" in seen()[2]
    with serving(FakeSpeechServer()) as server:
        monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_BASE_URL", server.url)
        assert seen()[0] == "ok"
        assert "ears by transcriptions, under your control" in seen()[1]
        server.status, server.failures = 401, 1
        assert (seen()[0], server.failures) == ("warn", 0)
        monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_REMOTE", "true")
        assert "private projects are not transcribed" in seen()[1]
        asked = len(server.asked)
        monkeypatch.setenv("HUIMAI_OFFLINE", "true")
        assert seen()[0] == "warn"
        assert "HUIMAI_OFFLINE" in seen()[2]
        assert len(server.asked) == asked


def test_a_key_is_sent_as_recognition_sends_it(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(key: str) -> tuple[str, str, str]:
        monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_API_KEY", key)
        return checks(cli("doctor", "--json").document)["speech"]

    with serving(FakeSpeechServer()) as server:
        monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_MODEL", "ears")
        monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_BASE_URL", server.url)
        assert seen("sk-with-a-line-break\n")[0] == "ok"
        assert server.asked[-1].headers["Authorization"] == "Bearer sk-with-a-line-break"
        asked = len(server.asked)
        for unsendable in ("钥匙", "two words"):
            status, text, hint = seen(unsendable)
            assert status == "warn"
            assert unsendable not in text
            assert "HUIMAI_INGESTION__SPEECH_API_KEY" in hint
        assert len(server.asked) == asked
