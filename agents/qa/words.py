"""The words of a question that a line must speak of: content words, without grammar and without question words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from agents.qa.language import has_han
from ingestion.text.terms import stem

_WORD = re.compile(r"[a-z0-9]+(?:[._][a-z0-9]+)*|[\u3400-\u9fff]+")


def content_terms(text: str) -> list[str]:
    """Distinct content words in order: Latin words stemmed, Chinese words as segmented."""
    return list(dict.fromkeys(term for term in all_terms(text) if not _is_stop(term)))


def all_terms(text: str) -> list[str]:
    """Every word of a text, lower case: Latin words stemmed (stop words kept whole), Chinese words as segmented."""
    terms: list[str] = []
    for run in _WORD.findall(text.lower()):
        if has_han(run):
            terms += _segment(run)
        else:
            terms.append(run if run in _stop_words() else stem(run))
    return terms


def han_nouns(text: str) -> list[str]:
    """The Chinese common nouns of a text, those of two characters and more."""
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(text)
    nouns = [word for word, tag in tagged if tag in ("n", "vn", "nz") and len(word) > 1 and has_han(word)]
    return [noun for noun in dict.fromkeys(nouns) if not _is_stop(noun)]


class Overlap:
    """How much of a question's content words a text speaks of, rarer words counting more.

    A word's weight is log(1 + N / df) over the texts given. A Chinese word that is not found whole counts for a
    part of its characters, since segmentation differs with the context.
    """

    def __init__(self, terms: Sequence[str], texts: Iterable[str]) -> None:
        self.terms = list(terms)
        folded = [_Folded(text) for text in texts]
        self.weights = {term: math.log(1 + len(folded) / (1 + sum(term in f for f in folded))) for term in self.terms}
        self.total = sum(self.weights.values())

    def matched(self, text: str) -> dict[str, float]:
        """The share (0..1) of each term that stands in `text`, terms without any left out."""
        folded = _Folded(text)
        return {term: share for term in self.terms if (share := folded.share(term)) > 0}

    def stands(self, term: str, text: str) -> bool:
        """Whether a term stands whole in a text."""
        return term in _Folded(text)

    def score(self, shares: dict[str, float]) -> float:
        """Weighted share of the question that is covered, 0..1."""
        return sum(self.weights[term] * share for term, share in shares.items()) / self.total if self.total else 0.0


class _Folded:
    """A text prepared for lookups."""

    def __init__(self, text: str) -> None:
        self.text = text.lower()
        self.stems = frozenset(stem(word) for word in _WORD.findall(self.text) if not has_han(word))
        self.characters = frozenset(self.text)

    def __contains__(self, term: str) -> bool:
        return self.share(term) == 1.0

    def share(self, term: str) -> float:
        if not has_han(term):
            return float(term in self.stems)
        if term in self.text:
            return 1.0
        if len(term) == 1:
            return 0.0
        return 0.5 * sum(c in self.characters for c in term) / len(term) if len(term) > 1 else 0.0


def _is_stop(term: str) -> bool:
    return term in _stop_words() or (len(term) == 1 and not has_han(term) and not term.isdigit())


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    folder = files("agents.qa")
    texts = [folder.joinpath(f"stopwords.{language}.txt").read_text("utf-8") for language in ("zh", "en")]
    return frozenset(" ".join(texts).split())


def _segment(run: str) -> list[str]:
    import rjieba

    words: list[str] = rjieba.cut(run)
    return words
