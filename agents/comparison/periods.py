"""What two things are compared: meetings, days, weeks or months, as people write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.comparison.deltas import Period
from agents.ledger.service import ReadOn
from ingestion.errors import BadInputError

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_HOW = "write a meeting's id, 2026-03-02, 2026-W11, 2026-03, or 2026-03-01..2026-03-15"


def period(text: str, meetings: Sequence[ReadOn]) -> Period:
    """The days that the text means: those of a meeting, a day, an ISO week, a month, or two days with `..` between.

    Raises BadInputError.
    """
    wanted = text.strip()
    for meeting in meetings:
        if meeting.id == wanted:
            return Period(meeting.day, meeting.day)
    first, dots, last = wanted.partition("..")
    try:
        if dots:
            return _ordered(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
        if match := _WEEK.fullmatch(wanted):
            return week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        if match := _MONTH.fullmatch(wanted):
            return month(date(int(match[1]), int(match[2]), 1))
        day = date.fromisoformat(wanted)
    except ValueError:
        raise BadInputError(f"'{wanted[:60]}' names no meeting that was read and no days", _HOW) from None
    return Period(day, day)


def week(day: date) -> Period:
    """The ISO week of a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def month(day: date) -> Period:
    """The calendar month of a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


@dataclass(frozen=True, slots=True)
class When:
    """What is compared, as people name it: `earlier` with `later`, as `period` reads them, or a week or a month with
    the one before it; nothing means the last two days of meetings."""

    earlier: str | None = None
    later: str | None = None
    week: str | None = None
    month: str | None = None

    @property
    def named(self) -> bool:
        """Whether anything is named."""
        return any((self.earlier, self.later, self.week, self.month))


def chosen(meetings: Sequence[ReadOn], when: When) -> tuple[Period, Period]:
    """The two periods to compare. Raises BadInputError when they overlap, it is not clear which are meant, or there are
    no two meetings."""
    if sum(map(bool, (when.earlier or when.later, when.week, when.month))) > 1:
        raise BadInputError(
            "more than one pair of periods is named", "name two periods, or a week, or a month, or none"
        )
    if when.week:
        after = _a_whole(when.week, _WEEK, "week", "2026-W11", meetings)
        before = week(after.first - timedelta(days=7))
    elif when.month:
        after = _a_whole(when.month, _MONTH, "month", "2026-03", meetings)
        before = month(after.first - timedelta(days=1))
    elif when.earlier and when.later:
        before, after = period(when.earlier, meetings), period(when.later, meetings)
    elif when.named:
        raise BadInputError("only one of the two periods is named", "name both, or none for the last two meetings")
    else:
        before, after = _last_two(meetings)
    if before.last >= after.first:
        raise BadInputError(
            f"{before.days} does not end before {after.days} begins",
            "name the earlier one first",
        )
    return before, after


def _last_two(meetings: Sequence[ReadOn]) -> tuple[Period, Period]:
    days = sorted({meeting.day for meeting in meetings})
    if len(days) < 2:
        raise BadInputError(
            f"there is nothing to compare yet: {len(meetings)} meetings were read", "`huimai items` says which"
        )
    return Period(days[-2], days[-2]), Period(days[-1], days[-1])


def _a_whole(text: str, form: re.Pattern[str], what: str, example: str, meetings: Sequence[ReadOn]) -> Period:
    if not form.fullmatch(text.strip()):
        raise BadInputError(f"'{text[:60]}' is no {what}", f"write it like {example}")
    return period(text, meetings)


def _ordered(first: date, last: date) -> Period:
    if first > last:
        raise BadInputError(f"{first} is after {last}", _HOW)
    return Period(first, last)
