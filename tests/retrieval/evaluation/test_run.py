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
from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, NotFoundError
from ingestion.media.store import MediaStore
from ingestion.settings import IngestionSettings
from ingestion.steps import IngestionDeps
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.evaluation.run import Plan, Scope, evaluate
from retrieval.evaluation.scoring import Scored
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.doubles import HashEmbedder

TOPICS = ("battery", "退款接口", "walrus", "预算审批", "telescope", "隐私声明")
SHARES = ("hit@1", "hit@5", "hit@10", "mrr", "ndcg@10", "span_recall@budget", "meeting@1")
KEYS = {"n", *SHARES, "p50_ms", "p95_ms", "chunks", "index_s"}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[IngestionDeps]:
    embedder = HashEmbedder()
    database = Database(f"sqlite:///{tmp_path / 'eval.db'}")
    SQLModel.metadata.create_all(database.engine)
    vectors = EdgeVectorStore(tmp_path / "vectors", embedder.dimensions, embedder.model_id)
    no_speech = cast("Any", None)
    settings = IngestionSettings(chunk_words=20)
    yield IngestionDeps(
        database, MediaStore(tmp_path / "media"), no_speech, None, embedder, vectors, tmp_path / "w", settings
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


def run(deps: IngestionDeps, plan: Plan) -> dict[str, Any]:
    return scored(deps, plan)[0]


def scored(deps: IngestionDeps, plan: Plan) -> tuple[dict[str, Any], list[Scored]]:
    retrieval = RetrievalService(deps.database, deps.vectors, deps.embedder, RetrievalSettings())
    return evaluate(plan, deps, retrieval)


def test_the_contracts_document_is_printed(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    asked = [about(topic, number, [4, 5]) for number, topic in enumerate(TOPICS)]
    figures = run(deps, Plan(meetings, questions(tmp_path, *asked), budget_words=200))
    assert set(figures) >= KEYS
    assert (figures["n"], figures["left_out"], figures["meetings"]) == (6, 0, 6)
    assert figures["hit@1"] == figures["mrr"] == figures["meeting@1"] == figures["span_recall@budget"] == 1.0
    assert figures["chunks"] > 6
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert all(len(figures[f"{name}_ci"]) == 2 for name in SHARES)
    assert figures["evidence_recall@5"] is figures["evidence_recall@5_ci"] is None
    assert figures["setup"]["embedding_model"] == "hash-embedder"
    assert figures["hit_curve"] == [1.0] * 10


@pytest.mark.parametrize(("scope", "meeting_found"), [(Scope.ALL, 0.0), (Scope.PROJECT, 0.0), (Scope.MEETING, 1.0)])
def test_scope_limits_where_a_question_is_searched(
    deps: IngestionDeps, meetings: Path, tmp_path: Path, scope: Scope, meeting_found: float
) -> None:
    # The word stands in meeting 2, of the same project; the truth points to meeting 0.
    figures = run(deps, Plan(meetings, questions(tmp_path, about("walrus", 0, [9, 9])), scope=scope))
    assert figures["meeting@1"] == meeting_found


def test_questions_without_spans_are_left_out(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    file = questions(
        tmp_path, about("battery", 0, [4, 5]), about("walrus", 2), {"query": "x", "project": "P0", "meeting": None}
    )
    figures = run(deps, Plan(meetings, file))
    assert (figures["n"], figures["left_out"]) == (1, 2)


def pointing(topic: str, *places: tuple[int, int], **rest: Any) -> dict[str, Any]:
    evidence = [{"meeting": f"m{meeting}", "utterance": utterance} for meeting, utterance in places]
    return {"query": f"{topic}?", "project": "P0", "meeting": None, "spans": [], "evidence": evidence, **rest}


def test_evidence_may_lie_in_several_meetings(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    file = questions(
        tmp_path,
        pointing("battery walrus", (0, 5), (2, 5), category_name="multi-hop", language="en"),
        pointing("battery", (0, 5), (1, 0), category_name="single-hop", language="en"),
        pointing("battery", (0, 5), category_name="adversarial", answerable=False),
    )
    figures, each = scored(deps, Plan(meetings, file))
    assert (figures["n"], figures["left_out"]) == (2, 1)
    assert figures["hit@1"] == figures["meeting@1"] == 1.0
    assert list(figures["per_kind"]) == ["multi-hop", "single-hop"]
    assert figures["per_kind"]["multi-hop"]["evidence_recall@10"] == 1.0
    assert figures["per_language"]["en"]["n"] == 2
    assert each[0].found[:2] == (1, 1)
    assert each[0].to_json()["rank"] == 1


def test_kinds_and_languages_are_told_apart(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    right, wrong = about("battery", 0, [4, 5]), about("walrus", 4, [0, 1])
    file = questions(tmp_path, {**right, "kind": "a", "language": "en"}, {**wrong, "kind": "b"}, right)
    figures = run(deps, Plan(meetings, file))
    assert {kind: block["hit@1"] for kind, block in figures["per_kind"].items()} == {"a": 1.0, "b": 0.0}
    assert list(figures["per_language"]) == ["en"]
    assert figures["ci_by"] == "question"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (about("battery", 77, [1, 2]), "asks about the meeting 'm77'"),
        (about("battery", 0, [8, 10]), "points at utterance 10 of 'm0', which has 10"),
        (pointing("battery", (0, 10)), "points at utterance 10 of 'm0', which has 10"),
        (about("battery", 0), "no question with spans or evidence"),
    ],
)
def test_questions_that_do_not_fit_the_meetings_are_told_before_anything_is_indexed(
    deps: IngestionDeps, meetings: Path, tmp_path: Path, line: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInputError, match=said):
        run(deps, Plan(meetings, questions(tmp_path, line)))
    assert deps.vectors.count(SearchFilter()) == 0


def test_a_project_that_is_not_there_is_told(deps: IngestionDeps, meetings: Path, tmp_path: Path) -> None:
    file = questions(tmp_path, {**about("battery", 0, [1, 2]), "project": "Nowhere"})
    with pytest.raises(NotFoundError, match="Nowhere"):
        run(deps, Plan(meetings, file, scope=Scope.PROJECT))
