"""The composition root with an embedding server: ingest, search, another model, and what is private."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingestion.domain import SearchFilter, Stage
from ingestion.ports import Embedder
from ingestion.repository import ProjectRepository, TranscriptRepository
from ingestion.settings import IngestionSettings
from server.services import Services
from tests.ingestion.embedding.embedding_server import DIMENSIONS, FakeEmbeddingServer, serving
from tests.server.test_services import SERIES, DoubleServices, add, closed, ended, opened

TRANSCRIPT = (SERIES / "2026-03-02.vtt").read_bytes()


class Served(DoubleServices):
    def new_embedder(self) -> Embedder:
        return Services.new_embedder(self)


@pytest.fixture
def server() -> Iterator[FakeEmbeddingServer]:
    with serving(FakeEmbeddingServer()) as fake:
        yield fake


def served(folder: Path, server: FakeEmbeddingServer, *, offline: bool = False, **changes: Any) -> Services:
    known = {
        "embedding_base_url": server.url,
        "embedding_model": "served/model",
        "embedding_dimensions": DIMENSIONS,
        "embedding_timeout_seconds": 5,
    }
    return opened(folder, Served, ingestion=IngestionSettings(**{**known, **changes}), offline=offline)


def make_private(services: Services, project: str) -> None:
    with services.database.session() as session:
        ProjectRepository(session).ensure(project).private = True


def test_another_length_or_model_builds_the_index_anew(tmp_path: Path, server: FakeEmbeddingServer) -> None:
    services = served(tmp_path, server)
    (meeting_id,) = add(services, "a.vtt", TRANSCRIPT)
    assert ended(services, meeting_id).stage == Stage.READY
    count = len(services.vectors.ids(meeting_id))
    assert services.retrieval.search("压测预算").recipe == "hybrid"
    closed(services)

    for changes in ({"embedding_dimensions": 48}, {"embedding_dimensions": 48, "embedding_model": "other/model"}):
        server.dimensions, server.models = 48, ["served/model", "other/model"]
        server.requests.clear()
        services = served(tmp_path, server, **changes)
        assert ended(services, meeting_id).stage == Stage.READY
        assert len(services.vectors.ids(meeting_id)) == count
        assert server.requests
        assert services.retrieval.search("压测预算").results
        closed(services)


def test_nothing_of_a_private_project_leaves(tmp_path: Path, server: FakeEmbeddingServer) -> None:
    services = served(tmp_path, server, embedding_remote=True)
    (open_id,) = add(services, "a.vtt", TRANSCRIPT, project="Open")
    assert ended(services, open_id).stage == Stage.READY
    assert services.retrieval.search("压测预算").recipe == "hybrid"

    make_private(services, "Secret")
    (secret_id,) = add(services, "b.m4a", (SERIES / "2026-03-02.m4a").read_bytes(), project="Secret")
    job = ended(services, secret_id)
    assert job.stage == Stage.FAILED
    assert job.error is not None
    assert job.error.startswith("the server at 127.0.0.1:")
    assert job.error.endswith("is on another machine, and what it would be told is private")
    assert job.hint
    assert "huimai projects edit" in job.hint
    with services.database.session() as session:
        heard = [line.text for line in TranscriptRepository(session).utterances(secret_id)]
    assert heard, "what was heard stays"
    assert services.retrieval.search("谁批预算").recipe == "sparse", "a question on all is one on the private too"
    told = [text for asked in server.requests for text in asked["input"]]
    assert not any(line in text for text in told for line in (*heard, "谁批预算"))
    assert services.retrieval.search("谁批预算", SearchFilter(projects=("Open",))).recipe == "hybrid"
    assert ["谁批预算"] in [asked["input"] for asked in server.requests]
    closed(services)


def test_offline_nothing_leaves_at_all(tmp_path: Path, server: FakeEmbeddingServer) -> None:
    services = served(tmp_path, server, embedding_remote=True, offline=True)
    (meeting_id,) = add(services, "a.vtt", TRANSCRIPT)
    job = ended(services, meeting_id)
    assert job.error is not None
    assert job.error.endswith("is on another machine, and HUIMAI_OFFLINE is set")
    assert services.retrieval.search("压测预算").recipe == "sparse"
    assert server.keys == []
    closed(services)


def test_a_server_that_is_down_fails_the_ingest_with_its_name(tmp_path: Path, server: FakeEmbeddingServer) -> None:
    server.failures = 10_000
    services = served(tmp_path, server, embedding_timeout_seconds=1)
    (meeting_id,) = add(services, "a.vtt", TRANSCRIPT)
    job = ended(services, meeting_id)
    assert job.error is not None
    assert job.error.startswith("the embedding server at 127.0.0.1:")
    assert job.error.endswith("failed (500)")
    closed(services)
