"""How the time of a search grows with what is stored: p50 and p95 with the question's embedding, at three sizes.

Real meetings are ingested once, then multiplied: a copy has the lines of its original, dense vectors near its own, and
sparse vectors in which some terms are exchanged for others, drawn as often as they occur. The embedder is warm, and the
process has as many cores as `--threads` says.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import data_file
from benchmarks.filling import Content, RecordingStore, add_meeting
from benchmarks.measure import percentile, report, timed
from ingestion.domain import ChunkDraft, ChunkPoint, SearchFilter, SparseVector, SpokenLine
from ingestion.indexing import IndexedMeeting
from ingestion.ports import Embedder, VectorStore
from ingestion.repository import TranscriptRepository
from ingestion.text.sparse import query_vector
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.evaluation.records import read_questions
from retrieval.evaluation.run import Plan, evaluate
from retrieval.query import focus
from retrieval.service import RetrievalService
from server.cli.evaluating import throwaway_services
from server.services import Services, open_configured_embedder

SIZES = (15_000, 50_000, 150_000)
LIMIT = 10
ROUNDS = 3
CANDIDATES = 100
EXCHANGED = 0.3
"""Share of a copied chunk's terms that are others than its original's."""
DENSE_NOISE = 0.5
"""Length of what is added to a copied unit vector: it keeps a cosine of about .9 to its original."""
EVERYTHING = SearchFilter()
GOAL_MS = 60.0
PLOT = Path(__file__).parents[1] / "docs" / "plots" / "search-scale.svg"


@dataclass(frozen=True, slots=True)
class _Original:
    """An ingested meeting with the points of its chunks; `terms` are those of all its chunks, with repeats."""

    content: Content
    points: Sequence[ChunkPoint]
    terms: NDArray[np.int64]


def main() -> None:
    """Fill to each size in turn and ask the same questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=Path, help="meetings to multiply, JSON Lines")
    parser.add_argument("--queries", type=Path, help="what is asked, JSON Lines")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="chunks, ascending")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--plot", type=Path, default=PLOT, help="where the SVG goes")
    arguments = parser.parse_args()
    plan = Plan(
        arguments.meetings or data_file("qmsum_val.meetings.jsonl.gz"),
        arguments.queries or data_file("qmsum_val.queries.jsonl.gz"),
    )
    questions = [question.text for question in read_questions(plan.queries)[0]]
    _keep_cores(arguments.threads)
    with throwaway_services() as services:
        rows = list(_measured(services, plan, questions, arguments.sizes, arguments.threads))
    plot(rows, arguments.plot)
    report(
        "scale",
        threads=arguments.threads,
        questions=len(questions),
        sizes=rows,
        growth_exponent=growth(rows, "p95_ms"),
        growth_exponent_without_embedding=growth(rows, "search_p95_ms"),
    )


def _measured(
    services: Services, plan: Plan, questions: Sequence[str], sizes: Sequence[int], threads: int
) -> Iterator[dict[str, Any]]:
    """The row of each size, as soon as it is known."""
    embedder = _embedder(services, threads)
    folder = services.home.folder / "scaled"
    store = RecordingStore(folder, embedder.dimensions, embedder.model_id)
    _say("ingesting the originals")
    retrieval = RetrievalService(services.database, store, embedder, services.settings.retrieval)
    evaluate(plan, replace(services.ingestion_deps(), embedder=embedder, vectors=store), retrieval)
    originals = _originals(services, store.points)
    stored, numbers, rng = len(store.points), count(), np.random.default_rng(1)
    store.close()
    store = EdgeVectorStore(folder, embedder.dimensions, embedder.model_id)
    retrieval = RetrievalService(services.database, store, embedder, services.settings.retrieval)
    vectors = {question: embedder.embed_query(question).tolist() for question in questions}
    for size in sizes:
        _say(f"filling to {size:,} chunks")
        while stored < size:
            number = next(numbers)
            original = originals[number % len(originals)]
            meeting = add_meeting(services.database, number, original.content)
            store.upsert(_copied(original, meeting, rng))
            stored += len(original.points)
        _say("asking")
        yield _row(stored, questions, retrieval, embedder, store, vectors)
    store.close()


def _row(
    chunks: int,
    questions: Sequence[str],
    retrieval: RetrievalService,
    embedder: Embedder,
    store: VectorStore,
    vectors: Mapping[str, list[float]],
) -> dict[str, Any]:
    """Times in milliseconds. What a search consists of is timed apart, and so adds up only about."""
    whole: list[float] = []
    for _ in range(ROUNDS):
        whole += timed(questions, lambda q: retrieval.search(q, EVERYTHING, LIMIT))
    near = {q: [hit.id for hit in store.search_dense(vectors[q], EVERYTHING, CANDIDATES)] for q in questions}
    parts = {
        "embedding": timed(questions, embedder.embed_query),
        "dense": timed(questions, lambda q: store.search_dense(vectors[q], EVERYTHING, CANDIDATES)),
        "sparse": timed(questions, lambda q: store.search_sparse(query_vector(focus(q)), EVERYTHING, CANDIDATES)),
        "snippets": timed(questions, lambda q: store.snippets(vectors[q], near[q])),
    }
    p95, embedding = percentile(whole, 0.95), percentile(parts["embedding"], 0.5)
    return {
        "chunks": chunks,
        "p50_ms": round(percentile(whole, 0.5), 1),
        "p95_ms": round(p95, 1),
        "search_p95_ms": round(max(p95 - embedding, 0.1), 1),
        **{f"{name}_p50_ms": round(percentile(times, 0.5), 1) for name, times in parts.items()},
    }


