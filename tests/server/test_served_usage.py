"""What servers that embed, rerank and hear are asked stands in the ledger, with the project that it was for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from agents.ledger.service import ReadState
from agents.usage.tables import ModelCall
from ingestion.domain import SearchFilter, Stage
from ingestion.ports import Embedder, Transcriber
from ingestion.settings import IngestionSettings
from retrieval.settings import RetrievalSettings
from server.services import Services
from tests.agents.usage.conftest import stored
from tests.ingestion.embedding.embedding_server import DIMENSIONS, FakeEmbeddingServer
from tests.ingestion.embedding.embedding_server import serving as serving_embedder
from tests.ingestion.speech.servers.speech_server import FakeSpeechServer
from tests.ingestion.speech.servers.speech_server import serving as serving_speech
from tests.retrieval.rerank.rerank_server import FakeRerankServer
from tests.retrieval.rerank.rerank_server import serving as serving_reranker
from tests.server.test_services import SERIES, DoubleServices, add, closed, ended, opened

TRANSCRIPT = (SERIES / "2026-03-02.vtt").read_bytes()


class Served(DoubleServices):
    def new_embedder(self) -> Embedder:
        return Services.new_embedder(self)

    def new_transcriber(self) -> Transcriber:
        return Services.new_transcriber(self)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """An embedding server of the house; reranking and hearing is done elsewhere, at prices that nobody knows."""
    with (
        serving_embedder(FakeEmbeddingServer()) as embedder,
        serving_reranker(FakeRerankServer("vllm")) as reranker,
        serving_speech(FakeSpeechServer("vllm-qwen")) as speech,
    ):
        ingestion: dict[str, Any] = {
            "embedding_base_url": embedder.url,
            "embedding_model": "served/model",
            "embedding_dimensions": DIMENSIONS,
            "speech_base_url": speech.url,
            "speech_model": "ears",
            "speech_remote": True,
        }
        retrieval = RetrievalSettings(reranker="bge", reranker_base_url=reranker.url, reranker_remote=True)
        services = opened(tmp_path, Served, ingestion=IngestionSettings(**ingestion), retrieval=retrieval)
        yield services
        closed(services)


def calls(services: Services, task: str) -> list[ModelCall]:
    assert services.recorder.flush()
    return [call for call in stored(services.database) if call.task == task]


def read(services: Services, project: str) -> None:
    """Wait until the project's meetings are read: that embeds too."""
    deadline = time.monotonic() + 60
    while {reading.state for reading in services.ledger.readings(project)} != {ReadState.READ}:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_ingest_is_accounted_to_its_project(services: Services) -> None:
    (meeting_id,) = add(services, "2026-03-02.m4a", (SERIES / "2026-03-02.m4a").read_bytes(), project="Atlas")
    assert ended(services, meeting_id).stage == Stage.READY
    read(services, "Atlas")

    heard = calls(services, "transcribe")
    assert heard
    assert {(call.tier, call.model, call.project) for call in heard} == {("transcribe", "ears", "Atlas")}
    assert all(call.audio_seconds > 0 and call.remote and call.cost_micros is None for call in heard)

    embedded = calls(services, "embed")
    assert embedded
    assert {(call.tier, call.model, call.outcome) for call in embedded} == {("embed", "served/model", "done")}
    assert {call.project for call in embedded} == {"Atlas"}
    assert all(call.prompt_tokens > 0 and call.cost_micros == 0 and not call.remote for call in embedded)
    server = urlsplit(services.settings.ingestion.embedding_base_url or "").netloc
    assert {call.server for call in embedded} == {server}


def test_a_search_is_accounted_to_the_one_project_that_it_is_about(services: Services) -> None:
    (first,) = add(services, "a.vtt", TRANSCRIPT, project="Atlas")
    (second,) = add(services, "b.vtt", TRANSCRIPT, project="Borealis")
    for meeting_id, project in ((first, "Atlas"), (second, "Borealis")):
        assert ended(services, meeting_id).stage == Stage.READY
        read(services, project)

    def accounted(query: str, where: SearchFilter) -> set[str | None]:
        known = {call.id for task in ("embed", "rerank") for call in calls(services, task)}
        assert services.retrieval.search(query, where).recipe == "hybrid-rerank"
        new = [call for task in ("embed", "rerank") for call in calls(services, task) if call.id not in known]
        asked = [call for call in new if call.task == "rerank"]
        assert (len(asked), len(new)) == (1, 2)
        assert asked[0].prompt_tokens > 0
        assert (asked[0].model, asked[0].remote, asked[0].cost_micros) == ("bge", True, None)
        return {call.project for call in new}

    assert accounted("压测预算", SearchFilter(projects=("Borealis",))) == {"Borealis"}
    assert accounted("谁批预算", SearchFilter(meeting_ids=(first,))) == {"Atlas"}
    assert accounted("什么时候切换", SearchFilter()) == {None}
