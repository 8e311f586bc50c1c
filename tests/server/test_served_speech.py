"""Ingests of a server whose settings name a speech recognition server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.domain import Stage
from ingestion.ports import Transcriber
from ingestion.repository import ProjectRepository
from server.services import Services
from tests.ingestion.speech.servers.speech_server import FakeSpeechServer, serving
from tests.server.test_services import SERIES, DoubleServices, add, closed, ended, opened


class ServedServices(DoubleServices):
    """The recogniser is the one that the settings name."""

    def new_transcriber(self) -> Transcriber:
        return Services.new_transcriber(self)


@pytest.fixture
def server() -> Iterator[FakeSpeechServer]:
    with serving(FakeSpeechServer("vllm-qwen")) as fake:
        yield fake


@pytest.fixture
def services(server: FakeSpeechServer, tmp_path: Path) -> Iterator[Services]:
    ingestion = {"speech_base_url": server.url, "speech_model": "ears", "speech_remote": True}
    services = opened(tmp_path, ServedServices, ingestion=ingestion)
    yield services
    closed(services)


def test_a_private_recording_fails_with_one_line_and_is_heard_once_it_is_private_no_more(
    services: Services, server: FakeSpeechServer
) -> None:
    (listed,) = add(services, "2026-03-02.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, listed)

    def keep_private(private: bool) -> None:
        with services.database.session() as session:
            ProjectRepository(session).named("P").private = private

    keep_private(True)
    (meeting,) = add(services, "2026-03-02.m4a", (SERIES / "2026-03-02.m4a").read_bytes())
    job = ended(services, meeting)
    assert job.stage == Stage.FAILED
    assert job.error is not None
    assert job.hint is not None
    assert "what it would be told is private" in job.error
    assert "HUIMAI_INGESTION__SPEECH_BASE_URL" in job.hint
    assert "--not-private" in job.hint
    assert "\n" not in job.error + job.hint
    assert server.asked == []
    assert len([file for file in services.home.media.rglob("*.m4a") if file.is_file()]) == 1

    keep_private(False)
    services.ingests.retry(meeting)
    job = ended(services, meeting)
    assert (job.stage, job.error) == (Stage.READY, None)
    assert services.retrieval.search("压测预算").results
    assert {asked.path for asked in server.asked} == {"/v1/audio/transcriptions"}
