"""When a weekly report is due: a weekday and a time of day where its readers live."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agents.comparison.deltas import Period
from ingestion.errors import BadInputError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday, 0 is Monday, and a local time in an IANA zone."""

    weekday: int
    at: time
    zone: str

    def due(self, day: date) -> datetime:
        """The instant on a day, in UTC. A time that the clocks skip there is as much later as they skip; one that they
        show twice is the first."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)

    def newest(self, now: datetime) -> date:
        """The newest of its days whose time has come."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return day if self.due(day) <= now else day - _WEEK

    def next(self, now: datetime) -> datetime:
        """The instant, in UTC, at which it is due next."""
        return self.due(self.newest(now) + _WEEK)


def parse_weekly(day: str, clock: str, zone: str | None = None) -> Weekly:
    """What people write: mon, Monday or 周一; 09:00; an IANA zone, that of this machine unless given. Raises
    BadInputError."""
    return Weekly(_weekday(day), _time(clock), checked_zone(zone or local_zone()))


def checked_zone(name: str) -> str:
    """The name of a time zone. Raises BadInputError."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInputError(
            f"'{name[:60]}' is no time zone", "write it like Asia/Shanghai, Europe/Berlin or UTC"
        ) from None
    return name


def local_zone() -> str:
    """The zone of this machine, UTC where it does not tell."""
    found = os.environ.get("TZ", "").lstrip(":") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    try:
        return checked_zone(found)
    except BadInputError:
        return "UTC"


def periods(day: date) -> tuple[Period, Period]:
    """What the report of a day compares: the seven days before it, with the seven before those. On a Monday that is the
    week that has ended, with the one before."""
    later = Period(day - _WEEK, day - timedelta(days=1))
    return Period(later.first - _WEEK, later.last - _WEEK), later


def occasion(day: date) -> str:
    """The week of a day, as 2026-W53; a schedule has one day in each."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _weekday(text: str) -> int:
    wanted = text.strip().lower()
    if chinese := _CHINESE.fullmatch(wanted):
        return min("一二三四五六日天".index(chinese[1]), 6)
    found = [at for at, name in enumerate(_NAMES) if len(wanted) >= 3 and name.startswith(wanted)]
    if not found:
        raise BadInputError(f"'{text[:60]}' is no day of the week", f"write one of {', '.join(DAYS)}")
    return found[0]


def _time(text: str) -> time:
    match = _CLOCK.fullmatch(text.strip())
    try:
        return time(int(match[1]), int(match[2])) if match else time.fromisoformat("")
    except ValueError:
        raise BadInputError(f"'{text[:60]}' is no time of day", "write it like 09:00 or 17:30") from None
