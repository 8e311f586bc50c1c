"""The figures of retrieval over many questions, each the mean of a figure of one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retrieval.domain import Evidence
from retrieval.evaluation.records import Question


@dataclass(frozen=True, slots=True)
class Scored:
    """One question: which of its ranked results are hits, and what the packed evidence holds.

    `relevant` is how many stored chunks overlap a gold span, `span_recall` the share (0..1) of gold utterances inside
    the packed evidence, `took_ms` the time of the search.
    """

    hits: tuple[bool, ...]
    relevant: int
    meeting_first: bool
    span_recall: float
    took_ms: float

    def hit_at(self, k: int) -> bool:
        """Whether one of the first `k` results is a hit."""
        return any(self.hits[:k])

    @property
    def reciprocal_rank(self) -> float:
        """1 / the rank of the first hit, 0 without one."""
        return next((1 / rank for rank, hit in enumerate(self.hits, start=1) if hit), 0.0)

    @property
    def ndcg_at_10(self) -> float:
        """Discounted gain of the first ten results over the best that could be (Järvelin & Kekäläinen 2002)."""
        gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(self.hits[:10], start=1) if hit)
        best = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, self.relevant) + 1))
        return gain / best if best else 0.0


def score(
    question: Question,
    results: Sequence[Evidence],
    packed: Sequence[Evidence],
    chunks: Sequence[tuple[int, int]],
    took_ms: float,
) -> Scored:
    """One question's figures. `chunks` are the ranges (first, last) of the right meeting's chunks."""
    gold = {index for first, last in question.spans for index in range(first, last + 1)}
    right = [e for e in packed if e.meeting_id == question.meeting]
    read = {index for e in right for index in range(e.first, e.last + 1)}
    return Scored(
        hits=tuple(question.answered_by(e.meeting_id, e.first, e.last) for e in results),
        relevant=sum(question.answered_by(question.meeting, first, last) for first, last in chunks),
        meeting_first=bool(results) and results[0].meeting_id == question.meeting,
        span_recall=len(gold & read) / len(gold),
        took_ms=took_ms,
    )


def summary(scored: Sequence[Scored], chunks: int, index_s: float) -> dict[str, Any]:
    """The document of `huimai eval retrieval`. `chunks` are stored in all, `index_s` seconds it took to store them."""
    times = [one.took_ms for one in scored]
    return {
        "n": len(scored),
        "hit@1": _mean([one.hit_at(1) for one in scored]),
        "hit@5": _mean([one.hit_at(5) for one in scored]),
        "hit@10": _mean([one.hit_at(10) for one in scored]),
        "mrr": _mean([one.reciprocal_rank for one in scored]),
        "ndcg@10": _mean([one.ndcg_at_10 for one in scored]),
        "span_recall@budget": _mean([one.span_recall for one in scored]),
        "meeting@1": _mean([one.meeting_first for one in scored]),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "chunks": chunks,
        "index_s": round(index_s, 1),
    }


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)
