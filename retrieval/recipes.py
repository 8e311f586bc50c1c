"""Search strategies as data: each is a named constant, and the names are what users choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ingestion.errors import BadInputError


class Fusion(StrEnum):
    """How the scores of two searches become one: by standard score, or by rank alone."""

    Z_SCORE = "z-score"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to rank chunks: the weights of the search by meaning and of the search by words, and their fusion.

    A weight of 0 leaves that search out. `candidates` are taken from each. With `plain`, a reranker puts the best finds
    in order; that is the name of the same recipe without it.
    """

    name: str
    dense: float
    sparse: float
    fusion: Fusion = Fusion.Z_SCORE
    candidates: int = 100
    plain: str = ""


HYBRID = Recipe("hybrid", dense=0.9, sparse=1.0)
RERANKED = replace(HYBRID, name="hybrid-rerank", plain=HYBRID.name)
RANKS = Recipe("hybrid-rrf", dense=1.0, sparse=1.0, fusion=Fusion.RANK)
DENSE = Recipe("dense", dense=1.0, sparse=0.0)
SPARSE = Recipe("sparse", dense=0.0, sparse=1.0)

RECIPES = {recipe.name: recipe for recipe in (HYBRID, RERANKED, RANKS, DENSE, SPARSE)}


def recipe_named(name: str) -> Recipe:
    """Raises BadInputError, naming the known recipes."""
    if name not in RECIPES:
        raise BadInputError(f"there is no search recipe '{name}'", f"recipes: {', '.join(RECIPES)}")
    return RECIPES[name]
