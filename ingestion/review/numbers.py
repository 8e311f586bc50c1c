"""Numbers that are easily heard wrong: those of which the recogniser was not sure, and those that sound like another
number that is said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingestion.review.domain import Flag, FlagKind, FlagReason, ReviewLine
from ingestion.review.hearing import Hearing
from ingestion.text import numerals
from ingestion.text.numbers_en import WORD, cardinal
from ingestion.text.terms import terms

UNSURE = 0.45
"""A digit of which the recogniser is less sure deserves a listen."""

UNSURE_NUMERAL = 0.25
"""The same for Chinese numerals, which share what the recogniser is sure of with the digits for the same sound."""

_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DIGITS = re.compile(
    r"(?<![\d.,])(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,15})(?P<fraction>\.\d+)?"
    rf"(?: ?(?P<scale>{'|'.join(_SCALES)}))?"
)
_HAN = re.compile("[零〇一二两三四五六七八九十百千万亿]{1,24}")
_ENGLISH = re.compile(rf"\b{WORD}(?:[ -]{WORD})*\b", re.IGNORECASE)
_HAN_DIGIT = re.compile("[零〇一二两三四五六七八九十百千万亿]")
_DATED = re.compile(r"[ ]?(?:号|日|月|年|点|时|:\d|st\b|nd\b|rd\b|th\b|a\.?m\b|p\.?m\b)")
_CLAUSE = re.compile(r"[，。！？；,.!?;]")
_NUMBER_TERM = re.compile(r"\d|[零〇一二两三四五六七八九十百千万亿]")
# They count everything, so they do not say of what.
_COUNTERS = "个 次 条 天 种 位 人 家 台 周 年 月 分 秒 分钟 小时 毫秒 元 块 minute hour day week second percent dollar"
_EXPONENTS = (0, 3, 4, 6, 8)
_LEAST_WORD = 10
"""Smaller English numbers are mostly other words: one more, second to none."""


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number at the characters `first`..`last` (excluded) of a text. `about` are the search terms beside it; of one
    that is part of a date or a time nothing is compared."""

    first: int
    last: int
    value: Decimal
    about: frozenset[str]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    line: ReviewLine
    hearing: Hearing
    number: SaidNumber


class _Mentions:
    """The numbers of a meeting and of earlier ones, by their values; those that are part of a date are left out."""

    def __init__(self, places: Sequence[_Place], earlier: Sequence[SaidNumber]) -> None:
        self._by_value: dict[Decimal, list[tuple[int, int | None, SaidNumber]]] = {}
        here = ((place.line.index, place.number) for place in places)
        for order, (line, number) in enumerate([*here, *((None, number) for number in earlier)]):
            if not number.dated:
                self._by_value.setdefault(number.value, []).append((order, line, number))

    def of_the_same(self, place: _Place, value: Decimal) -> list[int]:
        """Where in the order of all numbers that value is said in the line of the place, or of the same thing."""
        return [
            order
            for order, line, number in self._by_value.get(value, ())
            if line == place.line.index or number.about & place.number.about
        ]


def number_flags(lines: Sequence[ReviewLine], before: Sequence[str] = ()) -> list[Flag]:
    """The numbers of a meeting's lines that deserve a listen, at most one for each number, by line.

    `before` are texts of earlier meetings of the project, in which the same thing may be said of another number.
    Settled lines are not flagged, but what they say counts.
    """
    places = [place for line in lines for place in _places(line)]
    mentions = _Mentions(places, [number for text in before for number in said_numbers(text)])
    flags: list[Flag] = []
    for place in places:
        if not place.line.settled:
            flag = _unclear(place) or _sounds_like(place, mentions)
            if flag:
                flags.append(flag)
    return _once(flags)


def said_numbers(text: str) -> list[SaidNumber]:
    """The whole numbers and decimals in a text, spoken or written, in order."""
    return sorted(_found(text), key=lambda number: number.first)


