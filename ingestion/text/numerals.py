"""Single Chinese numerals: their value, and how a colleague would write it."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {char: value for value, chars in enumerate(["零〇", "一幺", "二两", *"三四五六七八九"]) for char in chars}
_UNITS = {"十": 10, "百": 100, "千": 1000}
LONGEST = 24
"""Characters that one numeral has at most; nobody says a longer one."""
SCALES = {"亿": 100_000_000, "万": 10_000}

_D = "[一二两三四五六七八九]"
# A well-formed number below 10,000; 一百五 (150) and 三千二 (3200) leave out their last unit.
_SECTION = re.compile(
    rf"(?P<full>{_D}千(?:{_D}百(?:{_D}十{_D}?|零{_D})?|零(?:{_D}十{_D}?|十{_D}?|{_D}))?"
    rf"|{_D}百(?:{_D}十{_D}?|零{_D})?|{_D}?十{_D}?|{_D})(?P<short>(?<=[百千]){_D})?"
)


def cardinal(text: str) -> int | None:
    """Value of a numeral with units (十五, 一千零二十, 一万五), or None when it is not one well-formed number.

    Approximate ones such as 三四十 or 十五六 are not well formed, nor are ones of more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        return None
    for unit, scale in SCALES.items():
        high, found, low = text.partition(unit)
        if found:
            upper, lower = cardinal(high), _remainder(low, scale)
            return None if upper is None or lower is None else upper * scale + lower
    match = _SECTION.fullmatch(text)
    if match is None:
        return None
    full, short = match["full"], match["short"]
    return _section(full) + (DIGITS[short] * _UNITS[full[-1]] // 10 if short else 0)


def _remainder(text: str, scale: int) -> int | None:
    """What stands after 万 or 亿: a smaller number needs 零 unless it fills the next unit; 五 in 一万五 is 5,000."""
    if not text:
        return 0
    if len(text) == 1:
        return DIGITS[text] * scale // 10 if text in DIGITS else None
    value = cardinal(text.removeprefix("零"))
    return value if value is not None and (value < scale // 10) == text.startswith("零") else None


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
    """A numeral, 点 or not, as digits: 九十八点二 -> "98.2", 九九点九五 -> "99.95". None if malformed."""
    whole, point, fraction = text.partition("点")
    value = cardinal(whole)
    number = str(value) if value is not None else digits(whole)
    if number is None or not point:
        return number
    after = digits(fraction)
    return f"{number}.{after}" if after else None


def short_form(value: int) -> str:
    """As written by hand: 150000 -> "15万", 1400 -> "1400", 10500 -> "10500", 350000000 -> "3.5亿"."""
    for name, scale in SCALES.items():
        places = 4 if name == "亿" else 2 if value >= 100 * scale else 1
        scaled = Decimal(value) / scale
        if value >= scale and scaled == round(scaled, places):
            return f"{scaled.normalize():f}{name}"
    return str(value)
