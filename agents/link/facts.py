"""The facts of what was said of a matter, so that they can be compared across meetings held on different days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from agents.qa.dates import find_dates
from agents.qa.numbers import find_numbers
from agents.qa.spans import numbers_in

ONE_SIZE = 10
"""How many times larger of two numbers one may be for both to be values of one thing whose unit is not said."""

_UNIT = re.compile(r"\s?(?:([\u3400-\u9fff])|([A-Za-z]{3,}))")
_NO_UNIT = frozenset("的了就是和跟到以之前后左右才都也吧啊呢内走来算报加") | {"and", "because", "from", "for", "the"}
_POINTS_BACK = re.compile(r"(?:\bthat|\blast|[那上])\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: a share in percent, money, or the word that follows it, empty where none does."""

    value: Decimal
    sort: str

    def like(self, other: Quantity) -> bool:
        """Whether both may be values of one thing; where one says not what it counts, they are of one size at least."""
        if self.sort == other.sort:
            return True
        low, high = sorted((abs(self.value), abs(other.value)))
        return "" in (self.sort, other.sort) and not {"%", "$"} & {self.sort, other.sort} and high <= low * ONE_SIZE


@dataclass(frozen=True, slots=True)
class Told:
    """What words state: quantities, and days to come, each as the calendar day that was meant when it was said."""

    quantities: frozenset[Quantity]
    days: frozenset[date]
    plain: frozenset[Decimal]
    """Every number in it but those of dates, figures of speech included."""

    def shares(self, other: Told) -> bool:
        """Whether some number stands in both and may be of one thing."""
        return any(one.value == two.value and one.like(two) for one in self.quantities for two in other.quantities)

    def adds(self, earlier: Told) -> Told:
        """What is stated here and not in `earlier`."""
        values = {quantity.value for quantity in earlier.quantities} | earlier.plain
        fresh = frozenset(quantity for quantity in self.quantities if quantity.value not in values)
        return Told(fresh, self.days - earlier.days, self.plain - earlier.plain)


@lru_cache(maxsize=8192)
def told(text: str, said_on: date) -> Told:
    """The facts of a text that was said on that day. "That Friday" points back at a day and names none by itself."""
    mentions = find_dates(text, said_on)
    quantities = frozenset(Quantity(n.value, _sort(text, n.end, n.percent, n.money)) for n in numbers_in(text, said_on))
    plain = frozenset(
        number.value
        for number in find_numbers(text)
        if not any(day.start < number.end and number.start < day.end for day in mentions)
    )
    days = frozenset(
        day.last
        for day in mentions
        if day.is_day and day.last >= said_on and (day.named or not _POINTS_BACK.search(text[: day.start]))
    )
    return Told(quantities, days, plain)


def replaced(earlier: Told, later: Told) -> tuple[Quantity, Quantity] | None:
    """The number that stood and the like one that is now stated in its place; null when none is."""
    standing = {quantity.value for quantity in later.quantities} | later.plain
    for new in sorted(later.adds(earlier).quantities, key=lambda quantity: quantity.value):
        for old in sorted(earlier.quantities, key=lambda quantity: quantity.value):
            if old.like(new) and (old.value not in standing or _one_of_each(earlier, later)):
                return old, new
    return None


def _one_of_each(earlier: Told, later: Told) -> bool:
    return len(earlier.quantities) == 1 and len(later.quantities) == 2


def _sort(text: str, end: int, percent: bool, money: bool) -> str:
    if percent or money:
        return "%" if percent else "$"
    match = _UNIT.match(text, end)
    word = (match[1] or match[2].lower().rstrip("s")) if match else ""
    return "" if word in _NO_UNIT else word
