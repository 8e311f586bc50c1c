"""Sparse vectors whose dot product is BM25, once the store multiplies by IDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from zlib import crc32

from ingestion.domain import SparseVector
from ingestion.text.language import words
from ingestion.text.terms import terms

K1 = 1.2
B = 0.75
AVERAGE_WORDS = 180.0
"""Size of an average chunk in words, the default of `IngestionSettings.chunk_words`. A constant: a vector must not
depend on what else is stored."""

OWN_SHARE = 0.5

# How people ask, not what they ask for. Stored text keeps these words.
_ASKING = (
    "discuss discussion group summarize think thought conclusion conclude meeting team talk say said opinion whole "
    "decide mention explain 讨论 说 提到 谈到 看法 总结 怎样 如何 为什么 多少 谁 哪 哪些 哪个 时候 会上"
)


def document_vector(text: str, surroundings: str) -> SparseVector:
    """The weights of a chunk's surroundings, to which it belongs itself, and a share of its own on top.

    Talk names its subject once, then goes on, so words are searched around a chunk; its own share ranks the chunk in
    which a word stands above those beside it.
    """
    weights = _weights(surroundings)
    for term, weight in _weights(text).items():
        weights[term] = weights.get(term, 0.0) + OWN_SHARE * weight
    return _vector(weights)


def query_vector(text: str) -> SparseVector:
    """Weight 1 for each distinct term. Words of asking (discuss, 讨论) are left out unless nothing else is there."""
    asked = dict.fromkeys(terms(text), 1.0)
    return _vector({term: weight for term, weight in asked.items() if term not in _asking()} or asked)


def _weights(text: str) -> dict[str, float]:
    """tf (k1 + 1) / (tf + k1 (1 - b + b words / average)) by term: Okapi BM25 (Robertson & Zaragoza 2009) without
    IDF."""
    norm = K1 * (1 - B + B * words(text) / AVERAGE_WORDS)
    return {term: count * (K1 + 1) / (count + norm) for term, count in Counter(terms(text)).items()}


def _vector(weights: Mapping[str, float]) -> SparseVector:
    """By a stable u32 hash; the rare terms that share one add up."""
    by_index: dict[int, float] = {}
    for term, weight in weights.items():
        index = crc32(term.encode())
        by_index[index] = by_index.get(index, 0.0) + weight
    indices = sorted(by_index)
    return SparseVector(tuple(indices), tuple(map(by_index.__getitem__, indices)))


@cache
def _asking() -> frozenset[str]:
    return frozenset(terms(_ASKING))
