"""A learned opinion of the lines of a meeting: how likely each states an item of a kind.

For each kind a logistic regression over the line's vector and its signs. The weights belong to one embedding model and
lie beside this module as data; their file says what they were fitted on and by which command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from agents.extract.place import LONG
from agents.extract.signs import signs
from agents.ledger.domain import ItemKind
from retrieval.domain import Line

FOLDER = Path(__file__).with_name("weights")
"""Holds a file of weights for each embedding model that has some, named after it."""


@dataclass(frozen=True, slots=True)
class LineVectors:
    """The lines of a meeting as unit vectors, a row a line, by the embedding model of that name."""

    model: str
    rows: NDArray[np.float32]


class KindWeights(BaseModel):
    """The regression of one kind: log odds = bias + signs + vector, of a line that states an item.

    A line `least` likely is put forward, one less than `sure_none` likely is none whatever the rules say, and of those
    within `apart` lines of each other only the likeliest is put forward.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: float
    sure_none: float
    apart: int
    bias: float
    signs: Mapping[str, float]
    vector: tuple[float, ...]


class Weights(BaseModel):
    """A file of weights: for brief meetings and for long ones, by kind. A kind without weights is left to the rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    command: str
    fitted_on: tuple[str, ...]
    brief: Mapping[ItemKind, KindWeights]
    long: Mapping[ItemKind, KindWeights]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each line states an item of a kind, 0..1 in the order of the lines, and what is made of that."""

    likely: NDArray[np.float64]
    weights: KindWeights


@cache
def load_weights(model: str) -> Weights | None:
    """The weights for vectors of that embedding model; null when there are none."""
    for file in FOLDER.glob("*.json"):
        if file.stem == model:
            return Weights.model_validate(json.loads(file.read_text("utf-8")))
    return None


def opinions(lines: Sequence[Line], vectors: LineVectors, day: date) -> dict[ItemKind, Opinion]:
    """What is thought of the lines of a meeting held on `day`, by kind; empty for a model without weights.

    `vectors` has a row for each of the lines.
    """
    weights = load_weights(vectors.model)
    if weights is None or not lines:
        return {}
    read = signs(lines, day)
    kinds = weights.long if len(lines) >= LONG else weights.brief
    return {kind: Opinion(likely(read, vectors.rows, one), one) for kind, one in kinds.items()}


def likely(read: Sequence[Mapping[str, float]], rows: NDArray[np.float32], weights: KindWeights) -> NDArray[np.float64]:
    """How likely each line states an item of the kind that the weights are for, 0..1, by its signs and its vector."""
    names = sorted(weights.signs)
    table = np.array([[line.get(name, 0.0) for name in names] for line in read], dtype=np.float64)
    odds = weights.bias + table @ np.array([weights.signs[name] for name in names]) + rows @ np.array(weights.vector)
    return 1 / (1 + np.exp(-odds))
