"""What the server's adapter promises beyond the contract."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, ConflictError, HuimaiError, MissingExtraError
from ingestion.vectors.factory import open_store
from ingestion.vectors.qdrant import QdrantVectorStore

qdrant_client = pytest.importorskip("qdrant_client")
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")


@pytest.fixture
def client() -> Any:
    return qdrant_client.QdrantClient(":memory:")


@pytest.mark.parametrize(("model", "dimensions"), [("other", 8), ("model", 16)])
def test_another_model_is_refused_until_reindexed(client: Any, model: str, dimensions: int) -> None:
    QdrantVectorStore(client, 8, "model")
    QdrantVectorStore(client, 8, "model")
    with pytest.raises(ConflictError, match="built with the embedding model model") as caught:
        QdrantVectorStore(client, dimensions, model)
    assert "huimai reindex" in caught.value.hint
    assert QdrantVectorStore(client, dimensions, model, fresh=True).count(SearchFilter()) == 0


def test_projects_are_tenants_and_vectors_quantised(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    indexes: dict[str, Any] = {}
    collections: list[dict[str, Any]] = []
    create = client.create_collection
    monkeypatch.setattr(client, "create_payload_index", lambda _, field, schema, **__: indexes.update({field: schema}))
    monkeypatch.setattr(client, "create_collection", lambda *a, **k: collections.append(k) or create(*a, **k))
    QdrantVectorStore(client, 8, "model")
    assert indexes["project"].is_tenant
    assert set(indexes) == {"project", "meeting_id", "speakers", "day"}
    assert collections[0]["vectors_config"]["dense"].quantization_config.scalar.type == "int8"


def test_backup_points_to_the_servers_snapshots(client: Any, tmp_path: Path) -> None:
    with pytest.raises(HuimaiError) as caught:
        QdrantVectorStore(client, 8, "model").backup_to(tmp_path)
    assert "snapshot" in caught.value.hint


def test_a_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_client(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("qdrant_client"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_client)
    with pytest.raises(MissingExtraError) as caught:
        open_store("qdrant", folder=tmp_path, dimensions=8, model_id="model", url="http://127.0.0.1:1")
    assert "huimai[qdrant]" in caught.value.hint


def test_a_server_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(HuimaiError, match="Qdrant server failed") as caught:
        open_store("qdrant", folder=tmp_path, dimensions=8, model_id="model", url="http://127.0.0.1:1")
    assert "\n" not in caught.value.message
    assert "qdrant_url" in caught.value.hint


def test_an_address_is_needed(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="address"):
        open_store("qdrant", folder=tmp_path, dimensions=8, model_id="model")


def test_an_unknown_store_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        open_store("faiss", folder=tmp_path, dimensions=8, model_id="model")
    assert caught.value.hint == "vector stores: edge, qdrant"


def test_edge_is_opened_by_name(tmp_path: Path) -> None:
    store = open_store("edge", folder=tmp_path, dimensions=8, model_id="model")
    assert store.count(SearchFilter()) == 0
    store.close()
