"""Two ranked lists to one score a chunk, and what a chunk's surroundings add to it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingestion.domain import ChunkPayload, ScoredChunk
from retrieval.recipes import Fusion, Recipe

_RANK_OFFSET = 60

Scores = dict[str, float]
"""By chunk id."""


@dataclass(frozen=True, slots=True)
class Search:
    """What one search found: scores by chunk id, what a chunk scores that it did not find, and its weight."""

    weight: float
    scores: Mapping[str, float]
    missing: float


def fuse(
    recipe: Recipe, dense: Sequence[ScoredChunk], sparse: Sequence[ScoredChunk], question: str
) -> list[tuple[ChunkPayload, float]]:
    """Every chunk of both lists with its score by the recipe, best first."""
    payloads = {hit.id: hit.payload for hit in (*dense, *sparse)}
    by_meaning = {hit.id: hit.score for hit in dense}
    by_words = _with_neighbours({hit.id: hit.score for hit in sparse}, payloads, recipe.neighbours)
    # A list that is not full has every chunk with one of the words; the others score 0.
    unworded = min(by_words.values(), default=0.0) if len(sparse) >= recipe.candidates else 0.0
    searches = (
        Search(recipe.dense, by_meaning, missing=min(by_meaning.values(), default=0.0)),
        Search(recipe.sparse, by_words, missing=unworded),
    )
    scores = _COMBINE[recipe.fusion]([s for s in searches if s.weight], list(payloads))
    _lift_meetings(scores, payloads, recipe.meeting)
    _lift_speakers(scores, payloads, recipe.speaker, question)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [(payloads[id], score) for id, score in ranked]


def by_z_score(searches: Sequence[Search], ids: Sequence[str]) -> Scores:
    """Weighted sum of standard scores, each search standardised over `ids`."""
    fused = dict.fromkeys(ids, 0.0)
    for search in searches:
        standard = standardised({id: search.scores.get(id, search.missing) for id in ids})
        for id in ids:
            fused[id] += search.weight * standard[id]
    return fused


def by_rank(searches: Sequence[Search], ids: Sequence[str]) -> Scores:
    """Reciprocal rank fusion: the weighted sum of 1 / (60 + rank) (Cormack et al. 2009)."""
    fused = dict.fromkeys(ids, 0.0)
    for search in searches:
        ranked = sorted(search.scores, key=lambda id: (-search.scores[id], id))
        for rank, id in enumerate(ranked, start=1):
            fused[id] += search.weight / (_RANK_OFFSET + rank)
    return fused


def standardised(scores: Mapping[str, float]) -> Scores:
    """Scores with mean 0 and standard deviation 1; all 0 when they are equal."""
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores.values()) / len(scores))
    return {id: (score - mean) / deviation if deviation > 1e-9 else 0.0 for id, score in scores.items()}


_COMBINE: dict[Fusion, Callable[[Sequence[Search], Sequence[str]], Scores]] = {
    Fusion.Z_SCORE: by_z_score,
    Fusion.RANK: by_rank,
}


def _with_neighbours(scores: Scores, payloads: Mapping[str, ChunkPayload], share: float) -> Scores:
    """Each score plus a share of those of the chunks right before and after, where they were found too."""
    begins = {(payloads[id].meeting_id, payloads[id].first): score for id, score in scores.items()}
    ends = {(payloads[id].meeting_id, payloads[id].last): score for id, score in scores.items()}

    def beside(payload: ChunkPayload) -> float:
        after = begins.get((payload.meeting_id, payload.last + 1), 0.0)
        return after + ends.get((payload.meeting_id, payload.first - 1), 0.0)

    return {id: score + share * beside(payloads[id]) for id, score in scores.items()} if share else scores


def _lift_meetings(scores: Scores, payloads: Mapping[str, ChunkPayload], weight: float) -> None:
    """A meeting whose chunks are found often and high is likelier the right one: 1 / rank, summed, standardised."""
    if not weight:
        return
    meetings: dict[str, float] = defaultdict(float)
    for rank, id in enumerate(sorted(scores, key=lambda id: (-scores[id], id)), start=1):
        meetings[payloads[id].meeting_id] += 1 / rank
    lifts = standardised(meetings)
    for id in scores:
        scores[id] += weight * lifts[payloads[id].meeting_id]


def _lift_speakers(scores: Scores, payloads: Mapping[str, ChunkPayload], weight: float, question: str) -> None:
    asked = question.casefold()
    names = {name for payload in payloads.values() for name in payload.speakers}
    named = {name for name in names if len(name) > 1 and name.casefold() in asked}
    if weight and named:
        for id in scores:
            if not named.isdisjoint(payloads[id].speakers):
                scores[id] += weight
