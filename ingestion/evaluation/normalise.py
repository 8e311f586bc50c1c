"""Transcripts brought to one way of writing, so that only what was heard wrong counts as an error.

Folded: width and compatibility forms (NFKC), case, punctuation, Traditional to Simplified, and numbers, however they
are spoken or written: 百分之九十八点二, "ninety-eight point two percent" and 98.2% are the same, so are 十五万, 15万,
150,000 and "a hundred and fifty thousand". Kept: fillers, spelling, contractions, and 的/地/得 or 他/她, which sound
alike. The same rules serve both languages, since meetings mix them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from math import prod

from ingestion.text import numerals
from ingestion.text.numbers import normalize_numbers
from ingestion.text.numbers_en import ORDINAL, WORD, cardinal, ordinal
from ingestion.text.script import simplified_characters

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff"
_TOKEN = re.compile(
    rf"\d{{1,4}}(?:st|nd|rd|th)(?![a-z])|\d|(?<=\d)\.(?=\d)|[%‰]|[{_HAN}{_KANA}]"
    rf"|[^\W\d_{_HAN}{_KANA}]+(?:'[^\W\d_{_HAN}{_KANA}]+)*"
)
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d,)\d{1,3}(?:,\d{3})+(?!,?\d)")
_SEAM = re.compile(rf"(?<=[{_HAN}])(?=[a-z])|(?<=[a-z])(?=[{_HAN}])")
_CLOCK = re.compile(r"(?<=\d):(?=\d)")
_SPOKEN_ZH = re.compile("(?:(?![百千万]分之)[零〇一幺二两三四五六七八九十百千万亿])+")
_AND = "|".join(f"(?<={word}) and " for word in ("hundred", "thousand", "million", "billion"))
_SPOKEN_EN = re.compile(rf"\b{WORD}(?:(?:[ -]|{_AND}){WORD})*\b")
_ORDINAL = re.compile(rf"\b{ORDINAL}\b")
_INDEFINITE = re.compile(r"\ba(?= (?:hundred|thousand|million|billion)\b)")
_POINT = re.compile(r"(?<=\d)(?:点| point )(?=\d)")
_PERCENT = re.compile(r"(?<=\d) ?per ?cent\b")
_SHARE = re.compile(r"([百千])分之(\d+(?:\.\d+)?)")
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9} | {
    "百": 100, "千": 1000, "万": 10**4, "亿": 10**8,
}  # fmt: skip
_SCALE = rf"(?:(?:{'|'.join(_SCALES)})(?![a-z]))"
_DECIMAL = r"\d{1,15}(?:\.\d{1,15})?"
_SCALED_PART = re.compile(rf"({_DECIMAL})((?: ?{_SCALE}){{1,3}})")
_SCALED = re.compile(rf"(?<![\d.]){_SCALED_PART.pattern}(?: ?{_SCALED_PART.pattern})*")
_LARGE = re.compile(r"(?<![\d.])[1-9]\d{4,14}(?!\.?\d)")
_MONEY = re.compile(r"([$€£¥]) ?(\d+(?:\.\d+)?[万亿]?)")
_CURRENCIES = {"$": " dollar", "€": " euro", "£": " pound", "¥": "元"}


def tokens(text: str) -> list[str]:
    """What errors are counted in: Chinese characters and kana one by one, the words of other scripts, and of a number
    each digit, the point and the percent sign, so that no way of grouping digits is an error. Ordinals are one word."""
    return _TOKEN.findall(normalise(text))


def normalise(text: str) -> str:
    """The text with everything folded that `tokens` does not drop. Numbers of 10,000 and more are in 万 and 亿,
    whatever the language: one form had to be chosen."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").translate(simplified_characters())
    text = _CLOCK.sub("点" if re.search(f"[{_HAN}]", text) else " ", text)
    return _one_form(_digits(normalize_numbers(text).text.casefold()))


def _digits(text: str) -> str:
    """Every spoken number as digits: those too that a transcript for readers keeps as words."""
    text = _INDEFINITE.sub("one", _SEAM.sub(" ", text))
    text = _ORDINAL.sub(_written_ordinal, text)
    text = _SPOKEN_EN.sub(lambda match: _written(re.split("[ -]", match[0]), " ", _english), text)
    return _SPOKEN_ZH.sub(lambda match: _written(list(match[0]), "", _chinese), text)


def _one_form(text: str) -> str:
    """Decimals, shares, large numbers and money in digits, each in one way."""
    text = _PERCENT.sub("%", _POINT.sub(".", _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)))
    text = _SHARE.sub(lambda match: f"{match[2]}{'%' if match[1] == '百' else '‰'}", text)
    text = _LARGE.sub(lambda match: numerals.short_form(int(match[0])), _SCALED.sub(_multiplied, text))
    return _MONEY.sub(_priced, text)


def _written(parts: list[str], joint: str, read: Callable[[str], str | None]) -> str:
    """The parts of a run of spoken numerals as digits: again and again the longest beginning that is one number."""
    written: list[str] = []
    while parts:
        sizes = range(min(len(parts), numerals.LONGEST), 0, -1)
        found = ((size, read(joint.join(parts[:size]))) for size in sizes)
        size, number = next(((size, number) for size, number in found if number is not None), (1, parts[0]))
        written.append(number)
        parts = parts[size:]
    return " ".join(written)


def _english(spoken: str) -> str | None:
    value = cardinal(spoken)
    return None if value is None else f"{value:f}"


def _chinese(spoken: str) -> str | None:
    value = numerals.cardinal(spoken)
    return numerals.digits(spoken) if value is None else str(value)


def _written_ordinal(match: re.Match[str]) -> str:
    """Where it cannot be a day (thirty second), the last word is an ordinal of its own."""
    whole = ordinal(match[0])
    if whole is not None:
        return whole
    before, last = re.split("[ -]", match[0])
    return f"{before} {ordinal(last)}"


def _multiplied(match: re.Match[str]) -> str:
    """Parts with falling scales are one number (15万3千), others are neighbours."""
    values: list[Decimal] = []
    room = Decimal(0)
    for number, scales in _SCALED_PART.findall(match[0]):
        scale = Decimal(prod(_SCALES[one] for one in re.findall(_SCALE, scales)))
        value = Decimal(number) * scale
        if value < room:
            values[-1] += value
        else:
            values.append(value)
        room = scale
    return " ".join(numerals.short_form(int(value)) if value == int(value) else f"{value:f}" for value in values)


def _priced(match: re.Match[str]) -> str:
    unit = _CURRENCIES[match[1]]
    return f"{match[2]}{unit}{'' if match[2] == '1' or unit == '元' else 's'}"
