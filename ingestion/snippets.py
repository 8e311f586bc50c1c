"""Utterances to snippets, which are what is embedded: about one statement each.

A chunk speaks of several things, and its vector of their mixture; an answer stands on one line. So vectors are made of
snippets: a line, several short ones that say little alone (a question and its yes), or a part of a long one. A chunk's
own vector is their mean, which finds it nearly as well as one made of its whole text (docs/adr/0006).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingestion.chunking import Spoken
from ingestion.text.language import words

LEAST_WORDS = 8
"""A shorter line is taken together with the next."""
MOST_WORDS = 120
"""A longer line is cut at the ends of its sentences."""

_SENTENCE = re.compile(r".+?(?:[。！？!?…]+[”’」』）)]*|[.;；](?=\s)|\n|$)\s*", re.DOTALL)
_LONGEST_SENTENCE = 300
"""Characters after which words without any mark are cut."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What was said in utterances `first`..`last`, both included, or in a part of one."""

    first: int
    last: int
    text: str
    words: int


def snippets(lines: Sequence[Spoken]) -> list[Snippet]:
    """The snippets of consecutive utterances, in order. Each begins with its speaker; empty utterances add nothing."""
    found: list[Snippet] = []
    waiting: list[Snippet] = []
    for line in lines:
        for part in _parts(line):
            if waiting and sum(one.words for one in waiting) + part.words > MOST_WORDS:
                found.append(_joined(waiting))
                waiting = []
            waiting.append(part)
            if sum(one.words for one in waiting) >= LEAST_WORDS:
                found.append(_joined(waiting))
                waiting = []
    return [*found, _joined(waiting)] if waiting else found


def chunk_vector(made: Sequence[Snippet], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit vector of a chunk: the mean of its snippets' `vectors`, one a row, each as heavy as it has words."""
    weights = np.array([max(1, one.words) for one in made], np.float32)
    mean = weights @ vectors
    return mean / max(float(np.linalg.norm(mean)), 1e-12)


def _parts(line: Spoken) -> list[Snippet]:
    """The line whole when it is short enough, else by sentences."""
    if not line.text:
        return []
    size = words(line.text)
    if size <= MOST_WORDS and len(line.text) <= _LONGEST_SENTENCE * 2:
        return [_snippet(line, line.text, size)]
    parts: list[Snippet] = []
    text, filled = "", 0
    for sentence in _sentences(line.text):
        size = words(sentence)
        if text and filled + size > MOST_WORDS:
            parts.append(_snippet(line, text, filled))
            text, filled = "", 0
        text, filled = text + sentence, filled + size
    return [*parts, _snippet(line, text, filled)]


def _sentences(text: str) -> list[str]:
    return [
        sentence[start : start + _LONGEST_SENTENCE]
        for sentence in _SENTENCE.findall(text)
        for start in range(0, len(sentence), _LONGEST_SENTENCE)
    ]


def _snippet(line: Spoken, text: str, size: int) -> Snippet:
    said = text.strip()
    return Snippet(line.index, line.index, f"{line.speaker}: {said}" if line.speaker else said, size)


def _joined(parts: Sequence[Snippet]) -> Snippet:
    text = "\n".join(part.text for part in parts)
    return Snippet(parts[0].first, parts[-1].last, text, sum(part.words for part in parts))
