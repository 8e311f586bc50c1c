"""The sentences of a line, and their words without hesitations around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.text.fillers import is_filler

LONGEST = 400
"""Characters of a sentence; what has no full stop for longer is cut, so that work stays linear in the text."""

_ENDS = re.compile(r"(?<=[。！？；\n])|(?<=[.!?;])\s+")
_PIECE = re.compile(r"\s*[^\s,，、…—-]+[\s,，、…—-]*")


def sentences(text: str) -> list[str]:
    """The sentences of `text` in order, none empty, none longer than `LONGEST`."""
    cut = [said.strip() for said in _ENDS.split(text)]
    return [said[at : at + LONGEST] for said in cut for at in range(0, len(said), LONGEST)]


def is_question(sentence: str) -> bool:
    """Whether the sentence is written as a question."""
    return sentence.endswith(("?", "？"))


def words_of(texts: Sequence[str]) -> str:
    """What the lines say, one after the other, without the hesitations that begin and end each."""
    return " ".join(trimmed for text in texts if (trimmed := _trimmed(text)))


def _trimmed(text: str) -> str:
    start, end = 0, len(text)
    while (piece := _PIECE.match(text, start)) and piece.end() < end and is_filler(piece.group()):
        start = piece.end()
    while (cut := max(text.rfind(mark, start, end) for mark in " ,，、")) > start and is_filler(text[cut:end]):
        end = cut
    return text[start:end].strip()
