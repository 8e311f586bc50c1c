"""Recognised words to sentence-sized segments."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.domain import SpokenSegment, Word

PAUSE_SECONDS = 0.6
"""A pause this long between two words ends a sentence."""

LONG_SECONDS = 12.0
"""A sentence longer than this ends at its next comma."""

LONGEST_SECONDS = 15.0
"""A longer segment is cut even where nothing marks an end."""

_SENTENCE_END = frozenset("。！？!?…")
_CLAUSE_END = frozenset("，,；;、：:")
_INSIDE_NUMBERS = frozenset(".,")
_CLOSING = "\"'”’」』）)】》 "


def sentences(runs: Sequence[Sequence[Word]], language: str) -> list[SpokenSegment]:
    """Segments of about one sentence each.

    `runs` are the recogniser's own segments, each a list of its words (with leading spaces where the language has
    them). A sentence ends at its punctuation, at a pause, or where a run ends.
    """
    found: list[SpokenSegment] = []
    for run in runs:
        current: list[Word] = []
        for index, word in enumerate(run):
            current.append(word)
            following = run[index + 1] if index + 1 < len(run) else None
            if following is None or _ends(current, following):
                found.extend(part for words in _shortened(current) for part in _segment(words, language))
                current = []
    return found


def _shortened(words: list[Word]) -> list[list[Word]]:
    """Words without any mark or pause, cut at their widest gaps (the middle among equals) until none is too long."""
    if words[-1].end - words[0].start <= LONGEST_SECONDS or len(words) < 2:
        return [words]
    middle = len(words) / 2
    cut = max(range(1, len(words)), key=lambda i: (round(words[i].start - words[i - 1].end, 2), -abs(i - middle)))
    return [*_shortened(words[:cut]), *_shortened(words[cut:])]


def _ends(current: Sequence[Word], following: Word) -> bool:
    last = current[-1]
    if following.text[:1].isdigit() and last.text[-1:] in _INSIDE_NUMBERS:
        return False
    if following.start - last.end > PAUSE_SECONDS:
        return True
    text = last.text.rstrip(_CLOSING)
    if text.endswith("."):
        # not inside 3.5 or p.m., which go on without a space or in small letters
        return following.text[:1] == " " and not following.text.strip()[:1].islower()
    if text[-1:] in _SENTENCE_END:
        return True
    return text[-1:] in _CLAUSE_END and last.end - current[0].start > LONG_SECONDS


def _segment(words: Sequence[Word], language: str) -> list[SpokenSegment]:
    text = "".join(word.text for word in words).strip()
    if not text:
        return []
    confidence = sum(word.probability for word in words) / len(words)
    return [SpokenSegment(words[0].start, words[-1].end, text, language, confidence, tuple(words))]
