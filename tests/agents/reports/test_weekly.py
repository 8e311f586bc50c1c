from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from agents.reports import weekly
from agents.reports.weekly import Weekly, local_zone, occasion, parse_weekly, periods
from ingestion.errors import BadInputError

NEW_YORK, SHANGHAI, BERLIN = "America/New_York", "Asia/Shanghai", "Europe/Berlin"


def instants(when: Weekly, first: datetime, days: int) -> list[datetime]:
    """When it is due as a clock goes on hour by hour."""
    hours = [first + timedelta(hours=hour) for hour in range(days * 24)]
    return sorted({when.due(when.newest(hour)) for hour in hours} - {when.due(when.newest(first))})


@pytest.mark.parametrize(
    ("day", "clock", "zone", "meant"),
    [
        ("mon", "09:00", "UTC", Weekly(0, time(9), "UTC")),
        ("Friday", "9:05", SHANGHAI, Weekly(4, time(9, 5), SHANGHAI)),
        ("周日", "23：59", BERLIN, Weekly(6, time(23, 59), BERLIN)),
        ("星期天", "00:00", BERLIN, Weekly(6, time(0), BERLIN)),
        ("礼拜三", "00:00", BERLIN, Weekly(2, time(0), BERLIN)),
    ],
)
def test_what_people_write(day: str, clock: str, zone: str, meant: Weekly) -> None:
    assert parse_weekly(day, clock, zone) == meant


@pytest.mark.parametrize(
    ("day", "clock", "zone", "said"),
    [
        ("someday", "09:00", "UTC", "no day of the week"),
        ("m", "09:00", "UTC", "no day of the week"),
        ("", "09:00", "UTC", "no day of the week"),
        ("mon", "25:00", "UTC", "no time of day"),
        ("mon", "9", "UTC", "no time of day"),
        ("mon", "09:60", "UTC", "no time of day"),
        ("mon", "09:00", "Mars/Olympus", "no time zone"),
        ("mon", "09:00", "Asia", "no time zone"),
        ("mon", "09:00", "../../etc/passwd", "no time zone"),
        ("mon", "09:00", "\0", "no time zone"),
    ],
)
def test_what_is_no_time_is_refused(day: str, clock: str, zone: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        parse_weekly(day, clock, zone)
    assert refused.value.hint


def test_the_zone_of_the_machine_is_taken_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", SHANGHAI)
    assert parse_weekly("mon", "09:00").zone == SHANGHAI
    monkeypatch.setenv("TZ", "nonsense/zone")
    assert local_zone() == "UTC"
    monkeypatch.delenv("TZ")
    monkeypatch.setattr(weekly, "Path", lambda _: Path("/usr/share/zoneinfo/Europe/Berlin"))
    assert local_zone() == BERLIN


def test_the_local_time_stays_when_the_clocks_change() -> None:
    monday = Weekly(0, time(9), BERLIN)
    found = instants(monday, datetime(2026, 3, 20, tzinfo=UTC), 15)
    assert found == [datetime(2026, 3, 23, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)]
    found = instants(monday, datetime(2026, 10, 16, tzinfo=UTC), 15)
    assert found == [datetime(2026, 10, 19, 7, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)]


def test_a_time_that_is_skipped_or_shown_twice_comes_once() -> None:
    sunday = Weekly(6, time(2, 30), NEW_YORK)
    assert sunday.due(date(2026, 3, 8)) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert len(instants(sunday, datetime(2026, 3, 5, tzinfo=UTC), 7)) == 1
    again = Weekly(6, time(1, 30), NEW_YORK)
    assert again.due(date(2026, 11, 1)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert len(instants(again, datetime(2026, 10, 29, tzinfo=UTC), 7)) == 1


def test_it_is_due_when_its_readers_clock_says_so() -> None:
    monday = Weekly(0, time(0, 30), SHANGHAI)
    sunday_in_utc = datetime(2026, 3, 15, 16, 30, tzinfo=UTC)
    assert monday.newest(sunday_in_utc - timedelta(seconds=1)) == date(2026, 3, 9)
    assert monday.newest(sunday_in_utc) == date(2026, 3, 16)
    assert monday.next(sunday_in_utc) == sunday_in_utc + timedelta(days=7)


def test_years_end_between_two_weeks() -> None:
    thursday = Weekly(3, time(9), "UTC")
    days = [thursday.newest(datetime(2026, 12, 31, 12, tzinfo=UTC) + timedelta(days=7 * n)) for n in range(3)]
    assert [occasion(day) for day in days] == ["2026-W53", "2027-W01", "2027-W02"]
    earlier, later = periods(date(2027, 1, 4))
    assert (earlier.days, later.days) == ("2026-12-21..2026-12-27", "2026-12-28..2027-01-03")
    earlier, later = periods(date(2027, 1, 1))
    assert (earlier.days, later.days) == ("2026-12-18..2026-12-24", "2026-12-25..2026-12-31")