def growth(rows: Sequence[dict[str, Any]], figure: str) -> float | None:
    """The slope of log(figure) over log(chunks) by least squares: below 1, the cost grows slower than the store."""
    if len(rows) < 2:
        return None
    x = np.log([row["chunks"] for row in rows])
    slope = np.polyfit(x, np.log([row[figure] for row in rows]), 1)[0]
    return round(float(slope), 3)


def plot(rows: Sequence[dict[str, Any]], target: Path) -> None:
    """Write p50, p95, what would be proportional to the size, and the goal as an SVG."""
    import pygal
    from pygal.style import CleanStyle

    chart = pygal.XY(
        title="Search with the question's embedding", x_title="chunks", y_title="ms", style=CleanStyle, js=[],
        width=800, height=450, include_x_axis=False, range=(0, None), dots_size=4, disable_xml_declaration=True,
        x_value_formatter=_thousands,
    )  # fmt: skip
    first = rows[0]
    for name in ("p50", "p95"):
        chart.add(name, [(row["chunks"], row[f"{name}_ms"]) for row in rows])
    in_proportion = first["p95_ms"] / first["chunks"]
    chart.add("p95 if proportional", [(row["chunks"], round(row["chunks"] * in_proportion, 1)) for row in rows])
    chart.add("goal for p95", [(row["chunks"], GOAL_MS) for row in rows])
    target.parent.mkdir(parents=True, exist_ok=True)
    svg = re.sub(r"<script.*?</script>", "", chart.render(is_unicode=True), flags=re.DOTALL)
    target.write_text(svg, encoding="utf-8")


def _thousands(chunks: float) -> str:
    return f"{chunks / 1000:.0f}k"


def _originals(services: Services, points: Sequence[ChunkPoint]) -> list[_Original]:
    """Each ingested meeting that has chunks."""
    by_meeting: dict[str, list[ChunkPoint]] = {}
    for point in points:
        by_meeting.setdefault(point.payload.meeting_id, []).append(point)
    with services.database.session() as session:
        transcripts = TranscriptRepository(session)
        return [_original(transcripts, meeting_id, own) for meeting_id, own in by_meeting.items()]


def _original(transcripts: TranscriptRepository, meeting_id: str, points: Sequence[ChunkPoint]) -> _Original:
    lines = [
        SpokenLine(u.index, u.text, u.raw_text, u.speaker, u.start, u.end, u.language)
        for u in transcripts.utterances(meeting_id)
    ]
    drafts = [ChunkDraft(c.first, c.last, c.text, c.words) for c in transcripts.chunks(meeting_id)]
    terms = np.concatenate([np.array(point.sparse.indices, np.int64) for point in points])
    return _Original(Content(lines, drafts), points, terms)


def _copied(original: _Original, meeting: IndexedMeeting, rng: np.random.Generator) -> list[ChunkPoint]:
    """The points of a meeting like this one, but not the same."""
    return [
        replace(
            point,
            id=chunk.id,
            dense=_moved(point.dense, rng),
            sparse=_exchanged(point.sparse, original.terms, rng),
            payload=replace(point.payload, meeting_id=meeting.id, project=meeting.project, date=meeting.date),
            snippets=tuple(replace(one, vector=_moved(one.vector, rng)) for one in point.snippets),
        )
        for chunk, point in zip(meeting.chunks, original.points, strict=True)
    ]


def _moved(vector: Sequence[float], rng: np.random.Generator) -> tuple[float, ...]:
    moved = np.array(vector) + rng.normal(size=len(vector)) * (DENSE_NOISE / math.sqrt(len(vector)))
    return tuple((moved / np.linalg.norm(moved)).tolist())


def _exchanged(vector: SparseVector, terms: NDArray[np.int64], rng: np.random.Generator) -> SparseVector:
    indices = np.array(vector.indices, np.int64)
    chosen = rng.random(len(indices)) < EXCHANGED
    indices[chosen] = rng.choice(terms, int(chosen.sum()))
    kept, first = np.unique(indices, return_index=True)
    values = np.array(vector.values)[first]
    return SparseVector(tuple(kept.tolist()), tuple(values.tolist()))


def _embedder(services: Services, threads: int) -> Embedder:
    settings = services.settings
    ingestion = settings.ingestion.model_copy(update={"embedding_threads": threads})
    return open_configured_embedder(settings.model_copy(update={"ingestion": ingestion}), services.models)


def _keep_cores(threads: int) -> None:
    """Give the process this many of its cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
