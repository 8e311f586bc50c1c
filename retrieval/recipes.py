"""Search strategies as data: each is a named constant, and the names are what users choose from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingestion.errors import BadInputError


class Fusion(StrEnum):
    """How the scores of two searches become one: by standard score, or by rank alone."""

    Z_SCORE = "z-score"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to rank chunks.

    `candidates` are taken from each search. A weight of 0 leaves that search out. `neighbours` is the share of the
    chunks beside a chunk that is added to its words' score, `meeting` what a standard deviation of its whole meeting's
    score adds, `speaker` what is added when the question names somebody who speaks in it.
    """

    name: str
    dense: float
    sparse: float
    fusion: Fusion = Fusion.Z_SCORE
    candidates: int = 100
    neighbours: float = 0.0
    meeting: float = 0.0
    speaker: float = 0.0


HYBRID = Recipe("hybrid", dense=1.0, sparse=1.0, neighbours=0.3, meeting=0.2, speaker=0.2)
RANKS = Recipe("hybrid-rrf", dense=1.0, sparse=1.0, fusion=Fusion.RANK)
DENSE = Recipe("dense", dense=1.0, sparse=0.0)
SPARSE = Recipe("sparse", dense=0.0, sparse=1.0)

RECIPES = {recipe.name: recipe for recipe in (HYBRID, RANKS, DENSE, SPARSE)}


def recipe_named(name: str) -> Recipe:
    """Raises BadInputError, naming the known recipes."""
    if name not in RECIPES:
        raise BadInputError(f"there is no search recipe '{name}'", f"recipes: {', '.join(RECIPES)}")
    return RECIPES[name]
