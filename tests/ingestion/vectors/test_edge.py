"""What the store in process promises beyond the contract: durability, and clear errors."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingestion.domain import ChunkPoint, SearchFilter
from ingestion.errors import ConflictError, HuimaiError, StorageFullError
from ingestion.vectors.edge import EdgeVectorStore

EVERYTHING = SearchFilter()
AXIS_0 = [1.0] + [0.0] * 7
MakePoint = Callable[..., ChunkPoint]


def reopened(folder: Path, model: str = "test-model", dimensions: int = 8) -> EdgeVectorStore:
    return EdgeVectorStore(folder, dimensions, model)


def test_a_closed_store_opens_with_what_it_had(edge: EdgeVectorStore, point: MakePoint, tmp_path: Path) -> None:
    edge.upsert([point("a", project="项目"), point("b", meeting="m2")])
    edge.delete_meeting("m2")
    edge.close()
    with pytest.raises(HuimaiError, match="closed"):
        edge.count(EVERYTHING)
    store = reopened(tmp_path / "vectors")
    assert [hit.id for hit in store.search_dense(AXIS_0, SearchFilter(projects=("项目",)), 5)] == [point("a").id]
    assert store.count(EVERYTHING) == 1
    store.close()


KILLED = """
import os, signal, sys, uuid
from datetime import date
from pathlib import Path
from ingestion.domain import ChunkPayload, ChunkPoint, SnippetVector, SparseVector
from ingestion.vectors.edge import EdgeVectorStore
store = EdgeVectorStore(Path(sys.argv[1]), 8, "test-model")
for batch in range(1000):
    payload = ChunkPayload("P", f"m{batch}", date(2026, 3, 2), ("Ann",), 0, 1)
    snippets = (SnippetVector(0, 0, (1.0,) * 8),)
    sparse = SparseVector((1,), (1.0,))
    store.upsert([ChunkPoint(str(uuid.uuid4()), (1.0,) * 8, sparse, payload, snippets) for _ in range(20)])
    print(batch, flush=True)
"""


def test_kill_9_loses_nothing_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = -1
        for line in child.stdout:
            acknowledged = int(line)
            if acknowledged == 25:
                os.kill(child.pid, signal.SIGKILL)
    store = reopened(folder)
    for batch in range(acknowledged + 1):
        assert store.count(SearchFilter(meeting_ids=(f"m{batch}",))) == 20
    assert len(store.search_dense(AXIS_0, EVERYTHING, 10_000)) == store.count(EVERYTHING)
    store.close()


def test_threads_may_write_and_search_at_once(edge: EdgeVectorStore, point: MakePoint) -> None:
    failures: list[BaseException] = []

    def work(meeting: str) -> None:
        try:
            for i in range(10):
                edge.upsert([point(f"{meeting}-{i}", meeting=meeting, first=i)])
                assert len(edge.search_dense(AXIS_0, SearchFilter(meeting_ids=(meeting,)), 50)) == i + 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"m{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert edge.count(EVERYTHING) == 40


def test_a_backup_opens_and_the_store_goes_on(edge: EdgeVectorStore, point: MakePoint, tmp_path: Path) -> None:
    edge.upsert([point("a"), point("b", axis=3)])
    edge.backup_to(tmp_path / "backup")
    edge.upsert([point("c")])
    assert edge.count(EVERYTHING) == 3
    copy = reopened(tmp_path / "backup")
    assert {hit.id for hit in copy.search_dense(AXIS_0, EVERYTHING, 5)} == {point("a").id, point("b").id}
    copy.close()
    used = sum(file.stat().st_blocks * 512 for file in (tmp_path / "backup").rglob("*"))
    assert used < 20_000_000, "preallocated files must stay sparse in a backup"


@pytest.mark.parametrize(("model", "dimensions"), [("other-model", 8), ("test-model", 16)])
def test_another_model_is_refused_until_reindexed(
    edge: EdgeVectorStore, tmp_path: Path, model: str, dimensions: int
) -> None:
    edge.close()
    with pytest.raises(ConflictError, match="built with the embedding model test-model") as caught:
        reopened(tmp_path / "vectors", model, dimensions)
    assert "huimai reindex" in caught.value.hint
    fresh = EdgeVectorStore(tmp_path / "vectors", dimensions, model, fresh=True)
    assert fresh.count(EVERYTHING) == 0
    fresh.close()


def test_a_second_opener_is_told_so(edge: EdgeVectorStore, tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="open in another process"):
        reopened(tmp_path / "vectors")
    assert edge.count(EVERYTHING) == 0


def _break_segment(index: Path) -> None:
    for file in index.glob("shard/segments/*/segment.json"):
        file.write_text("{ not json")


def _break_manifest(index: Path) -> None:
    (index / "manifest.json").write_text("\0\0\0")


def _break_config(index: Path) -> None:
    (index / "shard" / "edge_config.json").write_bytes(b"\xff\xfe")


def _lose_shard(index: Path) -> None:
    shutil.rmtree(index / "shard")


def _lose_manifest(index: Path) -> None:
    (index / "manifest.json").unlink()


@pytest.mark.parametrize("damage", [_break_segment, _break_manifest, _break_config, _lose_shard, _lose_manifest])
def test_a_damaged_index_says_how_to_rebuild_it(
    edge: EdgeVectorStore, point: MakePoint, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    edge.upsert([point("a")])
    edge.close()
    damage(tmp_path / "vectors" / "index")
    with pytest.raises(HuimaiError, match="damaged") as caught:
        reopened(tmp_path / "vectors")
    assert "huimai reindex" in caught.value.hint
    fresh = EdgeVectorStore(tmp_path / "vectors", 8, "test-model", fresh=True)
    fresh.upsert([point("a")])
    assert fresh.count(EVERYTHING) == 1
    fresh.close()


def test_an_index_half_made_is_made_again(tmp_path: Path) -> None:
    left = tmp_path / "vectors" / "index.new" / "shard"
    left.mkdir(parents=True)
    (left / "edge_config.json").write_text("half")
    store = reopened(tmp_path / "vectors")
    assert store.count(EVERYTHING) == 0
    assert json.loads((tmp_path / "vectors" / "index" / "manifest.json").read_text())["dimensions"] == 8
    store.close()


def test_a_full_disk_stops_additions_but_not_searches_and_deletions(
    edge: EdgeVectorStore, point: MakePoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge.upsert([point("a"), point("b", meeting="m2")])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * 1024**2))
    with pytest.raises(StorageFullError, match="full"):
        edge.upsert([point("c")])
    edge.delete_meeting("m2")
    assert len(edge.search_dense(AXIS_0, EVERYTHING, 5)) == 1


def test_a_vector_of_the_wrong_length_is_an_error_of_the_family(edge: EdgeVectorStore) -> None:
    with pytest.raises(HuimaiError, match="dimension"):
        edge.search_dense([1.0, 0.0], EVERYTHING, 5)
