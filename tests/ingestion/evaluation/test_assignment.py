from __future__ import annotations

import random
from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from ingestion.evaluation.assignment import cheapest_pairs


def matrix(size: int, seed: int, largest: int) -> list[list[int]]:
    draw = random.Random(seed)
    return [[draw.randint(0, largest) for _ in range(size)] for _ in range(size)]


def cost(costs: list[list[int]], columns: list[int]) -> int:
    assert sorted(columns) == list(range(len(costs)))
    return sum(row[column] for row, column in zip(costs, columns, strict=True))


@pytest.mark.parametrize("size", range(6))
@pytest.mark.parametrize("largest", [2, 1000])
def test_no_other_pairing_is_cheaper(size: int, largest: int) -> None:
    for seed in range(40):
        costs = matrix(size, seed, largest)
        best = min(cost(costs, list(columns)) for columns in permutations(range(size)))
        assert cost(costs, cheapest_pairs(costs)) == best


@pytest.mark.parametrize("size", [8, 20, 40])
def test_many_are_paired_as_scipy_pairs_them(size: int) -> None:
    for seed in range(10):
        costs = matrix(size, seed, 500)
        rows, columns = linear_sum_assignment(np.array(costs))
        assert cost(costs, cheapest_pairs(costs)) == np.array(costs)[rows, columns].sum()
