"""Recordings heard by a server: what is private stays here, what was heard is not sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound, PrivacyError
from ingestion.pipeline import IngestionPipeline
from ingestion.rehearing import RehearingRequest, Rehearser
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.settings import IngestionSettings
from ingestion.speech.servers import factory
from ingestion.speech.servers.factory import open_served_transcriber
from ingestion.steps import IngestionDeps
from tests.doubles import ScriptedTranscriber
from tests.ingestion.pipeline.conftest import ingest, lines
from tests.ingestion.speech.servers.speech_server import FakeSpeechServer, serving

PROTOCOLS = ("transcriptions", "dashscope", "dashscope-files", "omni")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSpeechServer]:
    monkeypatch.setattr(factory, "_PAUSES", ())
    with serving(FakeSpeechServer()) as fake:
        fake.polls = 0
        yield fake


def heard_by(
    deps: IngestionDeps, server: FakeSpeechServer, protocol: str = "transcriptions", offline: bool = False
) -> IngestionDeps:
    """A remote server, as far as the settings say."""
    settings = IngestionSettings(
        speech_base_url=server.url, speech_model="ears", speech_remote=True, speech_protocol=protocol
    )
    transcriber = open_served_transcriber(settings, Outbound(offline), deps.work / "speech-tasks")
    return replace(deps, transcriber=transcriber)


def keep_private(deps: IngestionDeps, meeting: str, private: bool) -> None:
    with deps.database.session() as session:
        ProjectRepository(session).get(MeetingRepository(session).get(meeting).project_id).private = private


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_private_recording_is_never_sent(
    deps: IngestionDeps, meeting: str, server: FakeSpeechServer, protocol: str
) -> None:
    keep_private(deps, meeting, private=True)
    with pytest.raises(PrivacyError, match="what it would be told is private") as caught:
        ingest(heard_by(deps, server, protocol), meeting)
    assert "HUIMAI_INGESTION__SPEECH_BASE_URL" in caught.value.hint
    assert server.asked == []
    # the recording stays, and is heard here once the settings say so
    ingest(replace(deps, transcriber=ScriptedTranscriber(["Heard here."])), meeting)
    assert {text for _, _, text, _ in lines(deps, meeting)} == {"Heard here."}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_offline_nothing_is_sent(deps: IngestionDeps, meeting: str, server: FakeSpeechServer, protocol: str) -> None:
    with pytest.raises(PrivacyError, match="HUIMAI_OFFLINE"):
        ingest(heard_by(deps, server, protocol, offline=True), meeting)
    assert server.asked == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_recording_that_is_not_private_is_heard_by_the_server(
    deps: IngestionDeps, meeting: str, server: FakeSpeechServer, protocol: str
) -> None:
    ingest(heard_by(deps, server, protocol), meeting)
    assert any("支付网关" in text for _, _, text, _ in lines(deps, meeting))


def test_a_span_of_a_private_recording_is_not_sent_to_be_heard_again(
    deps: IngestionDeps, meeting: str, server: FakeSpeechServer
) -> None:
    ingest(replace(deps, transcriber=ScriptedTranscriber(["Heard here."])), meeting)
    keep_private(deps, meeting, private=True)
    asked, _ = Rehearser(deps.database).ask(meeting, RehearingRequest(4.0, 20.0))
    IngestionPipeline(heard_by(deps, server)).hear_again(meeting)
    assert "private" in (Rehearser(deps.database).get(asked.id).error or "")
    assert server.asked == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_piece_that_was_heard_is_not_sent_again(
    deps: IngestionDeps, meeting: str, server: FakeSpeechServer, protocol: str
) -> None:
    served = heard_by(deps, server, protocol)
    pipeline = IngestionPipeline(served)
    pipeline.decode(meeting)
    assert pipeline.segment(meeting) >= 3
    pipeline.transcribe(meeting, 0)
    sent = len(server.asked)
    server.status, server.failures = 401, 1
    with pytest.raises(ModelFailedError, match="refused the API key"):
        pipeline.transcribe(meeting, 1)
    server.failures = 0
    after_a_crash = IngestionPipeline(heard_by(deps, server, protocol))
    before = len(server.asked)
    after_a_crash.transcribe(meeting, 0)
    assert len(server.asked) == before > sent
    after_a_crash.transcribe(meeting, 1)
    assert len(server.asked) > before
    with deps.database.session() as session:
        assert [piece.attempts for piece in TranscriptRepository(session).pieces(meeting)][:2] == [1, 2]


def test_tasks_of_the_server_are_kept_beside_the_working_files(
    deps: IngestionDeps, meeting: str, server: FakeSpeechServer
) -> None:
    ingest(heard_by(deps, server, "dashscope-files"), meeting)
    kept = list((Path(deps.work) / "speech-tasks").glob("*.json"))
    assert len(kept) == len(server.of("/services/audio/asr/transcription")) >= 3
