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

# How people ask, not what they ask for. Stored text keeps these words.
_ASKING = (
    "discuss discussion group summarize think thought conclusion conclude meeting team talk say said opinion whole "
    "decide mention explain 讨论 说 提到 谈到 看法 总结 怎样 如何 为什么 多少 谁 哪 哪些 哪个 时候 会上"
)


def document_vector(text: str) -> SparseVector:
    """Weights tf (k1 + 1) / (tf + k1 (1 - b + b words / average)) by term: Okapi BM25 (Robertson & Zaragoza 2009)
    without IDF."""
    norm = K1 * (1 - B + B * words(text) / AVERAGE_WORDS)
    counts = Counter(terms(text))
    return _vector({term: count * (K1 + 1) / (count + norm) for term, count in counts.items()})


def query_vector(text: str) -> SparseVector:
    """Weight 1 for each distinct term. Words of asking (discuss, 讨论) are left out unless nothing else is there."""
    asked = dict.fromkeys(terms(text), 1.0)
    return _vector({term: weight for term, weight in asked.items() if term not in _asking()} or asked)


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
