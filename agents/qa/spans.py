"""The facts that a text states: numbers, days and names, in a form in which equal facts are equal.

15万 and 十五万 give the same number, 3月28号 and March 28th the same day, whatever the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from agents.qa.dates import DateMention, find_dates
from agents.qa.language import has_han
from agents.qa.numbers import Number, find_numbers

_MARKS = re.compile(r"\[\d+\]")
_PRODUCT = re.compile(r"\b(?=\w*[A-Z])[A-Za-z][A-Za-z0-9_-]*\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;。！？：；「“\"(]\s*)$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states. `days` are the days named, `names` the known people and the capitalised words."""

    numbers: frozenset[Decimal] = frozenset()
    days: tuple[DateMention, ...] = ()
    names: frozenset[str] = frozenset()
    plain: frozenset[Decimal] = field(default=frozenset())
    """Every number of the text, those inside dates and figures of speech included."""


def facts_of(text: str, said_on: date, people: Iterable[str] = ()) -> Facts:
    """The facts of `text`, said on that day. `people` are the names that are known."""
    return _facts_of(text, said_on, tuple(people))


@lru_cache(maxsize=8192)
def _facts_of(text: str, said_on: date, people: tuple[str, ...]) -> Facts:
    clean = _MARKS.sub("", text)
    days = find_dates(clean, said_on)
    numbers = find_numbers(clean)
    return Facts(
        numbers=frozenset(n.value for n in numbers if not n.bare and not _inside(n, days)),
        days=tuple(days),
        names=frozenset(people_in(clean, people)) | frozenset(_products(clean, days)),
        plain=frozenset(n.value for n in numbers),
    )


def numbers_in(text: str, said_on: date) -> list[Number]:
    """The numbers of a text that are no part of a date and no figure of speech."""
    days = find_dates(text, said_on)
    return [number for number in find_numbers(text) if not number.bare and not _inside(number, days)]


def people_in(text: str, people: Iterable[str]) -> list[str]:
    """Those of `people` whom a text names: by the whole name, a Chinese given name of two, or a Latin part."""
    return [name for name in people if any(_stands(part, text) for part in name_parts(name))]


def name_parts(name: str) -> list[str]:
    """The ways in which a person is named: the whole name, its Latin words, a Chinese given name of two characters."""
    parts = [name]
    if re.fullmatch(r"[\u3400-\u9fff]{3,4}", name):
        parts.append(name[-2:])
    parts += [word for word in name.split() if len(word) > 2]
    return list(dict.fromkeys(parts))


def _stands(part: str, text: str) -> bool:
    if part.isascii():
        return re.search(rf"\b{re.escape(part)}\b", text, re.IGNORECASE) is not None
    return part in text


def _products(text: str, days: Sequence[DateMention]) -> list[str]:
    """Capitalised words inside an English sentence or anywhere in a Chinese one, dates apart; lower case."""
    found: list[str] = []
    for match in _PRODUCT.finditer(text):
        word = match.group()
        if any(day.start <= match.start() < day.end for day in days):
            continue
        inner = any(c.isupper() for c in word[1:])
        if len(word) > 1 and (inner or has_han(text) or not _SENTENCE_START.search(text[: match.start()])):
            found.append(word.lower())
    return found


def _inside(number: Number, days: Sequence[DateMention]) -> bool:
    return any(day.start < number.end and number.start < day.end for day in days)
