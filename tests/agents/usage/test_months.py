from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.usage.months import Month
from ingestion.errors import BadInputError


def test_a_month_is_the_one_of_greenwich() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert str(Month.of(datetime(2026, 12, 1, 7, 59, tzinfo=shanghai))) == "2026-11"
    assert str(Month.of(datetime(2026, 12, 1, 8, 0, tzinfo=shanghai))) == "2026-12"


def test_how_much_of_it_has_passed() -> None:
    november = Month(2026, 11)
    assert november.passed(datetime(2026, 10, 31, 23, tzinfo=UTC)) is None
    assert november.passed(datetime(2026, 11, 1, tzinfo=UTC)) == Decimal(1) / 30
    assert november.passed(datetime(2026, 11, 16, tzinfo=UTC)) == Decimal("0.5")
    assert november.passed(datetime(2027, 5, 1, tzinfo=UTC)) == 1


@given(st.datetimes(timezones=st.just(UTC)))
def test_written_and_read_again(instant: datetime) -> None:
    month = Month.of(instant)
    assert Month.parse(str(month)) == month
    assert month.first <= instant.date() <= month.last


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "0000-01", "2026-1", "November", "", "2026-11-01", "二〇二六"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(BadInputError):
        Month.parse(text)
