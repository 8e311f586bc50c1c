"""Evidence for an answer: a budget of words filled by growing around the finds.

Finding wants the sharpest ranking; an answer needs what stands around the find. So the finds spread over the chunks
around them, the best chunks are taken whole until the next does not fit, and of that one the lines that speak of the
question are taken with their neighbours until the budget is full.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from ingestion.search_repository import ChunkRange
from ingestion.text.language import words
from ingestion.text.terms import terms
from retrieval.fusion import standardised

SHARPNESS = 0.75
"""A find weighs e^(sharpness * its standard score): one find far above the rest outweighs many that are not."""

AFTER, BEFORE = 2.0, 1.0
"""Chunks over which the weight of a find falls to 1/e: talk names its subject first, then goes on about it."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance with its speaker in front of its text, when known; `words` counts its text alone."""

    index: int
    shown: str
    words: int


def grow(places: Sequence[ChunkRange], scores: Mapping[tuple[str, int], float]) -> list[tuple[ChunkRange, float]]:
    """Chunks by their own weight and what reaches them from the finds around; the best find, then best first.

    `places` are all chunks of the meetings concerned, by meeting and place; `scores` those of the found ones by meeting
    and first utterance, higher is better. A place that was not found has no weight of its own.
    """
    if not scores:
        return []
    weights = {find: math.exp(SHARPNESS * score) for find, score in standardised(scores).items()}
    grown: list[tuple[ChunkRange, float]] = []
    for _, group in groupby(places, key=lambda place: place.meeting_id):
        row = list(group)
        grown += zip(row, _spread([weights.get((place.meeting_id, place.first), 0.0) for place in row]), strict=True)
    best = max(scores, key=lambda find: scores[find])
    return sorted(
        grown,
        key=lambda pair: ((pair[0].meeting_id, pair[0].first) != best, -pair[1], pair[0].meeting_id, pair[0].first),
    )


def take_whole(
    grown: Iterable[tuple[ChunkRange, float]], budget: int
) -> tuple[list[tuple[ChunkRange, float]], tuple[ChunkRange, float] | None]:
    """The best places that fit into `budget` words together, and the first one that does not."""
    taken: list[tuple[ChunkRange, float]] = []
    for place, value in grown:
        if place.words > budget:
            return taken, (place, value)
        budget -= place.words
        taken.append((place, value))
    return taken, None


def take_lines(lines: Sequence[Said], question: str, budget: int) -> list[int]:
    """Indices of the consecutive lines, of at most `budget` words, that grow from the one nearest to the question.

    A line's worth is its overlap with the question's terms, each weighted by its IDF among `lines`. Growing takes the
    worthier of the two lines beside the run, and ends when neither fits.
    """
    fitting = [position for position, line in enumerate(lines) if line.words <= budget]
    if not fitting:
        return []
    worth = _worth(lines, question)
    first = last = max(fitting, key=lambda position: (worth[position], -position))
    left = budget - lines[first].words
    while True:
        beside = [p for p in (last + 1, first - 1) if 0 <= p < len(lines) and lines[p].words <= left]
        if not beside:
            return [line.index for line in lines[first : last + 1]]
        best = max(beside, key=lambda position: worth[position])
        left -= lines[best].words
        first, last = min(first, best), max(last, best)


def runs(chosen: Mapping[tuple[str, int], float]) -> list[tuple[str, int, int, float]]:
    """Chosen utterances as runs of consecutive ones: (meeting, first, last, the best score in it)."""
    by_meeting: dict[str, list[int]] = defaultdict(list)
    for meeting_id, index in sorted(chosen):
        by_meeting[meeting_id].append(index)
    found: list[tuple[str, int, int, float]] = []
    for meeting_id, indices in by_meeting.items():
        begin = 0
        for at in range(1, len(indices) + 1):
            if at == len(indices) or indices[at] != indices[at - 1] + 1:
                run = indices[begin:at]
                found.append((meeting_id, run[0], run[-1], max(chosen[meeting_id, index] for index in run)))
                begin = at
    return found


def said(index: int, speaker: str | None, text: str) -> Said:
    """An utterance as packing sees it."""
    return Said(index, f"{speaker}: {text}" if speaker else text, words(text))


def _spread(weights: Sequence[float]) -> list[float]:
    """Each weight with those around it, which fall exponentially with their distance."""
    behind = _carried(weights, AFTER)
    ahead = _carried(weights[::-1], BEFORE)[::-1]
    return [b + a - own for b, a, own in zip(behind, ahead, weights, strict=True)]


def _carried(weights: Sequence[float], reach: float) -> list[float]:
    """Each weight with what is left of those before it."""
    kept = math.exp(-1 / reach)
    return list(accumulate(weights, lambda carried, weight: carried * kept + weight, initial=0.0))[1:]


def _worth(lines: Sequence[Said], question: str) -> list[float]:
    asked = set(terms(question))
    held = [asked.intersection(terms(line.shown)) for line in lines]
    frequency = Counter(term for found in held for term in found)
    return [sum(math.log(1 + len(lines) / frequency[term]) for term in found) for found in held]
