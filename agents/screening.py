"""Which of many patterns may match a text at all, told by letters that each of them cannot do without.

Hundreds of patterns are held against every sentence of a meeting, and hardly any of them matches. Trying a pattern
costs more than looking up the letters of the sentence, which is done once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_RUNS = (5, 3, 2, 1)
"""How many letters in a row are looked up: of a longer run, its beginning."""

_MOST = 256
"""Ways to write a part of a pattern, above which they are not told one by one."""

_COUNT = re.compile(r"\{(?P<least>\d+)(?P<more>,\d*)?\}")
_GROUP = re.compile(r"\((?P<kind>\?(?:[:=!]|<[=!]|P<\w+>))?")
_CLASS = re.compile(r"\[(?P<other>\^?)(?P<members>(?:\\.|[^\]\\])+)\]")
_LOOKS_AROUND = ("?=", "?!", "?<=", "?<!")


class Screen:
    """Patterns by the letters that they need. They are read as case-insensitive."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises ValueError for what is not read in a pattern: flags, conditions, named references."""
        by_letters: dict[str, set[int]] = {}
        for place, pattern in enumerate(patterns):
            for letters in needed(pattern):
                by_letters.setdefault(letters, set()).add(place)
        self._always = frozenset(by_letters.pop("", ()))
        self._by_letters = by_letters
        self._letters = frozenset(by_letters)

    def possible(self, text: str) -> list[int]:
        """The places of the patterns that may match in the text, in their order: all that do, and some that do not."""
        said = self._letters & _runs(text)
        return sorted(self._always.union(*(self._by_letters[letters] for letters in said)))


def needed(pattern: str) -> frozenset[str]:
    """Runs of letters in lower case, one of which stands in every text that the pattern matches; the empty one where no
    others are found. Raises ValueError for what is not read."""
    reader = _Reader(pattern)
    found = reader.choice()
    if reader.rest:
        raise ValueError(f"cannot read '{reader.rest}' in the pattern '{pattern}'")
    return frozenset(map(_beginning, found.strings))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: `strings` are all that it matches where it is `exact`, else what `needed` tells of it."""

    strings: frozenset[str]
    exact: bool


_NOTHING = _Part(frozenset({""}), exact=True)
_ANYTHING = _Part(frozenset({""}), exact=False)


class _Reader:
    """Reads a pattern from its beginning to its end."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def choice(self) -> _Part:
        """What stands here up to the end of its group: sequences with bars between them."""
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        return _Part(frozenset[str]().union(*(part.strings for part in parts)), all(part.exact for part in parts))

    def _sequence(self) -> _Part:
        run, best, whole = _NOTHING.strings, _NOTHING.strings, True
        while self.rest and self.rest[0] not in "|)":
            part = self._repeated(self._single())
            if part.exact and len(run) * len(part.strings) <= _MOST:
                run = frozenset(before + after for before in run for after in part.strings)
            else:
                best = max(best, run, part.strings, key=_telling)
                run, whole = part.strings if part.exact else _NOTHING.strings, False
        return _Part(run, exact=True) if whole else _Part(max(best, run, key=_telling), exact=False)

    def _repeated(self, part: _Part) -> _Part:
        """The part as often as what follows it says."""
        if self._take("?"):
            part = _Part(part.strings | {""}, part.exact)
        elif self._take("*"):
            part = _ANYTHING
        elif self._take("+"):
            part = _Part(part.strings, exact=False)
        elif count := self._match(_COUNT):
            part = _Part(part.strings, exact=False) if int(count["least"]) else _ANYTHING
        else:
            return part
        self._take("?")
        return part

    def _single(self) -> _Part:
        if group := self._match(_GROUP):
            inner = self.choice()
            if not self._take(")"):
                raise ValueError(f"cannot read '{self.rest}'")
            return _NOTHING if group["kind"] in _LOOKS_AROUND else inner
        if members := self._match(_CLASS):
            told = not members["other"] and not re.search(r"[\\-]", members["members"])
            return _one_of(members["members"]) if told else _ANYTHING
        if self.rest[0] == "\\":
            return self._escaped()
        letter, self.rest = self.rest[0], self.rest[1:]
        if letter in "^$":
            return _NOTHING
        if letter in "[*+?":
            raise ValueError(f"cannot read '{letter}{self.rest}'")
        return _ANYTHING if letter == "." else _one_of(letter)

    def _escaped(self) -> _Part:
        letter, self.rest = self.rest[1:2], self.rest[2:]
        if letter in "bB":
            return _NOTHING
        if letter in "wWdDsS123456789":
            return _ANYTHING
        if letter.isalnum():
            raise ValueError(f"cannot read '\\{letter}{self.rest}'")
        return _one_of(letter)

    def _take(self, letter: str) -> bool:
        found = self.rest.startswith(letter)
        self.rest = self.rest.removeprefix(letter)
        return found

    def _match(self, what: re.Pattern[str]) -> re.Match[str] | None:
        found = what.match(self.rest)
        self.rest = self.rest[found.end() :] if found else self.rest
        return found


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[str]:
    """The runs of letters of a text. Held for a while: one sentence is looked up for one thing after the other."""
    folded = _folded(text)
    return frozenset(folded[at : at + run] for run in _RUNS for at in range(len(folded)))


def _beginning(letters: str) -> str:
    return next((letters[:run] for run in _RUNS if run <= len(letters)), "")


def _one_of(letters: str) -> _Part:
    return _Part(frozenset(map(_folded, letters)), exact=True)


def _telling(strings: frozenset[str]) -> tuple[int, int]:
    """How much of a text is ruled out where none of the strings stands in it; a Chinese character is as rare as two
    letters."""
    return min(min(_RUNS[0], sum(1 if letter.isascii() else 2 for letter in one)) for one in strings), -len(strings)


def _folded(text: str) -> str:
    """The text in lower case, as patterns take letters that have more than two cases."""
    return text.replace("İ", "i").replace("ı", "i").replace("ſ", "s").lower()
