"""The mean of how voices sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def unit_mean(vectors: Vectors, weights: NDArray[np.float64] | None = None) -> Vectors:
    """The mean of the rows, at least one, as a unit vector; `weights` has one for each row, without it all count
    alike."""
    mean = np.average(vectors, axis=0, weights=weights).astype(np.float32)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)
