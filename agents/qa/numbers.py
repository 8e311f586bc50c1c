"""Numbers as people say and write them in Chinese and English, brought to one value.

15万, 十五万, 150,000 and "a hundred and fifty thousand" are the same number; 98.2% and 百分之九十八点二 are too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ingestion.text.numerals import DIGITS, decimal

_HAN_DIGITS = "".join(DIGITS)
_SCALES = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100} | {
    "k": 1000,
    "thousand": 1000,
    "m": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "hundred": 100,
}
# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)
# fmt: on
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_ORDINAL_WORDS = (
    {word: value for value, word in enumerate(_ORDINALS)}
    | {f"{word}th": value for word, value in _WORDS.items() if 13 <= value <= 19}
    | {word.removesuffix("y") + "ieth": value for word, value in _WORDS.items() if value >= 20}
)

_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_ORDINAL_WORD = "|".join(sorted(_ORDINAL_WORDS, key=len, reverse=True))
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:(?:twenty|thirty)[- ])?(?:{_ORDINAL_WORD}))"
"""A day of a month in English, as digits or words: 20th, twentieth, twenty-third. Case-insensitive."""
HAN_NUMBER = rf"[{_HAN_DIGITS}十百千万亿]"
"""One character of a Chinese numeral."""

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PATTERN = re.compile(
    rf"(?P<money>[$€£¥]\s?)?(?P<digits>{_ARABIC})\s?(?P<scale>万|亿|千|百|(?:k|m|bn|thousand|million|billion|hundred)\b)?"
    r"(?P<percent>\s?(?:%|％|percent\b|per cent\b))?"
    rf"|(?P<hundredths>百分之)(?P<hanpercent>{HAN_NUMBER}+(?:点[{_HAN_DIGITS}]+)?|{_ARABIC})"
    rf"|(?P<han>[{_HAN_DIGITS}十]{HAN_NUMBER}*(?:点[{_HAN_DIGITS}]+)?)"
    rf"|\b(?P<words>(?:a hundred|a thousand|a million|{_WORD})(?:[- ](?:and |point )?"
    rf"(?:{_WORD}|hundred|thousand|million|billion))*)(?P<wordpercent> (?:percent|per cent)\b)?\b",
    re.IGNORECASE,
)
_MONEY_UNITS = re.compile(
    r"\s?(?:元|块钱|美元|欧元|英镑|人民币|dollars?\b|euros?\b|pounds?\b|yuan\b|usd\b|eur\b|rmb\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, whether it is a share in percent or money, and where it stands."""

    value: Decimal
    percent: bool
    money: bool
    text: str
    start: int
    end: int
    bare: bool
    """True for a lone Chinese numeral or small English word, which is as often a figure of speech (一下, one of)."""


def find_numbers(text: str) -> list[Number]:
    """Every number in `text`, in order."""
    found: list[Number] = []
    for match in _PATTERN.finditer(text):
        value = _value(match)
        if value is None:
            continue
        money = bool(match["money"]) or _MONEY_UNITS.match(text, match.end()) is not None
        percent = bool(match["percent"] or match["hundredths"] or match["wordpercent"])
        bare = _is_bare(match) and not money and not percent
        found.append(Number(value, percent, money, match.group().strip(), match.start(), match.end(), bare))
    return found


def han_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral such as 一千四百 or 三点五, or null if it is none."""
    written = decimal(text)
    return None if written is None else Decimal(written)


def ordinal_value(text: str) -> int | None:
    """The value of an English ordinal that `ORDINAL` matches."""
    lowered = text.lower()
    if lowered[0].isdigit():
        return int(re.sub(r"\D", "", lowered))
    parts = re.split(r"[- ]", lowered)
    total = sum(_WORDS.get(part, 0) for part in parts[:-1])
    last = _ORDINAL_WORDS.get(parts[-1])
    return None if last is None else total + last


def _is_bare(match: re.Match[str]) -> bool:
    if match["han"]:
        return len(match["han"]) == 1
    return bool(match["words"]) and _word_value(match["words"]) in (Decimal(0), Decimal(1), Decimal(2))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return _arabic(match["digits"]) * _SCALES.get((match["scale"] or "").lower(), 1)
    if match["hanpercent"]:
        return _arabic(match["hanpercent"]) if match["hanpercent"][0].isdigit() else han_value(match["hanpercent"])
    return han_value(match["han"]) if match["han"] else _word_value(match["words"])


def _arabic(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "")).normalize()


def _word_value(text: str) -> Decimal | None:
    total = section = 0
    words = re.split(r"[- ]", text.lower())
    if "point" in words:
        cut = words.index("point")
        whole, digits = _word_value(" ".join(words[:cut])), [_WORDS.get(word) for word in words[cut + 1 :]]
        try:
            return None if whole is None else Decimal(f"{whole}.{''.join(str(d) for d in digits)}")
        except InvalidOperation:
            return None
    for word in words:
        if word == "hundred":
            section = (section or 1) * 100
        elif word in _SCALES:
            total, section = total + (section or 1) * _SCALES[word], 0
        elif word == "a":
            section += 1
        elif word in _WORDS:
            hundreds = section % 100 and _WORDS[word] >= 10  # "two seventy-five"
            section = section * (100 if hundreds else 1) + _WORDS[word]
    return Decimal(total + section)
