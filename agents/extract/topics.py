"""What a meeting talks about, stretch by stretch: where one topic gives way to another, and a name for each.

A name is made of words that the stretch has and the others have less: nobody's words but the meeting's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.extract.cues_aim import Tells, tells
from agents.extract.topic_names import names_of
from agents.ledger.domain import ItemDraft, ItemKind
from ingestion.text.language import words
from retrieval.domain import Line

LEAST_WORDS = 240
"""Words of a topic; a meeting with fewer has none."""

_BLOCK_WORDS = 60
_PENALTY = 1.7
_SHIFT = 0.6
_HEAD = 200
_LEAST_WEIGHT = 1e-9
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive lines, by their positions, `end` not included, and how much they are about one thing, 0..1."""

    begin: int
    end: int
    coherence: float


def find_topics(lines: Sequence[Line], rows: NDArray[np.float32]) -> list[ItemDraft]:
    """The topics of a meeting, in order; `rows` has the unit vector of each line.

    A topic stands on the first and the last of its lines and on those between that say its name. A stretch without any
    word of its own has no name and is no topic.
    """
    found = stretches(lines, rows)
    names = names_of([[line.text for line in lines[one.begin : one.end]] for one in found])
    return [
        _topic(lines, one, name.text, name.places) for one, name in zip(found, names, strict=True) if name is not None
    ]


def stretches(lines: Sequence[Line], rows: NDArray[np.float32]) -> list[Stretch]:
    """The lines of a meeting cut where the topic shifts; empty for one of less than `LEAST_WORDS`.

    Of all ways to cut, the one whose stretches are most of one direction: kernel change points with a linear kernel
    (Harchaoui & Cappe 2007) over blocks of lines, their vectors taken from the mean of the meeting, found by dynamic
    programming. Each cut costs the same, less where words announce something new. Time is linear in the text and
    quadratic in the number of blocks.
    """
    sizes = np.array([words(line.text) for line in lines], dtype=np.float64)
    if sizes.sum() < LEAST_WORDS:
        return []
    starts = _blocks(sizes)
    said = np.add.reduceat(sizes, starts)
    weights = np.log1p(said)
    units = _units(np.add.reduceat(rows * np.log1p(sizes)[:, None], starts, axis=0))
    units = _units(units - (weights @ units) / weights.sum())
    shifts = np.array([_announces(lines, at) for at in starts])
    cuts = _cuts(units * weights[:, None], weights, said, shifts)
    edges = [*cuts, len(starts)]
    first = [*(int(starts[cut]) for cut in cuts), len(lines)]
    return [
        Stretch(first[n], first[n + 1], _coherence(units[edges[n] : edges[n + 1]], weights[edges[n] : edges[n + 1]]))
        for n in range(len(cuts))
    ]


def _blocks(sizes: NDArray[np.float64]) -> NDArray[np.intp]:
    """Where blocks of `_BLOCK_WORDS` begin: what is shorter says too little to be told from its neighbours."""
    starts, filled = [0], 0.0
    for at, size in enumerate(sizes):
        if filled >= _BLOCK_WORDS:
            starts.append(at)
            filled = 0.0
        filled += float(size)
    return np.array(starts, dtype=np.intp)


def _cuts(
    sums: NDArray[np.float64], weights: NDArray[np.float64], said: NDArray[np.float64], shifts: NDArray[np.float64]
) -> list[int]:
    """The blocks at which the stretches of the best cutting begin, the first one included."""
    count = len(weights)
    vectors = np.vstack([np.zeros(sums.shape[1]), np.cumsum(sums, axis=0)])
    weight, size = (np.concatenate([[0.0], np.cumsum(one)]) for one in (weights, said))
    price = _PENALTY * weights.mean() * (1 - _SHIFT * shifts)
    price[0] = 0.0
    squares = np.square(vectors).sum(axis=1)
    inner = vectors[:0]
    best, last = np.zeros(count + 1), np.zeros(count + 1, dtype=np.intp)
    for end in range(1, count + 1):
        column = (end - 1) % _AT_ONCE
        if column == 0:
            inner = vectors @ vectors[end : end + _AT_ONCE].T
        # lines that say nothing weigh nothing
        heavy = np.maximum(weight[end] - weight[:end], _LEAST_WEIGHT)
        gain = (squares[end] + squares[:end] - 2 * inner[:end, column]) / heavy
        cost = best[:end] + price[:end] - gain
        cost[size[end] - size[:end] < LEAST_WORDS] = math.inf
        cost[0] = cost[0] if math.isfinite(cost[0]) else -gain[0]
        last[end] = int(np.argmin(cost))
        best[end] = cost[last[end]]
    cuts: list[int] = []
    end = count
    while end:
        end = int(last[end])
        cuts.append(end)
    return cuts[::-1]


def _announces(lines: Sequence[Line], at: int) -> float:
    """How surely the words of a line, or the end of the one before, announce something new."""
    before = lines[at - 1].text[-_HEAD:] if at else ""
    return max(tells(lines[at].text[:_HEAD], Tells.SHIFT), tells(before, Tells.SHIFT) / 2)


def _coherence(units: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(min(1.0, np.linalg.norm(weights @ units) / weights.sum()))


def _units(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return vectors / lengths


def _topic(lines: Sequence[Line], one: Stretch, name: str, places: Sequence[int]) -> ItemDraft:
    standing = sorted({one.begin, one.end - 1, *(one.begin + place for place in places)})
    indices = tuple(lines[at].index for at in standing)
    return ItemDraft(ItemKind.TOPIC, indices, name, round(one.coherence, 3))
