"""Latin names that are spelled nearly alike, or split in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingestion.text.terms import is_stop_word, stem

MIN_LETTERS = 6
"""Shorter names are too near to ordinary words."""

MIN_RATIO = 85.0
"""Least similarity (rapidfuzz ratio, 0-100) of a capitalised word; a lower-case one needs `MIN_RATIO_LOWER`."""

MIN_RATIO_LOWER = 92.0
# Not a part of an address, a path, a file name or an identifier.
_WORD = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Za-z]+(?![A-Za-z0-9_@/-]|\.[A-Za-z0-9])")
_PAIR_GAP = re.compile(r"[ -]")
_HAN = re.compile("[\u3400-\u9fff]")


class SpellingIndex:
    """One-word Latin canonical forms of `MIN_LETTERS` letters and more. Words among `known` are never changed."""

    def __init__(self, canonical: Sequence[str], known: Sequence[str]) -> None:
        names = [name for name in canonical if re.fullmatch(f"[A-Za-z]{{{MIN_LETTERS},}}", name)]
        self._names = {name.lower(): name for name in names}
        self._known = {word for name in known for word in name.lower().split()}

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, canonical form) of each word, or two, that is nearly one of the names."""
        if not self._names:
            return
        among_han = bool(_HAN.search(text))
        words = list(_WORD.finditer(text))
        for i, word in enumerate(words):
            pair = words[i + 1] if i + 1 < len(words) else None
            if pair and _PAIR_GAP.fullmatch(text, word.end(), pair.start()):
                name = self._joined(word[0], pair[0], among_han)
                if name:
                    yield word.start(), pair.end(), name
            name = self._near(word[0], among_han)
            if name:
                yield word.start(), word.end(), name

    def _near(self, word: str, among_han: bool) -> str | None:
        lower = word.lower()
        if len(lower) < MIN_LETTERS - 1 or (lower in self._known and lower not in self._names):
            return None
        floor = MIN_RATIO if among_han or word[0].isupper() else MIN_RATIO_LOWER
        name = self._closest(lower, floor)
        # gateways is a form of gateway, not a misspelling; a name that differs in case only is one when it is no word.
        if name is None or (lower != name.lower() and stem(lower) == stem(name.lower())):
            return None
        inner_capital = name != name.capitalize()
        return name if lower != name.lower() or among_han or word[0].isupper() or inner_capital else None

    def _joined(self, first: str, second: str, among_han: bool) -> str | None:
        lower = (first.lower(), second.lower())
        if any(is_stop_word(word) or word in self._names for word in lower):
            return None
        if not (among_han or first[0].isupper()):
            return None
        return self._closest("".join(lower), MIN_RATIO_LOWER)

    def _closest(self, lower: str, floor: float) -> str | None:
        from rapidfuzz import fuzz, process

        found = process.extract(lower, list(self._names), scorer=fuzz.ratio, score_cutoff=floor, limit=2)
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return self._names[found[0][0]]
