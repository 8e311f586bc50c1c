"""Search over many chunks against the bare engine: the same Qdrant Edge shard, the same vectors, the same process.

The bare query is the engine's own hybrid query (dense and sparse prefetch, rank fusion, payload). Ours is
`RetrievalService.search`, with the chunk and utterance rows read from SQL. The question's vector is made before the
clock starts on both sides; its cost is reported apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as edge
from numpy.typing import NDArray

from benchmarks.measure import percentile, report, throwaway_home
from ingestion.chunking import chunk_id, surroundings
from ingestion.database import Database
from ingestion.domain import ChunkDraft, ChunkPayload, ChunkPoint, SearchFilter, SpokenLine, Stage
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import Meeting
from ingestion.text.sparse import document_vector, query_vector
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
WARM_UP = 10


class RecordedEmbedder:
    """An Embedder that hands out vectors made beforehand, so that only the search is timed."""

    model_id = "recorded"
    dimensions = DIMENSIONS

    def __init__(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self._vectors = vectors

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vectors[text] for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vectors[text]

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
        _fill(database, store, arguments.chunks, words, rng)
        store.close()
        questions = [" ".join(_line(words, rng)[:QUESTION_WORDS]) for _ in range(arguments.queries)]
        embed_ms, vectors = _embedded(questions)
        ours: list[float] = []
        bare: list[float] = []
        scoped: list[float] = []
        one_project = SearchFilter(projects=("project 3",))
        for _ in range(ROUNDS):
            store = EdgeVectorStore(home / "vectors", DIMENSIONS, "recorded")
            service = RetrievalService(database, store, RecordedEmbedder(vectors), RetrievalSettings())
            ours += _timed(questions, lambda q, s=service: s.search(q, SearchFilter(), LIMIT))
            scoped += _timed(questions, lambda q, s=service: s.search(q, one_project, LIMIT))
            store.close()
            shard = edge.EdgeShard.load(str(_shard_folder(home / "vectors")))
            bare += _timed(questions, lambda q, s=shard: s.query(_bare_query(q, vectors[q])))
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


def _timed(questions: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each call, after some that warm up."""
    for question in questions[:WARM_UP]:
        ask(question)
    times: list[float] = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
    return times


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


def _fill(
    database: Database, store: EdgeVectorStore, chunks: int, words: Sequence[str], rng: np.random.Generator
) -> None:
    for number in range(chunks // CHUNKS_OF_A_MEETING):
        with database.session() as session:
            _add_meeting(TranscriptRepository(session), store, _new_meeting(session, number), words, rng)


def _new_meeting(session: Any, number: int) -> tuple[Meeting, str]:
    project = ProjectRepository(session).ensure(f"project {number % 20}")
    meeting = Meeting(
        project_id=project.id,
        title=f"meeting {number}",
        date=date(2026, 1, 1) + timedelta(days=number % 365),
        date_source="option",
        language="en",
        source_name=f"{number}.vtt",
        source_sha256=str(number),
        stage=Stage.READY,
    )
    return MeetingRepository(session).add(meeting), project.name


def _add_meeting(
    transcripts: TranscriptRepository,
    store: EdgeVectorStore,
    of: tuple[Meeting, str],
    words: Sequence[str],
    rng: np.random.Generator,
) -> None:
    meeting, project = of
    texts = [" ".join(_line(words, rng)) for _ in range(CHUNKS_OF_A_MEETING * LINES_OF_A_CHUNK)]
    transcripts.replace_utterances(
        meeting.id, [SpokenLine(i, t, t, "A", i * 5.0, i * 5.0 + 5, "en") for i, t in enumerate(texts)]
    )
    drafts = [
        ChunkDraft(i, i + LINES_OF_A_CHUNK - 1, "\n".join(texts[i : i + LINES_OF_A_CHUNK]), 120)
        for i in range(0, len(texts), LINES_OF_A_CHUNK)
    ]
    ids = [chunk_id(meeting.id, d.first, d.last) for d in drafts]
    chunks = [d.text for d in drafts]
    transcripts.replace_chunks(meeting.id, list(zip(ids, drafts, strict=True)))
    dense = rng.normal(size=(len(drafts), DIMENSIONS)).astype(np.float32)
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    store.upsert(
        [
            ChunkPoint(
                id, tuple(v.tolist()), document_vector(d.text, surroundings(chunks, at)),
                ChunkPayload(project, meeting.id, meeting.date, ("A",), d.first, d.last),
            )
            for at, (id, d, v) in enumerate(zip(ids, drafts, dense, strict=True))
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
