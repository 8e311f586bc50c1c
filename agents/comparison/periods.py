"""What two things are compared: meetings, days, weeks or months, as people write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
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
            year, month = int(match[1]), int(match[2])
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        day = date.fromisoformat(wanted)
    except ValueError:
        raise BadInputError(f"'{wanted[:60]}' names no meeting that was read and no days", _HOW) from None
    return Period(day, day)


def week(day: date) -> Period:
    """The ISO week of a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def chosen(
    meetings: Sequence[ReadOn], earlier: str | None, later: str | None, of_week: str | None
) -> tuple[Period, Period]:
    """The two periods to compare: as they are named; for a week the one before it as well; the last two meetings
    when nothing is named. Raises BadInputError when they overlap, or there are no two meetings."""
    if of_week:
        after = period(of_week, meetings)
        before = week(after.first - timedelta(days=7))
    elif earlier and later:
        before, after = period(earlier, meetings), period(later, meetings)
    elif earlier or later:
        raise BadInputError("only one of the two periods is named", "name both, or none for the last two meetings")
    else:
        days = sorted({meeting.day for meeting in meetings})
        if len(days) < 2:
            raise BadInputError(
                f"there is nothing to compare yet: {len(meetings)} meetings were read", "`huimai items` says which"
            )
        before, after = (Period(day, day) for day in days[-2:])
    if before.last >= after.first:
        raise BadInputError(
            f"{before.first}..{before.last} does not end before {after.first}..{after.last} begins",
            "name the earlier one first",
        )
    return before, after


def _ordered(first: date, last: date) -> Period:
    if first > last:
        raise BadInputError(f"{first} is after {last}", _HOW)
    return Period(first, last)