def twins(value: Decimal) -> set[Decimal]:
    """The numbers that sound like this one: fifteen and fifty (十五, 五十), 四 and 十, 一 and 七 at the end, 万 and 亿,
    and 二百二 (220) and 二百零二."""
    if value != int(value) or not 0 < value < 10**15:
        return set()
    whole, found = int(value), set[int]()
    for exponent in _EXPONENTS:
        head, rest = divmod(whole, 10**exponent)
        if rest == 0 and 0 < head < 100:
            found |= {twin * 10**exponent for twin in _sounding_like(head)}
    hundreds, rest = divmod(whole, 100)
    if 0 < hundreds < 10 and rest and (rest % 10 == 0 or rest < 10):
        found.add(hundreds * 100 + (rest // 10 if rest % 10 == 0 else rest * 10))
    if whole % 10**4 == 0:
        found |= {whole * 10**4} | ({whole // 10**4} if whole % 10**8 == 0 else set())
    return {Decimal(twin) for twin in found}


def _sounding_like(head: int) -> Iterator[int]:
    tens, ones = divmod(head, 10)
    if tens == 1 and ones > 1:
        yield ones * 10
    if ones == 0 and tens > 1:
        yield 10 + tens
    if head in (4, 10):
        yield 14 - head
    if tens and ones in (1, 7):
        yield tens * 10 + 8 - ones


def _found(text: str) -> Iterator[SaidNumber]:
    for match in _DIGITS.finditer(text):
        value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or "")) * _SCALES.get(match["scale"], 1)
        yield _said(text, match.start(), match.end(), value)
    for match in _HAN.finditer(text):
        value = numerals.cardinal(match[0])
        # 一 and 三 alone are words (一下, 三个) unless a month, a day or an hour follows
        counts = len(match[0]) > 1 or _DATED.match(text, match.end())
        if value is not None and counts and not text[: match.start()][-1:].isdigit():
            yield _said(text, match.start(), match.end(), Decimal(value))
    for match in _ENGLISH.finditer(text):
        value = cardinal(match[0])
        if value is not None and value >= _LEAST_WORD:
            yield _said(text, match.start(), match.end(), value)


def _said(text: str, first: int, last: int, value: Decimal) -> SaidNumber:
    before, after = _CLAUSE.split(text[:first])[-1], _CLAUSE.split(text[last:], maxsplit=1)[0]
    beside = [*_about(before)[-2:], *_about(after)[:2]]
    return SaidNumber(first, last, value, frozenset(beside), bool(_DATED.match(text, last)))


def _about(text: str) -> list[str]:
    return [term for term in terms(text) if term not in _counters() and not _NUMBER_TERM.search(term)]


@cache
def _counters() -> frozenset[str]:
    return frozenset(terms(_COUNTERS))


def _places(line: ReviewLine) -> Iterator[_Place]:
    hearing = Hearing(line)
    for number in said_numbers(hearing.heard or line.text):
        yield _Place(line, hearing, number)


def _unclear(place: _Place) -> Flag | None:
    words = place.hearing.words(place.number.first, place.number.last)
    if not words:
        return None
    least = min(words, key=lambda word: word.probability)
    floor = UNSURE_NUMERAL if any(_HAN_DIGIT.search(word.text) for word in words) else UNSURE
    return _flag(place, FlagReason.UNCLEAR) if least.probability < floor else None


def _sounds_like(place: _Place, mentions: _Mentions) -> Flag | None:
    """A flag when a twin is said of the same thing at least as often."""
    if place.number.dated:
        return None
    same = len(mentions.of_the_same(place, place.number.value))
    others = [(value, mentions.of_the_same(place, value)) for value in twins(place.number.value)]
    said = [(-len(at), at[0], value) for value, at in others if len(at) >= same]
    twin = min(said, default=None)
    return _flag(place, FlagReason.SOUNDS_LIKE, f"{twin[2]:f}") if twin else None


def _flag(place: _Place, why: FlagReason, other: str | None = None) -> Flag:
    words = place.hearing.words(place.number.first, place.number.last)
    text = place.hearing.heard or place.line.text
    return Flag(
        FlagKind.NUMBER,
        place.line.index,
        words[0].start if words else place.line.start,
        words[-1].end if words else place.line.end,
        text[place.number.first : place.number.last],
        why,
        min((word.probability for word in words), default=None),
        other,
    )


def _once(flags: Sequence[Flag]) -> list[Flag]:
    """A number that is said again in its line is listened to once."""
    return list({(flag.line, flag.text): flag for flag in reversed(flags)}.values())[::-1]
