"""Names for stretches of talk, of the words that are theirs: names and nouns that the other stretches say less."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agents.link.cues import is_light
from agents.qa.language import has_han
from agents.qa.words import content_terms
from ingestion.text.fillers import is_filler
from ingestion.text.terms import is_stop_word, stem

MOST_WORDS = 3
"""Words or pairs of words of a name."""

_FEWEST_TIMES = 2
_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9+#.'’-]*[A-Za-z0-9+#]|[^\u3400-\u9fffA-Za-z]+")
_NOUNS = frozenset({"n", "nz", "vn", "nt", "an", "ns"})
_FILLING = frozenset({
    "gonna", "gotta", "wanna", "kinda", "sorta", "because", "cause", "sort", "kind", "stuff", "bit", "lot", "thing",
    "things", "something", "anything", "everything", "nothing", "basically", "actually", "really", "probably",
    "maybe", "definitely", "obviously", "effectively", "exactly", "certainly", "quite", "pretty", "wow", "hey",
    "yep", "yup", "huh", "whatever", "different", "interesting", "particular", "various", "one", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty",
    "fifty", "sixty", "hundred", "thousand", "first", "second", "third", "half", "zero", "ago",
})  # fmt: skip
_SAME = 0.6


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is shown, and the position of the first text that says each of its words."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """What counts as one word however it is written, how it is written here, and in which text."""

    key: str
    written: str
    place: int


def names_of(stretches: Sequence[Sequence[str]]) -> list[Name | None]:
    """A name for each stretch of texts; null for one that has no word of its own.

    Words are weighted by how often the stretch says them and how seldom the average stretch does: f * log(1 + A / F),
    the class-based tf-idf of Grootendorst 2022 ("BERTopic"), with f of the stretch, F of all and A the mean number of
    words of a stretch. Every word stands in a text of the stretch as it is written in the name.
    """
    terms = [[term for place, text in enumerate(texts) for term in _terms(text, place)] for texts in stretches]
    overall = Counter(term.key for some in terms for term in some)
    average = sum(overall.values()) / max(1, len(stretches))
    return [_name(some, overall, average) for some in terms]


def parts_of(name: str) -> list[str]:
    """The words of which a name is made, as they are said."""
    return re.split("、|, ", name)


def _name(terms: Sequence[_Term], overall: Counter[str], average: float) -> Name | None:
    often = Counter(term.key for term in terms)
    known = {key: count for key, count in often.items() if count >= _FEWEST_TIMES}
    weights = {key: count * math.log(1 + average / overall[key]) for key, count in known.items()}
    chosen: list[str] = []
    for key in sorted(weights, key=lambda key: (-weights[key] * (1 + key.count(" ") * _SAME), key)):
        if len(chosen) < MOST_WORDS and not any(_overlap(key, other) for other in chosen):
            chosen.append(key)
    if not chosen:
        return None
    shown = [_shown(key, terms) for key in chosen]
    between = "、" if any(has_han(one.written) for one in shown) else ", "
    return Name(between.join(one.written for one in shown), tuple(sorted({one.place for one in shown})))


def _shown(key: str, terms: Sequence[_Term]) -> _Term:
    """The most usual way in which a word is written, where it is first written so."""
    usual = Counter(term.written for term in terms if term.key == key).most_common(1)[0][0]
    return next(term for term in terms if term.key == key and term.written == usual)


def _overlap(key: str, other: str) -> bool:
    """Whether two say the same in part: a word and a pair that it stands in, 公链 and 公链技术."""
    if has_han(key) or has_han(other):
        return key in other or other in key
    return not set(key.split()).isdisjoint(other.split())


def _terms(text: str, place: int) -> Iterable[_Term]:
    """The names and nouns of a text, and its pairs of neighbouring Latin words."""
    before: _Term | None = None
    for run in _RUN.findall(text):
        if has_han(run):
            yield from (_Term(noun, noun, place) for noun in _nouns(run))
        elif run[0].isalpha():
            term = _Term(stem(run.lower()), run, place) if _counts(run.lower()) else None
            if term:
                yield term
            if term and before and before.key != term.key:
                yield _Term(f"{before.key} {term.key}", f"{before.written} {term.written}", place)
            before = term
            continue
        before = before if run == " " else None


def _nouns(run: str) -> list[str]:
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(run)
    return [word for word, tag in tagged if tag in _NOUNS and len(word) > 1 and _counts(word)]


@lru_cache(maxsize=65_536)
def _counts(word: str) -> bool:
    """Whether a lower-case word can be part of a name: one that is about something."""
    key = word if has_han(word) else stem(word)
    light = word in _FILLING or is_stop_word(word) or is_filler(word) or is_light(key) or is_light(word)
    return len(word) > (1 if has_han(word) else 2) and not light and bool(content_terms(word)) and "'" not in word
