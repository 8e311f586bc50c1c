"""The words of a recogniser, spelled as the cleaned text has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

_Stretch = tuple[int, int, int, int]
"""First and last place, the last excluded, in the text and in what was heard."""


def fitted(text: str, heard: Sequence[str]) -> list[tuple[str, int, int]]:
    """The text cut into what the words that were heard became: each piece with the first and the last word, excluded,
    that it stands for. Joined, the pieces are the text.

    Words that cleaning wrote as one, such as a number, share a piece; a word of which it left nothing has none.
    """
    # spaces are left aside: cleaning moves them, and recognisers put them before a word
    words = ["".join(word.split()) for word in heard]
    whole = "".join(words)
    seen = [place for place, character in enumerate(text) if not character.isspace()]
    if not seen or not whole:
        return []
    places = _places("".join(text.split()), whole)
    cuts = [(0, 0)]
    for index, begin in enumerate(accumulate(map(len, words[:-1])), start=1):
        place = places[begin]
        if place is not None:
            cuts.append((index, seen[place - 1] + 1 if place else 0))
    cuts.append((len(words), len(text)))
    return [(text[begin:end], first, last) for (first, begin), (last, end) in pairwise(cuts) if begin < end]


def _places(text: str, heard: str) -> list[int | None]:
    """For each place between the characters of what was heard the one in the text; null within what was written
    anew. What stands in the text alone, such as a mark, belongs to what is before it."""
    places: list[int | None] = [None] * (len(heard) + 1)
    for text_first, text_last, first, last in _stretches(text, heard):
        if text_last - text_first == last - first:
            places[first : last + 1] = range(text_first, text_last + 1)
        else:
            places[last] = text_last
    return places


def _stretches(text: str, heard: str) -> Iterator[_Stretch]:
    """Stretches that are alike and those that are not, in turn."""
    if text == heard:
        yield 0, len(text), 0, len(heard)
        return
    from rapidfuzz.distance import Levenshtein

    changed: _Stretch | None = None
    for run in Levenshtein.opcodes(text, heard):
        if run.tag != "equal":
            first = changed or (run.src_start, 0, run.dest_start, 0)
            changed = (first[0], run.src_end, first[2], run.dest_end)
            continue
        if changed:
            yield changed
        changed = None
        yield run.src_start, run.src_end, run.dest_start, run.dest_end
    if changed:
        yield changed
