"""Dates as people say them in Chinese and English, resolved to calendar days against an anchor day.

The anchor is the day on which the words were said: a meeting's date for its transcript, today for a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from agents.qa.numbers import ORDINAL, han_value, ordinal_value
from agents.screening import Screen

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

_HAN = "零〇一二两三四五六七八九十"
_YEAR = r"(?:20\d\d|二[零〇]\S{2})"
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# fmt: on
_MONTH = "|".join([*_MONTHS, *(m[:3] for m in _MONTHS if m != "may"), "sept"])
_WEEKDAY = "|".join(_WEEKDAYS)
_SAID_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_RELATIVE_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "今晚": 0, "明天": 1, "后天": 2, "大后天": 3} | {
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
}
_SHIFTS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2} | {
    "last ": -1,
    "previous ": -1,
    "this ": 0,
    "next ": 1,
}

Resolver = Callable[[re.Match[str], date], "tuple[date, date] | None"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a day or a stretch of days, first and last day included, and where they stand."""

    first: date
    last: date
    text: str
    start: int
    end: int
    named: bool
    """True when a calendar day or month is named (3月9日, March), false for words such as 上周 or Friday."""

    @property
    def is_day(self) -> bool:
        """Whether a single day is meant."""
        return self.first == self.last


def find_dates(text: str, anchor: date) -> list[DateMention]:
    """Every date in `text`, in order; of overlapping readings the more specific one."""
    return list(_found(text, anchor))


