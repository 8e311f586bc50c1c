"""Embedding many texts in batches of like length."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One unit vector a row."""


def in_batches(texts: Sequence[str], size: int, dimensions: int, embed: Callable[[list[str]], Vectors]) -> Vectors:
    """Embed texts longest first, so that a batch is padded little and memory peaks at once; rows in the order given."""
    rows = np.empty((len(texts), dimensions), np.float32)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        rows[chosen] = embed([texts[index] for index in chosen])
    return rows


def normalised(rows: Vectors) -> Vectors:
    """Each row scaled to length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-12)).astype(np.float32, copy=False)
