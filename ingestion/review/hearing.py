"""Which words of a recogniser a stretch of a cleaned line stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from ingestion.domain import Word
from ingestion.review.domain import ReviewLine


class Hearing:
    """The words of a line, found by where something stands in what was heard, or in the cleaned text.

    Cleaning changes names, digits and punctuation, so the text is aligned with the words by Levenshtein distance.
    """

    def __init__(self, line: ReviewLine) -> None:
        self.heard = "".join(word.text for word in line.words)
        """What the recogniser wrote; empty without words."""
        self._text, self._words = line.text, line.words
        self._begins = list(accumulate((len(word.text) for word in line.words), initial=0))

    def words(self, first: int, last: int) -> Sequence[Word]:
        """The words in which the characters `first`..`last` (excluded) of what was heard lie."""
        if not self._words or first >= last:
            return ()
        return self._words[self._at(first) : self._at(last - 1) + 1]

    def words_of_text(self, first: int, last: int) -> Sequence[Word]:
        """The words that the characters `first`..`last` (excluded) of the text stand for."""
        if not self._words or first >= last:
            return ()
        return self.words(self._places[first][0], self._places[last - 1][1])

    def _at(self, character: int) -> int:
        return min(bisect_right(self._begins, character) - 1, len(self._words) - 1)

    @cached_property
    def _places(self) -> Sequence[tuple[int, int]]:
        """For each character of the text the stretch of what was heard that became it."""
        from rapidfuzz.distance import Levenshtein

        places: list[tuple[int, int]] = []
        for run in Levenshtein.opcodes(self._text, self.heard):
            if run.tag in ("equal", "replace"):
                places += [(at, at + 1) for at in range(run.dest_start, run.dest_end)]
            else:
                places += [(run.dest_start, run.dest_start)] * (run.src_end - run.src_start)
        return places
