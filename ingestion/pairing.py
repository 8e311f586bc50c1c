"""Pairing off two groups."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray


def best_pairs(worth: NDArray[np.floating[Any]] | NDArray[np.integer[Any]]) -> list[tuple[int, int]]:
    """The (row, column) pairs of a matrix, no row or column twice and as many as fit, that are worth most in all."""
    from scipy.optimize import linear_sum_assignment  # pyright: ignore[reportUnknownVariableType]

    rows, columns = cast("tuple[NDArray[np.intp], NDArray[np.intp]]", linear_sum_assignment(worth, maximize=True))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
