"""The figures of retrieval over many questions, each the mean of a figure of one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingestion.evaluation.intervals import Grouped, figures
from retrieval.domain import Evidence
from retrieval.evaluation.records import Question

DEPTH = 10
"""Results looked at for each question."""

Ranges = Mapping[str, Sequence[tuple[int, int]]]
"""The chunks of each meeting: utterances first..last."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One question: what its ranked results hold of the truth, and what the packed evidence does.

    `found` are the gold utterances in each result that stand in none before it; `hits` whether it holds any gold
    utterance; `gold` how many there are; `relevant` how many stored chunks hold one; `span_recall` the share (0..1) of
    gold utterances inside the packed evidence; `took_ms` the time of the search.
    """

    question: Question
    hits: tuple[bool, ...]
    found: tuple[int, ...]
    gold: int
    relevant: int
    meeting_first: bool
    span_recall: float
    took_ms: float

    def hit_at(self, k: int) -> bool:
        """Whether one of the first `k` results is a hit."""
        return any(self.hits[:k])

    def recall_at(self, k: int) -> float:
        """The share of gold utterances that stand in the first `k` results."""
        return sum(self.found[:k]) / self.gold

    @property
    def rank(self) -> int | None:
        """The rank of the first hit, from 1."""
        return next((rank for rank, hit in enumerate(self.hits, start=1) if hit), None)

    @property
    def ndcg_at_10(self) -> float:
        """Discounted gain of the first ten results over the best that could be (Järvelin & Kekäläinen 2002)."""
        gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(self.hits[:10], start=1) if hit)
        best = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, self.relevant) + 1))
        return gain / best if best else 0.0

    def to_json(self) -> dict[str, Any]:
        """The question's line of the details."""
        return {
            "id": self.question.id,
            "query": self.question.text,
            "kind": self.question.kind,
            "language": self.question.language,
            "rank": self.rank,
            "hits": list(self.hits),
            "found": list(self.found),
            "gold": self.gold,
            "meeting_first": self.meeting_first,
            "span_recall": round(self.span_recall, 4),
            "ndcg@10": round(self.ndcg_at_10, 4),
            "took_ms": round(self.took_ms, 1),
        }


def score(
    question: Question, results: Sequence[Evidence], packed: Sequence[Evidence], chunks: Ranges, took_ms: float
) -> Scored:
    """One question's figures. `chunks` are the ranges of the stored chunks of its meetings."""
    gold = {(meeting, index) for meeting, indices in question.utterances.items() for index in indices}
    read = {(e.meeting_id, index) for e in packed for index in range(e.first, e.last + 1)}
    left = set(gold)
    found: list[int] = []
    for e in results:
        new = left & {(e.meeting_id, index) for index in range(e.first, e.last + 1)}
        found.append(len(new))
        left -= new
    return Scored(
        question=question,
        hits=tuple(question.answered_by(e.meeting_id, e.first, e.last) for e in results),
        found=tuple(found),
        gold=len(gold),
        relevant=sum(
            question.answered_by(meeting, first, last)
            for meeting in question.utterances
            for first, last in chunks.get(meeting, ())
        ),
        meeting_first=bool(results) and results[0].meeting_id in question.utterances,
        span_recall=len(gold & read) / len(gold),
        took_ms=took_ms,
    )


def summary(scored: Sequence[Scored], chunks: int, index_s: float) -> dict[str, Any]:
    """The document of `huimai eval retrieval`. `chunks` are stored in all, `index_s` seconds it took to store them."""
    times = [one.took_ms for one in scored]
    return {
        **_figures(scored),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "chunks": chunks,
        "index_s": round(index_s, 1),
        "hit_curve": [round(float(np.mean([one.hit_at(k) for one in scored])), 4) for k in range(1, DEPTH + 1)],
        "per_kind": _split(scored, "kind"),
        "per_language": _split(scored, "language"),
    }


def _figures(scored: Sequence[Scored]) -> dict[str, Any]:
    pointed = [one for one in scored if one.question.by_evidence]
    values = {
        "hit@1": [(one, one.hit_at(1)) for one in scored],
        "hit@5": [(one, one.hit_at(5)) for one in scored],
        "hit@10": [(one, one.hit_at(10)) for one in scored],
        "mrr": [(one, 1 / one.rank if one.rank else 0.0) for one in scored],
        "ndcg@10": [(one, one.ndcg_at_10) for one in scored],
        "span_recall@budget": [(one, one.span_recall) for one in scored],
        "meeting@1": [(one, one.meeting_first) for one in scored],
        "evidence_recall@5": [(one, one.recall_at(5)) for one in pointed],
        "evidence_recall@10": [(one, one.recall_at(10)) for one in pointed],
    }
    grouped = {
        name: [Grouped(one.question.gold[0].meeting, float(value)) for one, value in of] for name, of in values.items()
    }
    return {"n": len(scored), **figures(grouped)}


def _split(scored: Sequence[Scored], attribute: str) -> dict[str, Any]:
    """The figures of each kind or language that the questions state."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        if (name := getattr(one.question, attribute)) is not None:
            groups[name].append(one)
    return {name: _figures(groups[name]) for name in sorted(groups)}
