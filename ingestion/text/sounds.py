"""Chinese names that sound alike: equal syllables without tones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingestion.domain import GlossaryEntry
from ingestion.text.terms import is_common_word

_HAN_RUN = re.compile("[\u3400-\u9fff]+")
# Single characters that are words of their own nearly everywhere; a name that differs in one of them is a phrase.
_FUNCTION = frozenset(
    "的了是在有和就也都那这我你他她它们不没要会能可以到从对把被给让跟与及或但而且所为因如果吗呢吧啊嗯呃哦好来去上下里外中前后多少大小几个些每各再又还很太更最说看想做用先已正将请等行得地着过"
)


class SoundIndex:
    """Canonical forms by their toneless syllables: three characters and more, or the two of a person's name that is no
    ordinary word (高兴)."""

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        self._by_syllables: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for entry in entries:
            name = entry.canonical
            short = len(name) == 2 and entry.kind == "person" and not is_common_word(name)
            if _HAN_RUN.fullmatch(name) and (len(name) >= 3 or short):
                self._by_syllables[syllables(name)].add(name)
        self._lengths = sorted({len(syllables) for syllables in self._by_syllables}, reverse=True)

    def find(self, text: str, segments: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """(start, end, canonical form) of each stretch that sounds like exactly one form and is no ordinary text.

        `segments` are the spans of the words of the text.
        """
        if not self._lengths:
            return
        for run in _HAN_RUN.finditer(text):
            said = syllables(run[0])
            for length in self._lengths:
                for i in range(len(said) - length + 1):
                    names = self._by_syllables.get(said[i : i + length], ())
                    start = run.start() + i
                    name = next(iter(names)) if len(names) == 1 else None
                    if name and _is_unknown(text, start, start + length, name, segments):
                        yield start, start + length, name


def _is_unknown(text: str, start: int, end: int, name: str, segments: Sequence[tuple[int, int]]) -> bool:
    """Whether no ordinary word accounts for the characters that differ from the name."""
    if is_common_word(text[start:end]):
        return False
    inside = [(first, last) for first, last in segments if first < end and start < last]
    for first, last in inside:
        differs = any(text[i] != name[i - start] for i in range(max(first, start), min(last, end)))
        crosses = first < start or last > end
        word = text[first:last]
        if len(word) == 1:
            if differs and word in _FUNCTION:
                return False
        elif (differs or crosses or len(name) == 2) and is_common_word(word):
            return False
    return True


def near_syllables(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the syllables are those of a name as a recogniser may write them: equally many, one at most otherwise,
    and that one mixed up in its initial or its final as speakers do (zh and z, n and l, in and ing)."""
    if len(said) != len(name):
        return False
    other = [(one, two) for one, two in zip(said, name, strict=True) if one != two]
    return len(other) <= 1 and all(_blurred(one) == _blurred(two) for one, two in other)


def _blurred(syllable: str) -> str:
    """A syllable without what is often not told apart."""
    return re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", re.sub("^[lr]", "n", re.sub("^hu", "f", syllable))))


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of Chinese characters, without tones."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
