"""`huimai eval retrieval` over files, with real ingestion and a hashing embedder."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlmodel import SQLModel

from ingestion.database import Database
from ingestion.errors import BadInputError
from ingestion.media.store import MediaStore
from ingestion.pipeline import IngestionDeps
from ingestion.settings import IngestionSettings
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.evaluation.run import Plan, Scope, evaluate
from retrieval.settings import RetrievalSettings
from tests.doubles import HashEmbedder

TOPICS = ("battery", "退款接口", "walrus", "预算审批", "telescope", "隐私声明")
KEYS = [
    *("n", "hit@1", "hit@5", "hit@10", "mrr", "ndcg@10", "span_recall@budget", "meeting@1"),
    *("p50_ms", "p95_ms", "chunks", "index_s"),
]


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[IngestionDeps]:
    embedder = HashEmbedder()
    database = Database(f"sqlite:///{tmp_path / 'eval.db'}")
    SQLModel.metadata.create_all(database.engine)
    vectors = EdgeVectorStore(tmp_path / "vectors", embedder.dimensions, embedder.model_id)
    no_speech = cast("Any", None)
    settings = IngestionSettings(chunk_words=20)
    yield IngestionDeps(
        database, MediaStore(tmp_path / "media"), no_speech, embedder, vectors, tmp_path / "w", settings
    )
    vectors.close()


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    """Meetings m0..m5 of 10 utterances; utterances 4 and 5 speak of the meeting's topic."""
    file = tmp_path / "some.meetings.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        for number, topic in enumerate(TOPICS):
            texts = ["we talk of this and that and other things"] * 10
            texts[4:6] = [f"now to the {topic} of {number}", f"the {topic} is decided"]
            utterances = [{"i": i, "speaker": "Ann", "text": text} for i, text in enumerate(texts)]
            record = {"id": f"m{number}", "project": f"P{number % 2}", "date": "2026-01-05", "utterances": utterances}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return file


def questions(folder: Path, *records: dict[str, Any]) -> Path:
    file = folder / "some.queries.jsonl"
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n", encoding="utf-8")
    return file


def about(topic: str, meeting: int, *spans: list[int]) -> dict[str, Any]:
    return {"query": f"{topic}?", "meeting": f"m{meeting}", "project": f"P{meeting % 2}", "spans": [*spans]}


def run(deps: IngestionDeps, plan: Plan) -> tuple[dict[str, Any], int]:
    return evaluate(plan, deps, RetrievalSettings())


def test_the_contracts_document_is_printed(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    asked = [about(topic, number, [4, 5]) for number, topic in enumerate(TOPICS)]
    figures, left_out = run(deps, Plan(meetings, questions(tmp_path, *asked), budget_words=200))
    assert list(figures) == KEYS
    assert (figures["n"], left_out) == (6, 0)
    assert figures["hit@1"] == figures["mrr"] == figures["meeting@1"] == figures["span_recall@budget"] == 1.0
    assert figures["chunks"] > 6
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]


@pytest.mark.parametrize(("scope", "meeting_found"), [(Scope.ALL, 0.0), (Scope.PROJECT, 0.0), (Scope.MEETING, 1.0)])
def test_scope_limits_where_a_question_is_searched(
    deps: IngestionDeps, meetings: Path, tmp_path: Path, scope: Scope, meeting_found: float
) -> None:
    # The word stands in meeting 2, of the same project; the truth points to meeting 0.
    figures, _ = run(deps, Plan(meetings, questions(tmp_path, about("walrus", 0, [9, 9])), scope=scope))
    assert figures["meeting@1"] == meeting_found


def test_questions_without_spans_are_left_out(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    file = questions(
        tmp_path, about("battery", 0, [4, 5]), about("walrus", 2), {"query": "x", "meeting": None, "spans": []}
    )
    figures, left_out = run(deps, Plan(meetings, file))
    assert (figures["n"], left_out) == (1, 2)


def test_files_that_do_not_fit_are_explained(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="asks about the meeting 'm77'"):
        run(deps, Plan(meetings, questions(tmp_path, about("battery", 77, [1, 2]))))
    with pytest.raises(BadInputError, match="no question with spans"):
        run(deps, Plan(meetings, questions(tmp_path, about("battery", 0))))
    broken = tmp_path / "broken.jsonl"
    broken.write_text(
        '{"query": "a", "meeting": "m0", "project": "P", "spans": [[1, 2]]}\n{"query": ', encoding="utf-8"
    )
    with pytest.raises(BadInputError, match="line 2 is not a question"):
        run(deps, Plan(meetings, broken))
    broken.write_bytes(b"\x1f\x8b\x00\x00")
    with pytest.raises(BadInputError, match="cannot be read"):
        run(deps, Plan(meetings, broken))
