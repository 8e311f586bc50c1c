"""Names that are easily heard wrong: those of which the recogniser was not sure, known ones and words that are written
like names, and words that are near a known name, but not near enough to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean

from ingestion.domain import GlossaryEntry, Word
from ingestion.review.domain import Flag, FlagKind, FlagReason, ReviewLine
from ingestion.review.hearing import Hearing
from ingestion.text.sounds import near_syllables, syllables
from ingestion.text.spelling import MIN_LETTERS
from ingestion.text.terms import is_common_word, is_stop_word

UNSURE = 0.35
"""A name whose words the recogniser is less sure of, on average, deserves a listen. Names are rare, so a
recogniser is less sure of them than of other words even where it is right."""

UNSURE_WORD = 0.6
"""The same for a word that is near a name."""

MIN_RATIO = 70.0
"""Least similarity (rapidfuzz ratio, 0-100) of a Latin word that is near a name."""

_TERM = "term"
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]{3,}")
# a capital that does not begin a sentence
_CAPITALISED = r"(?<![A-Za-z0-9])(?<!\A)(?<![.?!…] )[A-Z][A-Za-z]{2,}(?![A-Za-z0-9'’])"
_HAN_NAME = re.compile("[\u3400-\u9fff]{2,}")


def names_of(entries: Iterable[GlossaryEntry], speakers: Iterable[str]) -> list[str]:
    """The names to look for: people, companies and products of a glossary, and who speaks; a Latin name by its words
    too. General terms are no names."""
    whole = [entry.canonical for entry in entries if entry.kind != _TERM]
    parts = [part for name in (*whole, *speakers) for part in _LATIN.findall(name)]
    return list(dict.fromkeys(name for name in (*whole, *speakers, *parts) if len(name) >= 2))


def name_flags(lines: Sequence[ReviewLine], names: Sequence[str]) -> list[Flag]:
    """The names in a meeting's lines that deserve a listen, by line. Only lines with words have any."""
    looked = _NameIndex(names)
    return [flag for line in lines if line.words and not line.settled for flag in _flags(line, looked)]


def _flags(line: ReviewLine, looked: _NameIndex) -> list[Flag]:
    hearing = Hearing(line)
    found: list[Flag] = []
    taken: list[tuple[int, int]] = []
    for first, last, name in (*looked.near(line.text), *((*span, None) for span in looked.names_in(line.text))):
        words = hearing.words_of_text(first, last)
        sure = UNSURE if name is None else UNSURE_WORD
        free = all(last <= start or end <= first for start, end in taken)
        if words and free and fmean(word.probability for word in words) < sure:
            taken.append((first, last))
            found.append(_flag(line, words, line.text[first:last], name))
    return found


def _flag(line: ReviewLine, words: Sequence[Word], text: str, name: str | None) -> Flag:
    probability = fmean(word.probability for word in words)
    why = FlagReason.UNCLEAR if name is None else FlagReason.NEAR_NAME
    return Flag(FlagKind.NAME, line.index, words[0].start, words[-1].end, text, why, probability, name)


class _NameIndex:
    def __init__(self, names: Sequence[str]) -> None:
        longest_first = sorted(names, key=len, reverse=True)
        self._pattern = re.compile("|".join([*map(_whole, longest_first), _CAPITALISED]))
        self._latin = {name.lower(): name for name in names if _LATIN.fullmatch(name)}
        self._han = [(name, syllables(name)) for name in longest_first if _HAN_NAME.fullmatch(name)]

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a name stands, or a capitalised word, which may be one."""
        for match in self._pattern.finditer(text):
            if not is_stop_word(match[0].lower()):
                yield match.span()

    def near(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, name) of what is near a name, and no ordinary word."""
        yield from self._near_sounds(text)
        yield from self._near_spellings(text)

    def _near_sounds(self, text: str) -> Iterator[tuple[int, int, str]]:
        for run in _HAN_RUN.finditer(text) if self._han else ():
            said = syllables(run[0])
            for name, wanted in self._han:
                for at in range(len(said) - len(wanted) + 1):
                    stretch = run[0][at : at + len(wanted)]
                    alike = stretch != name and near_syllables(said[at : at + len(wanted)], wanted)
                    if alike and not _is_ordinary(stretch):
                        yield run.start() + at, run.start() + at + len(wanted), name

    def _near_spellings(self, text: str) -> Iterator[tuple[int, int, str]]:
        from rapidfuzz import fuzz, process

        for word in _LATIN.finditer(text) if self._latin else ():
            lower = word[0].lower()
            short = len(lower) < MIN_LETTERS and not word[0][0].isupper()
            if short or lower in self._latin or is_stop_word(lower):
                continue
            found = process.extractOne(lower, list(self._latin), scorer=fuzz.ratio, score_cutoff=MIN_RATIO)
            if found:
                yield word.start(), word.end(), self._latin[found[0]]


def _whole(name: str) -> str:
    body = re.escape(name)
    return rf"(?<![A-Za-z]){body}(?![A-Za-z])" if name.isascii() else body


def _is_ordinary(stretch: str) -> bool:
    """Whether it is a word, or holds one of two characters."""
    return is_common_word(stretch) or any(is_common_word(first + second) for first, second in pairwise(stretch))
