from __future__ import annotations

import random
from itertools import permutations

import numpy as np
import pytest

from ingestion.pairing import best_pairs


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 3), (3, 0), (1, 1), (2, 4), (4, 2), (5, 5)])
def test_no_other_pairs_are_worth_more(rows: int, columns: int) -> None:
    draw = random.Random(5)
    for _ in range(20):
        worth = np.array([[draw.randint(-9, 9) for _ in range(columns)] for _ in range(rows)]).reshape(rows, columns)
        pairs = best_pairs(worth)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == min(rows, columns)
        tall = worth if rows >= columns else worth.T
        orders = permutations(range(len(tall)), tall.shape[1])
        best = max(sum(tall[row, column] for column, row in enumerate(order)) for order in orders)
        assert sum(worth[pair] for pair in pairs) == best
