"""What doctor says of an embedding server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingestion.vectors.edge import EdgeVectorStore
from tests.ingestion.embedding.embedding_server import DIMENSIONS, KEY, FakeEmbeddingServer, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEmbeddingServer]:
    with serving(FakeEmbeddingServer()) as fake:
        monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_BASE_URL", fake.url)
        monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_MODEL", "served/model")
        monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_DIMENSIONS", str(DIMENSIONS))
        yield fake


def seen(cli: Any, name: str = "embedding", *options: str) -> tuple[str, str, str]:
    found = cli("doctor", "--json", *options).document["checks"]
    return {check["name"]: (check["status"], check["text"], check["hint"]) for check in found}[name]


def test_all_is_well(cli, server: FakeEmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(cli) == ("ok", f"{server.url} answers; served/model, vectors of {DIMENSIONS} numbers", "")
    assert [asked["input"] for asked in server.requests] == [["Huimai"]]
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert seen(cli)[1] == f"{server.url} 响应正常; served/model，向量维度 {DIMENSIONS}"


def test_a_wrong_key_and_a_model_that_is_not_there(
    cli, server: FakeEmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.models = ["other/model"]
    status, text, hint = seen(cli)
    assert (status, text) == ("warn", f"{server.url}: it serves other/model, not served/model")
    assert "HUIMAI_INGESTION__EMBEDDING_MODEL" in hint
    server.status, server.failures = 401, 9
    server.models = ["served/model"]
    assert "refused the API key (401)" in seen(cli)[1]
    monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_API_KEY", "two words")
    assert seen(cli)[2] == "set HUIMAI_INGESTION__EMBEDDING_API_KEY"


def test_vectors_of_another_length_and_a_model_of_which_nothing_is_known(
    cli, server: FakeEmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.dimensions = 32
    status, text, hint = seen(cli)
    assert status == "warn"
    assert f"sent vectors of 32 numbers instead of {DIMENSIONS}" in text
    assert "HUIMAI_INGESTION__EMBEDDING_DIMENSIONS" in hint
    monkeypatch.delenv("HUIMAI_INGESTION__EMBEDDING_DIMENSIONS")
    assert "nothing is known of the embedding model served/model" in seen(cli)[1]


def test_an_index_of_other_vectors_is_told(cli, home: Path, server: FakeEmbeddingServer) -> None:
    EdgeVectorStore(home / "vectors", 384, "multilingual-e5-small").close()
    status, text, hint = seen(cli, "vectors")
    assert status == "warn"
    assert "multilingual-e5-small (384 dimensions)" in text
    assert f"served/model ({DIMENSIONS})" in text
    assert "huimai reindex" in hint


def test_a_server_that_is_not_there(cli, server: FakeEmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_BASE_URL", "http://127.0.0.1:9/v1")
    status, _, hint = seen(cli)
    assert status == "warn"
    assert "HUIMAI_INGESTION__EMBEDDING_BASE_URL" in hint


def test_a_server_outside_embeds_only_if_wanted_and_never_offline(
    cli, server: FakeEmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_REMOTE", "true")
    monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_API_KEY", KEY)
    assert seen(cli)[0] == "ok"
    assert server.requests == []
    assert seen(cli, "embedding", "--deep")[0] == "ok"
    assert len(server.requests) == 1
    asked = len(server.keys)
    monkeypatch.setenv("HUIMAI_OFFLINE", "1")
    status, text, _ = seen(cli)
    assert status == "warn"
    assert "HUIMAI_OFFLINE is set" in text
    assert len(server.keys) == asked
