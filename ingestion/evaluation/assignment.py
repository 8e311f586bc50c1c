"""Pairing off two groups so that the pairs cost least in all."""

from __future__ import annotations

import math
from collections.abc import Sequence


def cheapest_pairs(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row of a square matrix, each column once, with the smallest sum of costs.

    The Hungarian method with potentials and shortest augmenting paths, O(n^3) (Jonker & Volgenant 1987).
    """
    n = len(costs)
    by_row, by_column = [0.0] * n, [0.0] * (n + 1)
    row_of = [-1] * n + [-1]
    for row in range(n):
        column, before = _cheapest_path(costs, row, by_row, by_column, row_of)
        while column != n:
            row_of[column] = row_of[before[column]]
            column = before[column]
    columns = [0] * n
    for column, row in enumerate(row_of[:n]):
        columns[row] = column
    return columns


def _cheapest_path(
    costs: Sequence[Sequence[float]], row: int, by_row: list[float], by_column: list[float], row_of: list[int]
) -> tuple[int, list[int]]:
    """The free column that the cheapest alternating path from a new row ends in, and for each column the one before it
    on its path. Adjusts the potentials on the way. Column n stands for the new row; -1 marks a free column.
    """
    n = len(costs)
    row_of[n] = row
    slack, before, done = [math.inf] * n, [n] * n, [False] * (n + 1)
    column = n
    while row_of[column] != -1:
        done[column] = True
        current = row_of[column]
        for other in range(n):
            reduced = costs[current][other] - by_row[current] - by_column[other]
            if not done[other] and reduced < slack[other]:
                slack[other], before[other] = reduced, column
        step = min(slack[other] for other in range(n) if not done[other])
        nearest = next(other for other in range(n) if not done[other] and slack[other] == step)
        for other in range(n + 1):
            if done[other]:
                by_row[row_of[other]] += step
                by_column[other] -= step
            elif other < n:
                slack[other] -= step
        column = nearest
    return column, before
