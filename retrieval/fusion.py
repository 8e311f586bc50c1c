"""Two lists of hits to one score a chunk."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingestion.domain import ScoredChunk
from retrieval.recipes import Fusion

_RANK_OFFSET = 60

Scores = dict[str, float]
"""By chunk id."""

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Search:
    """What one search found: scores by chunk id, what a chunk scores that it did not find, and its weight."""

    weight: float
    scores: Mapping[str, float]
    missing: float


def by_meaning(weight: float, hits: Sequence[ScoredChunk]) -> Search:
    """A dense search. What it left out is at best as near as the last it found."""
    return Search(weight, {hit.id: hit.score for hit in hits}, min((hit.score for hit in hits), default=0.0))


def by_words(weight: float, hits: Sequence[ScoredChunk], limit: int) -> Search:
    """A sparse search for at most `limit` hits. With fewer, what it left out has none of the words and scores 0."""
    lowest = min((hit.score for hit in hits), default=0.0) if len(hits) >= limit else 0.0
    return Search(weight, {hit.id: hit.score for hit in hits}, lowest)


def fuse(fusion: Fusion, searches: Sequence[Search]) -> list[tuple[str, float]]:
    """Every chunk found by any search with its fused score, best first; equal scores by id."""
    found = list(dict.fromkeys(id for search in searches for id in search.scores))
    scores = _FUSIONS[fusion](searches, found)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def z_scores(searches: Sequence[Search], ids: Sequence[str]) -> Scores:
    """Weighted sum of standard scores, each search standardised over `ids`."""
    fused = dict.fromkeys(ids, 0.0)
    for search in searches:
        for id, score in standardised({id: search.scores.get(id, search.missing) for id in ids}).items():
            fused[id] += search.weight * score
    return fused


def reciprocal_ranks(searches: Sequence[Search], ids: Sequence[str]) -> Scores:
    """Reciprocal rank fusion: the weighted sum of 1 / (60 + rank) (Cormack et al. 2009)."""
    fused = dict.fromkeys(ids, 0.0)
    for search in searches:
        ranked = sorted(search.scores, key=lambda id: (-search.scores[id], id))
        for rank, id in enumerate(ranked, start=1):
            fused[id] += search.weight / (_RANK_OFFSET + rank)
    return fused


def standardised(scores: Mapping[_Key, float]) -> dict[_Key, float]:
    """Scores with mean 0 and standard deviation 1; all 0 when they are equal."""
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores.values()) / len(scores))
    return {id: (score - mean) / deviation if deviation > 1e-9 else 0.0 for id, score in scores.items()}


_FUSIONS: dict[Fusion, Callable[[Sequence[Search], Sequence[str]], Scores]] = {
    Fusion.Z_SCORE: z_scores,
    Fusion.RANK: reciprocal_ranks,
}
