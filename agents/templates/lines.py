"""Which lines of a meeting speak of what a section is about, found by words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from agents.qa.language import has_han
from agents.qa.orders import without_orders
from agents.qa.words import Overlap, all_terms, content_terms
from agents.templates.template import Section
from retrieval.domain import Line

LEAST_SHARE = 0.5
"""How much of a question's words, by weight, a line must speak of: half, not tuned on anything."""


def speaking_of(section: Section, lines: Sequence[Line]) -> list[Line]:
    """The lines in which a phrase that the section is about is said, or enough of its question, best first.

    A line's score is the sum of the weights log(1 + N / (1 + df)) of its phrases, N lines of which df say the phrase,
    and the share of the question. Latin words are compared by their stems, Chinese phrases as they are.
    """
    texts = [without_orders(line.text) for line in lines]
    scores = [0.0] * len(lines)
    for said in _said(section.about, texts):
        weight = math.log(1 + len(texts) / (1 + len(said)))
        for at in said:
            scores[at] += weight
    for at, share in enumerate(_shares(section.question, texts)):
        scores[at] += share if share >= LEAST_SHARE else 0.0
    found = [at for at, score in enumerate(scores) if score > 0]
    return [lines[at] for at in sorted(found, key=lambda at: (-scores[at], at))]


def _said(phrases: Sequence[str], texts: Sequence[str]) -> list[list[int]]:
    """For each phrase the places of the texts that say it."""
    if not phrases:
        return []
    folded = [(text.lower(), _stems(text)) for text in texts]
    return [
        [
            at
            for at, (text, stems) in enumerate(folded)
            if (phrase.lower() in text if has_han(phrase) else _stems(phrase) in stems)
        ]
        for phrase in dict.fromkeys(phrases)
    ]


def _stems(text: str) -> str:
    """The words of a text between spaces, so that one that holds another holds it in whole words."""
    return f" {' '.join(all_terms(text))} "


def _shares(question: str | None, texts: Sequence[str]) -> list[float]:
    if question is None:
        return []
    overlap = Overlap(content_terms(question), texts)
    return [overlap.score(overlap.matched(text)) for text in texts]
