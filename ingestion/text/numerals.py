"""Single Chinese numerals: their value, and how a colleague would write it."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {char: value for value, chars in enumerate(["零〇", "一幺", "二两", *"三四五六七八九"]) for char in chars}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TEN_THOUSAND = 10_000
_HUNDRED_MILLION = 100_000_000

_D = "[一二两三四五六七八九]"
# A well-formed number below 10,000; 一百五 (150) and 三千二 (3200) drop their last unit.
_SECTION = (
    rf"(?:{_D}千(?:{_D}百(?:{_D}十{_D}?|零{_D})?|零(?:{_D}十{_D}?|十{_D}?|{_D}))?"
    rf"|{_D}百(?:{_D}十{_D}?|零{_D})?|{_D}?十{_D}?|{_D})"
)
_CARDINAL = re.compile(
    rf"(?:(?P<yi>{_SECTION})亿零?)?(?:(?P<wan>{_SECTION})万零?)?(?P<rest>{_SECTION})?(?P<short>(?<=[百千万亿]){_D})?"
)
SCALES = {"万": _TEN_THOUSAND, "亿": _HUNDRED_MILLION}


def cardinal(text: str) -> int | None:
    """Value of a numeral with units (十五, 一千零二十, 一万五), or None when it is not one well-formed number.

    Approximate ones such as 三四十 or 十五六 are not well formed.
    """
    if not text:
        return None
    match = _CARDINAL.fullmatch(text)
    if match is None:
        # The lazy unit: 一百五 has its 五 where a section could not take it.
        return None
    rest = match["rest"] or ""
    short = match["short"] or ""
    if not short and rest in DIGITS and len(text) > 1 and text[-2] in "万亿":
        rest, short = "", rest
    total = _section(match["yi"] or "") * _HUNDRED_MILLION + _section(match["wan"] or "") * _TEN_THOUSAND
    total += _section(rest)
    if short:
        unit = {**_UNITS, **SCALES}[text[-2]]
        total += DIGITS[short] * unit // 10
    return total


def _section(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def digits(text: str) -> str | None:
    """The digits of a numeral read one by one (二零二六 -> "2026"), or None."""
    return "".join(str(DIGITS[char]) for char in text) if text and all(char in DIGITS for char in text) else None


def decimal(text: str) -> str | None:
    """A numeral with 点 as digits: 九十八点二 -> "98.2", 九九点九五 -> "99.95"; whole numbers too. None if malformed."""
    whole, point, fraction = text.partition("点")
    value = cardinal(whole)
    number = str(value) if value is not None else digits(whole)
    if number is None or not point:
        return number
    after = digits(fraction)
    return f"{number}.{after}" if after else None


def short_form(value: int) -> str:
    """As written by hand: 150000 -> "15万", 1400 -> "1400", 10500 -> "10500", 350000000 -> "3.5亿"."""
    ten_thousands = 2 if value >= 100 * _TEN_THOUSAND else 1
    for scale, name, places in ((_HUNDRED_MILLION, "亿", 4), (_TEN_THOUSAND, "万", ten_thousands)):
        if value >= scale:
            scaled = Decimal(value) / scale
            if scaled == round(scaled, places):
                return f"{scaled.normalize():f}{name}"
    return str(value)