@lru_cache(maxsize=8192)
def _found(text: str, anchor: date) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    for place in _screen().possible(text):
        pattern, resolve, named = _RULES[place]
        for match in pattern.finditer(text):
            if any(match.start() < m.end and m.start < match.end() for m in found):
                continue
            if days := _resolved(resolve, match, anchor):
                found.append(DateMention(*days, match.group().strip(), match.start(), match.end(), named))
    return tuple(sorted(found, key=lambda mention: mention.start))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of `day`."""
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; months past 12 or below 1 run into the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - DAY


def _resolved(resolve: Resolver, match: re.Match[str], anchor: date) -> tuple[date, date] | None:
    try:
        return resolve(match, anchor)
    except ValueError:
        return None


def _int(text: str | None) -> int:
    if not text:
        raise ValueError("no number")
    if text.isdigit():
        return int(text)
    value = han_value(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def _group(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def _nearest(candidates: list[date], anchor: date) -> date:
    """The closest day; days behind the anchor count fourfold, for people mostly speak of days to come."""
    return min(candidates, key=lambda day: (day - anchor).days if day >= anchor else 4 * (anchor - day).days)


def _day(year: int | None, month: int, day: int, anchor: date) -> tuple[date, date]:
    if year is not None:
        found = date(year, month, day)
    else:
        found = _nearest([date(y, month, day) for y in (anchor.year - 1, anchor.year, anchor.year + 1)], anchor)
    return found, found


def _day_of_month(day: int, anchor: date) -> tuple[date, date]:
    candidates: list[date] = []
    for shift in (-1, 0, 1):
        first, last = month_of(anchor.year, anchor.month + shift)
        if day <= last.day:
            candidates.append(first.replace(day=day))
    found = _nearest(candidates, anchor)
    return found, found


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _han_date(match: re.Match[str], anchor: date) -> tuple[date, date]:
    return _day(_year(_group(match, "y")), _int(match["m"]), _int(match["d"]), anchor)


def _year(text: str) -> int | None:
    return _int(text) if text else None


def _english_date(match: re.Match[str], anchor: date) -> tuple[date, date]:
    day = match["d"]
    number = int(day) if day.isdigit() else ordinal_value(day)
    if number is None:
        raise ValueError(day)
    return _day(_year(_group(match, "y")), _month_number(match["m"]), number, anchor)


def _han_day(match: re.Match[str], anchor: date) -> tuple[date, date]:
    return _day_of_month(_int(match["d"]), anchor)


def _english_ordinal(match: re.Match[str], anchor: date) -> tuple[date, date]:
    number = ordinal_value(match["d"])
    if number is None or not 1 <= number <= 31:
        raise ValueError(match["d"])
    return _day_of_month(number, anchor)


def _month(match: re.Match[str], anchor: date) -> tuple[date, date]:
    month = match["m"]
    number = _int(month) if month[0].isdigit() or month[0] in _HAN else _month_number(month)
    year = _year(_group(match, "y"))
    if year is None:
        near = [month_of(y, number)[0] for y in (anchor.year - 1, anchor.year, anchor.year + 1)]
        year = min(near, key=lambda day: abs(day.replace(day=15) - anchor)).year
    return month_of(year, number)


def _quarter(match: re.Match[str], anchor: date) -> tuple[date, date]:
    first = 3 * _int(match["q"]) - 2
    return month_of(anchor.year, first)[0], month_of(anchor.year, first + 2)[1]


def _relative_day(match: re.Match[str], anchor: date) -> tuple[date, date]:
    day = anchor + _RELATIVE_DAYS[match.group().lower()] * DAY
    return day, day


def _weekday(match: re.Match[str], anchor: date) -> tuple[date, date]:
    said = match["w"].lower()
    number = _SAID_WEEKDAYS[said] if said in _SAID_WEEKDAYS else _WEEKDAYS.index(said)
    shift = _group(match, "s").lower()
    if not shift or shift == "this ":
        day = anchor + (number - anchor.weekday()) % 7 * DAY
    elif shift == "last ":
        day = anchor - ((anchor.weekday() - number - 1) % 7 + 1) * DAY
    else:
        day = week_of(anchor)[0] + _SHIFTS[shift] * WEEK + number * DAY
    return day, day


def _week(match: re.Match[str], anchor: date) -> tuple[date, date]:
    return week_of(anchor + _SHIFTS[match["s"].lower()] * WEEK)


def _month_edge(match: re.Match[str], anchor: date) -> tuple[date, date]:
    shift = _SHIFTS.get((match["s"] or "").lower(), 0)
    first, last = month_of(anchor.year, anchor.month + shift)
    return (last - 4 * DAY, last) if match["e"].lower() in ("底", "末", "end") else (first, first + 4 * DAY)


def _shifted_month(match: re.Match[str], anchor: date) -> tuple[date, date]:
    return month_of(anchor.year, anchor.month + _SHIFTS[match["s"].lower()])


def _year_span(match: re.Match[str], anchor: date) -> tuple[date, date]:
    year = anchor.year - (match.group().lower() in ("去年", "last year"))
    return date(year, 1, 1), date(year, 12, 31)


def _past(match: re.Match[str], anchor: date) -> tuple[date, date]:
    said = match["n"].lower()
    words = {"two": 2, "three": 3, "four": 4, "six": 6, "couple of": 2, "few": 3, "几": 3}
    count = words[said] if said in words else _int(said)
    unit = match["u"].lower()
    days = 7 if unit in ("周", "星期", "week", "weeks") else 1 if unit in ("天", "day", "days") else 30
    return anchor - count * days * DAY, anchor


def _rule(pattern: str, resolve: Resolver, *, named: bool) -> tuple[re.Pattern[str], Resolver, bool]:
    return re.compile(pattern, re.IGNORECASE), resolve, named


_NO_NOUN = r"(?=\s*(?:$|[^\w\s]|(?:though|and|or|at|is|was|works|instead|then)\b))"
"""What may follow "the sixth" as a date: "the sixth batch" is none."""
_HAN_MONTH = rf"(?:(?P<y>{_YEAR})年\s?)?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月"
_RULES = (
    _rule(r"\b(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b", _han_date, named=True),
    _rule(rf"{_HAN_MONTH}\s?(?P<d>[0-3]?\d|[{_HAN}]{{1,3}})(?:\s?[号日]|(?![\d{_HAN}]))", _han_date, named=True),
    _rule(
        rf"\b(?P<m>{_MONTH})\.? (?:the )?(?P<d>{ORDINAL}|[0-3]?\d(?![\d,.]*\d))\b(?:,? (?P<y>20\d\d))?",
        _english_date,
        named=True,
    ),
    _rule(
        rf"\b(?:the )?(?P<d>{ORDINAL}|[0-3]?\d) (?:of )?(?P<m>{_MONTH})\b(?:,? (?P<y>20\d\d))?",
        _english_date,
        named=True,
    ),
    _rule(rf"\b(?:{_WEEKDAY}),? (?:the )?(?P<d>{ORDINAL})\b", _english_ordinal, named=True),
    _rule(rf"(?<=\bthe )(?P<d>{ORDINAL})\b{_NO_NOUN}", _english_ordinal, named=True),
    _rule(
        rf"(?<![\d{_HAN}.,月第])(?P<d>[12]?\d|3[01]|[{_HAN}]{{2,3}})\s?[号日](?!线|楼|机|店|常|志)",
        _han_day,
        named=True,
    ),
    _rule(r"\b(?P<m>1[0-2]|0?[1-9])/(?P<d>[0-3]?\d)\b", _han_date, named=True),
    _rule(rf"{_HAN_MONTH}份?(?!\S?个|\s?[\d{_HAN}]{{1,3}}\s?[号日])", _month, named=True),
    _rule(r"第?(?P<q>[1-4一二三四])季度", _quarter, named=True),
    _rule(r"\bQ(?P<q>[1-4])\b", _quarter, named=True),
    _rule("|".join(sorted(_RELATIVE_DAYS, key=len, reverse=True)), _relative_day, named=False),
    _rule(r"(?P<s>上上|上|这|本|下下|下)个?(?:周|星期|礼拜)(?P<w>[一二三四五六日天])", _weekday, named=False),
    _rule(r"(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?!次|周|期)", _weekday, named=False),
    _rule(rf"\b(?P<s>last |next |this |previous )?(?P<w>{_WEEKDAY})\b", _weekday, named=False),
    _rule(r"(?P<s>上上|上|这|本|下下|下)个?(?:周|星期|礼拜)", _week, named=False),
    _rule(r"\b(?P<s>last |previous |this |next )week\b", _week, named=False),
    _rule(r"(?P<s>上上|上|这|本|下)个?月", _shifted_month, named=False),
    _rule(r"\b(?P<s>last |previous |this |next )month\b", _shifted_month, named=False),
    _rule(r"(?P<s>上|这|本|下)?个?月(?P<e>底|末|初)", _month_edge, named=False),
    _rule(r"\b(?P<e>end|beginning|start) of (?P<s>last |this |next )?(?:the )?month\b", _month_edge, named=False),
    _rule(r"今年|去年|\bthis year\b|\blast year\b", _year_span, named=False),
    _rule(r"(?:最近|过去|近)的?(?P<n>[\d一二两三四五六七八九十几]+)个?(?P<u>周|星期|天|月)", _past, named=False),
    _rule(
        r"\b(?:past|last) (?P<n>\d+|two|three|four|six|couple of|few) (?P<u>days?|weeks?|months?)\b", _past, named=False
    ),
    _rule(rf"\b(?:(?P<y>20\d\d) )?(?P<m>{'|'.join(m for m in _MONTHS if m != 'may')})\b", _month, named=True),
    _rule(r"\b(?:in|since|during|last) (?P<m>may)\b", _month, named=True),
)


@cache
def _screen() -> Screen:
    return Screen(pattern.pattern for pattern, _, _ in _RULES)
