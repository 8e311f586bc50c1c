"""Search over many chunks against the bare engine: the same Qdrant Edge shard, the same vectors, the same process.

The bare query is the engine's own hybrid query (dense and sparse prefetch, rank fusion, payload). Ours is
`RetrievalService.search`, with the chunk and utterance rows read from SQL. The question's vector is made before the
clock starts on both sides; its cost is reported apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as edge
from numpy.typing import NDArray

from benchmarks.filling import Content, add_meeting
from benchmarks.measure import percentile, report, throwaway_home, timed
from ingestion.database import Database
from ingestion.domain import ChunkDraft, SearchFilter, SpokenLine
from ingestion.indexing import chunk_points
from ingestion.text.sparse import query_vector
from ingestion.vectors.edge import EdgeVectorStore
from ingestion.vectors.payload import DENSE, SPARSE
from retrieval.query import focus
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from server.catalogue import open_models
from server.migrations import migrate
from server.services import open_configured_embedder
from server.settings import Settings

DIMENSIONS = 384
CHUNKS_OF_A_MEETING = 50
LINES_OF_A_CHUNK = 10
WORDS_OF_A_LINE = 12
LIMIT = 10
ROUNDS = 3
QUESTION_WORDS = 6


class RecordedEmbedder:
    """An Embedder whose questions were embedded beforehand, so that only the search is timed; stored text has random
    vectors."""

    model_id = "recorded"
    dimensions = DIMENSIONS

    def __init__(self, vectors: dict[str, NDArray[np.float32]], rng: np.random.Generator) -> None:
        self._vectors, self._rng = vectors, rng

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = self._rng.normal(size=(len(texts), DIMENSIONS)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vectors[text]

    def unrelated_below(self, language: str) -> float:
        return -1.0

    def prepare(self) -> None:
        pass

    def unload(self) -> None:
        pass


def main() -> None:
    """Fill a store, then take turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=100)
    arguments = parser.parse_args()
    rng = np.random.default_rng(1)
    words = _vocabulary(rng)
    with throwaway_home() as home:
        database = Database(f"sqlite:///{home / 'huimai.db'}")
        migrate(database)
        store = EdgeVectorStore(home / "vectors", DIMENSIONS, "recorded")
        questions = [" ".join(_line(words, rng)[:QUESTION_WORDS]) for _ in range(arguments.queries)]
        embed_ms, vectors = _embedded(questions)
        embedder = RecordedEmbedder(vectors, rng)
        for number in range(arguments.chunks // CHUNKS_OF_A_MEETING):
            meeting = add_meeting(database, number, _content(words, rng))
            store.upsert(chunk_points(meeting, 0, CHUNKS_OF_A_MEETING, embedder))
        store.close()
        ours: list[float] = []
        bare: list[float] = []
        scoped: list[float] = []
        one_project = SearchFilter(projects=("project 3",))
        for _ in range(ROUNDS):
            store = EdgeVectorStore(home / "vectors", DIMENSIONS, "recorded")
            service = RetrievalService(database, store, embedder, RetrievalSettings())
            ours += timed(questions, lambda q, s=service: s.search(q, SearchFilter(), LIMIT))
            scoped += timed(questions, lambda q, s=service: s.search(q, one_project, LIMIT))
            store.close()
            shard = edge.EdgeShard.load(str(_shard_folder(home / "vectors")))
            bare += timed(questions, lambda q, s=shard: s.query(_bare_query(q, vectors[q])))
            shard.close()
    report(
        "search",
        chunks=arguments.chunks,
        ours_p50_ms=round(percentile(ours, 0.5), 1),
        ours_p95_ms=round(percentile(ours, 0.95), 1),
        bare_p50_ms=round(percentile(bare, 0.5), 1),
        bare_p95_ms=round(percentile(bare, 0.95), 1),
        p95_ratio=round(percentile(ours, 0.95) / percentile(bare, 0.95), 3),
        p50_ratio=round(percentile(ours, 0.5) / percentile(bare, 0.5), 3),
        one_project_p95_ms=round(percentile(scoped, 0.95), 1),
        question_embedding_p50_ms=round(percentile(embed_ms, 0.5), 1),
    )


def _shard_folder(folder: Path) -> Path:
    """The engine's own folder inside the index."""
    return next(path.parent for path in folder.rglob("edge_config.json"))


_RANK_FUSION: Any = edge.Fusion.Rrf(k=60)


def _bare_query(question: str, dense: NDArray[np.float32]) -> edge.QueryRequest:
    sparse = query_vector(focus(question))
    terms = edge.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
    prefetches = [
        edge.Prefetch(limit=100, query=edge.Query.Nearest(dense.tolist(), using=DENSE)),
        edge.Prefetch(limit=100, query=edge.Query.Nearest(terms, using=SPARSE)),
    ]
    return edge.QueryRequest(limit=LIMIT, prefetches=prefetches, query=_RANK_FUSION, with_payload=True)


def _embedded(questions: Sequence[str]) -> tuple[list[float], dict[str, NDArray[np.float32]]]:
    settings = Settings()
    embedder = open_configured_embedder(settings, open_models(settings))
    embedder.embed_query("warm up")
    times: list[float] = []
    vectors: dict[str, NDArray[np.float32]] = {}
    for question in questions:
        began = time.perf_counter()
        vectors[question] = embedder.embed_query(question)
        times.append((time.perf_counter() - began) * 1000)
    return times, vectors


def _vocabulary(rng: np.random.Generator) -> list[str]:
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return ["".join(rng.choice(letters, rng.integers(3, 9))) for _ in range(30_000)]


def _line(words: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Words as often as in a language: Zipf's law."""
    return [words[int(rank) % len(words)] for rank in rng.zipf(1.2, WORDS_OF_A_LINE)]


def _content(words: Sequence[str], rng: np.random.Generator) -> Content:
    texts = [" ".join(_line(words, rng)) for _ in range(CHUNKS_OF_A_MEETING * LINES_OF_A_CHUNK)]
    drafts = [
        ChunkDraft(i, i + LINES_OF_A_CHUNK - 1, "\n".join(texts[i : i + LINES_OF_A_CHUNK]), 120)
        for i in range(0, len(texts), LINES_OF_A_CHUNK)
    ]
    return Content([SpokenLine(i, text, text, "A", i * 5.0, i * 5.0 + 5, "en") for i, text in enumerate(texts)], drafts)


if __name__ == "__main__":
    main()
