"""How much what a meeting says is about the same matter as what was said before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agents.link.cues import is_light
from agents.qa.dates import find_dates
from agents.qa.numbers import find_numbers
from agents.qa.spans import name_parts
from agents.qa.words import content_terms
from ingestion.text.terms import terms


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare: its vector, and the words that name what it is about."""

    vector: NDArray[np.float32]
    words: frozenset[str]


def subject(text: str, said_on: date, people: Iterable[str] = ()) -> frozenset[str]:
    """The words and pairs of characters by which a text names its matter: no days, no numbers (those are compared as
    facts), no light words, and none of `people`, who are called by name whatever the matter is."""
    spans = [(day.start, day.end) for day in find_dates(text, said_on)]
    spans += [(number.start, number.end) for number in find_numbers(text) if not number.bare]
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "," * (end - start)
    bare = "".join(characters)
    for part in sorted({part for name in people for part in name_parts(name)}, key=len, reverse=True):
        bare = bare.replace(part, ",")
    return frozenset(term for term in terms(bare) if _names_something(term))


def joined(texts: Sequence[Text]) -> Text:
    """Several texts as one."""
    total = np.sum([text.vector for text in texts], axis=0)
    return Text(total / (np.linalg.norm(total) or 1), frozenset[str]().union(*(text.words for text in texts)))


def nearness(earlier: Sequence[Text], later: Sequence[Text], among: Sequence[Text]) -> NDArray[np.float32]:
    """How near each of `later` (columns) is to each of `earlier` (rows), 0..1; 0 where a text names no matter.

    Two signs that each make it sure by so much: the cosine of the vectors, and that of the words weighted by
    log(1 + N / df). Vectors are first taken from the mean of `among`, all texts at hand, since those of an embedding
    model all point much the same way (Mu & Viswanath 2018, "All-but-the-Top").
    """
    if not earlier or not later:
        return np.zeros((len(earlier), len(later)), dtype=np.float32)
    mean = np.mean([text.vector for text in among], axis=0)
    near = _cosines([text.vector - mean for text in earlier], [text.vector - mean for text in later])
    shared = _cosines(*_weighted(earlier, later, among))
    either = 1 - (1 - near) * (1 - shared)
    either[[not text.words for text in earlier]] = 0
    either[:, [not text.words for text in later]] = 0
    return either


def _weighted(
    earlier: Sequence[Text], later: Sequence[Text], among: Sequence[Text]
) -> tuple[list[NDArray[np.float32]], list[NDArray[np.float32]]]:
    frequency = Counter(word for text in among for word in text.words)
    weight = {
        word: math.log(1 + len(among) / frequency.get(word, 1)) for text in (*earlier, *later) for word in text.words
    }
    both = sorted({word for text in earlier for word in text.words} & {word for text in later for word in text.words})
    column = {word: i for i, word in enumerate(both)}

    def row(text: Text) -> NDArray[np.float32]:
        """The words that both sides know, and in a last place what the text says besides, which meets nothing."""
        values = np.zeros(len(both) + 2, dtype=np.float32)
        for word in text.words & column.keys():
            values[column[word]] = weight[word]
        return values

    def besides(text: Text) -> float:
        return math.sqrt(sum(weight[word] ** 2 for word in text.words - column.keys()))

    rows, columns = [row(text) for text in earlier], [row(text) for text in later]
    for values, text in zip(rows, earlier, strict=True):
        values[-1] = besides(text)
    for values, text in zip(columns, later, strict=True):
        values[-2] = besides(text)
    return rows, columns


def _cosines(rows: Sequence[NDArray[np.float32]], columns: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.clip(_units(rows) @ _units(columns).T, 0, 1)


def _units(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    stacked = np.stack(vectors).astype(np.float32)
    lengths = np.linalg.norm(stacked, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return stacked / lengths


@lru_cache(maxsize=65_536)
def _names_something(term: str) -> bool:
    return not term.isdigit() and not is_light(term) and bool(content_terms(term))
