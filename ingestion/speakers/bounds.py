"""How many speakers a recording has, as far as somebody says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.errors import BadInputError

MOST = 20
"""More speakers than this are not told apart."""

_GIVEN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many speakers there are, as far as somebody knows."""

    least: int = 1
    most: int = MOST


def parse_bounds(given: str) -> Bounds:
    """The bounds that a number or a range says: `4`, `2-5`. Raises BadInputError."""
    said = _GIVEN.fullmatch("".join(given.split()))
    least = int(said[1]) if said else 0
    most = int(said[2] or least) if said else 0
    if not 1 <= least <= most <= MOST:
        raise BadInputError(
            f"'{given[:40]}' does not say how many speakers there are",
            f"give a number from 1 to {MOST}, or the least and the most: 4, 2-5",
        )
    return Bounds(least, most)
