"""The part of a long line that is shown or read."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 400
"""Characters of one line in an answer; nobody reads more."""
_TRIED = 200


def excerpt(text: str, terms: Sequence[str], most: int = SHOWN) -> str:
    """The text, or of a longer one the stretch of `most` characters that holds most of the lower-case terms, with …
    where something is left out."""
    if len(text) <= most:
        return text
    folded = text.lower()
    begin = max(_beginnings(folded, terms, most), key=lambda at: (_held(folded[at : at + most], terms), -at))
    shown = text[begin : begin + most]
    return f"{'…' if begin else ''}{shown}{'…' if begin + most < len(text) else ''}"


def _beginnings(text: str, terms: Sequence[str], most: int) -> list[int]:
    """The start, and a little before the first places of each term."""
    found = [0]
    for term in terms:
        at = text.find(term)
        while at >= 0 and len(found) < _TRIED:
            found.append(max(0, min(at - most // 4, len(text) - most)))
            at = text.find(term, at + most // 4)
    return found


def _held(text: str, terms: Sequence[str]) -> int:
    return sum(term in text for term in terms)
