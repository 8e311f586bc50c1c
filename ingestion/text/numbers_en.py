"""Spoken English numbers, lightly: percents, numbers of two words and more, and days of a month."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

WORD = rf"(?:{'|'.join([*_ONES, *_TENS, 'hundred', *_SCALES])})"
"""One lower-case word of a number."""
_NUMBER = rf"{WORD}(?:(?:[ -]|,? and ){WORD})*(?: point(?: (?:{'|'.join(list(_ONES)[:10])}))+)?"
_SCALED = rf"{_NUMBER}(?: (?:{'|'.join(_SCALES)}))?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ORDINAL = rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(_ORDINALS)})"
"""A lower-case ordinal in words."""
_RULE = re.compile(
    rf"(?P<month>\b(?:{_MONTHS}) (?:the )?)(?P<day>(?i:{ORDINAL}))\b"
    rf"|(?P<day2>\b(?i:{ORDINAL}))(?= of (?:{_MONTHS})\b)"
    rf"|(?P<percentile>\b[Pp] )(?P<rank>(?i:{_NUMBER}))\b"
    rf"|(?P<number>\b(?i:{_SCALED}))(?P<percent> (?i:per ?cent)\b)?(?![\w-])"
)
_CHOICE = re.compile(rf"\b{WORD}(?: or| to|,|-to)[ -]$|\bat $", re.IGNORECASE)


def rewrite(text: str, skip: Callable[[int, int], int]) -> list[tuple[int, int, str]]:
    """The changes to make, as (start, end, new text) in order; `skip` as in `numbers_zh.rewrite`."""
    changes: list[tuple[int, int, str]] = []
    for match in _RULE.finditer(text):
        written = _write(match, text)
        if written is not None and not skip(match.start(), match.end()):
            changes.append((match.start(), match.end(), written))
    return changes


def _write(match: re.Match[str], text: str) -> str | None:
    if match["day"] or match["day2"]:
        day = ordinal(match["day"] or match["day2"])
        return f"{match['month'] or ''}{day}" if day else None
    if match["percentile"]:
        rank = cardinal(match["rank"])
        return f"{match['percentile'].strip()}{rank}" if rank is not None and rank >= 10 else None
    spoken = match["number"]
    if _CHOICE.search(text[max(0, match.start() - 30) : match.start()]):
        return None
    scale = next((name for name in ("million", "billion") if spoken.lower().endswith(f" {name}")), None)
    value = cardinal(spoken[: -len(scale) - 1] if scale else spoken)
    if value is None or not (match["percent"] or re.search(r"[ -]", spoken)):
        return None
    return f"{_digits(value)}{f' {scale}' if scale else ''}{'%' if match['percent'] else ''}"


def ordinal(spoken: str) -> str | None:
    """A day of a month in words as digits: twenty-third -> "23rd"; None above 31 and for `twenty tenth`."""
    *tens, last = re.split(r"[ -]", spoken.lower())
    day = sum(_TENS[word] for word in tens) + _ORDINALS[last]
    if day > 31 or (tens and _ORDINALS[last] > 9):
        return None
    suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def cardinal(spoken: str) -> Decimal | None:
    """Value of a well-formed number in words; None for `nineteen ninety`, `three zero` and other sequences."""
    whole, _, fraction = spoken.lower().partition(" point ")
    total, group, last = 0, 0, 1_000_000_000_000
    for word in re.split(r",? and |[ -]", whole):
        if word in _SCALES:
            if not 0 < group < 1000 or _SCALES[word] >= last:
                return None
            total, group, last = total + group * _SCALES[word], 0, _SCALES[word]
        elif word == "hundred":
            if not 0 < group < 10:
                return None
            group *= 100
        elif word in _TENS:
            if group % 100:
                return None
            group += _TENS[word]
        else:
            one = _ONES.get(word)
            if one is None:
                return None
            room = group % 100 == 0 or (group % 10 == 0 and 0 < one < 10)
            if not room or (group == 0 and total == 0 and one == 0 and " " in whole):
                return None
            group += one
    decimals = fraction.split()
    scale = _SCALES[decimals.pop()] if decimals and decimals[-1] in _SCALES else 1
    value = Decimal(".".join([str(total + group), "".join(str(_ONES[word]) for word in decimals)]))
    return value if scale == 1 else (value * scale).normalize()


def _digits(value: Decimal) -> str:
    return f"{value:,f}" if value >= 10_000 else f"{value:f}"
