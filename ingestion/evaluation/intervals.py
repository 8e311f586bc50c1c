"""Figures of an evaluation with their 95 % bootstrap intervals, resampled by whole meetings.

Questions about one meeting stand or fall together, so the meeting is what is drawn anew, not the question: the cluster
bootstrap with percentile limits (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapters 8 and 13).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

By = Literal["meeting", "question"]
"""What is drawn anew: whole groups, or single values."""

RESAMPLES = 2000
FEWEST_GROUPS = 8
"""With fewer groups than this, drawing groups says next to nothing about the spread, so single values are drawn."""
LIMITS = (2.5, 97.5)
"""Percentiles of the resampled figures that bound the interval."""

_SEED = 20260105


@dataclass(frozen=True, slots=True)
class Grouped:
    """A value of one question (or one recording) and the group, normally the meeting, that it belongs to.

    A figure is the sum of the values over the sum of the weights: a mean with weights of 1, a rate such as errors per
    word with the counts of words as weights.
    """

    group: str
    value: float
    weight: float = 1.0


class Scored(Protocol):
    """The score of one recording."""

    @property
    def name(self) -> str:
        """The recording's name, no other's."""
        ...

    @property
    def language(self) -> str:
        """ISO 639-1 code of what is spoken in it, or `auto`."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Its row in a document."""
        ...


One = TypeVar("One", bound=Scored)


def figures(values: Mapping[str, Sequence[Grouped]]) -> dict[str, Any]:
    """A block of a document: each name's figure, `<name>_ci` as [low, high], and `ci_by`; null where no weight is.

    All intervals of a block are made in one way. Values that are each a group of their own fit either.
    """
    counts = [(len({one.group for one in of}), len(of)) for of in values.values()]
    enough = all(groups >= FEWEST_GROUPS or groups == single for groups, single in counts)
    by: By = "meeting" if enough and any(groups >= FEWEST_GROUPS for groups, _ in counts) else "question"
    block: dict[str, Any] = {}
    for name, of in values.items():
        known = sum(one.weight for one in of) > 0
        block[name] = round(ratio(of), 4) if known else None
        block[f"{name}_ci"] = [round(limit, 4) for limit in bootstrap(of, by)] if known else None
    return {**block, "ci_by": by}


def by_recording(scored: Sequence[One], block: Callable[[Sequence[One]], dict[str, Any]]) -> dict[str, Any]:
    """A document: the block of all recordings, that of each language in `per_language`, the rows in `per_file`."""
    languages = sorted({one.language for one in scored})
    return {
        **block(scored),
        "per_language": {name: block([one for one in scored if one.language == name]) for name in languages},
        "per_file": {one.name: one.to_json() for one in scored},
    }


def ratio(values: Sequence[Grouped]) -> float:
    """The sum of the values over the sum of the weights, which must not be 0."""
    return sum(one.value for one in values) / sum(one.weight for one in values)


def bootstrap(values: Sequence[Grouped], by: By) -> tuple[float, float]:
    """The 95 % interval (low, high) of the values' ratio, the same for the same values. Some weight must be above 0.

    It has no width where every group has the same figure, such as a share of 0 or 1.
    """
    sums = _sums(values, by)
    draw = np.random.default_rng(_SEED)
    drawn = np.array([sums[draw.integers(len(sums), size=len(sums))].sum(axis=0) for _ in range(RESAMPLES)])
    drawn = drawn[drawn[:, 1] > 0]
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], LIMITS)
    return float(low), float(high)


def _sums(values: Sequence[Grouped], by: By) -> NDArray[np.float64]:
    """Value and weight of each group, or of each value: (n, 2)."""
    pairs = np.array([(one.value, one.weight) for one in values], dtype=np.float64)
    if by == "question":
        return pairs
    index = {group: at for at, group in enumerate(dict.fromkeys(one.group for one in values))}
    sums = np.zeros((len(index), 2))
    np.add.at(sums, [index[one.group] for one in values], pairs)
    return sums
