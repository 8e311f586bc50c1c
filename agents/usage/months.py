"""Calendar months. All of them are UTC: a budget's month ends for everybody at the same instant."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from ingestion.errors import BadInputError

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, UTC."""

    year: int
    number: int

    @classmethod
    def of(cls, instant: datetime) -> Month:
        """The month that an aware instant falls in."""
        there = instant.astimezone(UTC)
        return cls(there.year, there.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written like 2026-11. Raises BadInputError."""
        match = _WRITTEN.fullmatch(text.strip())
        if match and 1 <= int(match[2]) <= 12 and int(match[1]):
            return cls(int(match[1]), int(match[2]))
        raise BadInputError(f"'{text[:40]}' is no month", "write it like 2026-11")

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def passed(self, instant: datetime) -> Decimal | None:
        """How much of the month has passed at an instant, above 0 and up to 1. A first day counts as a whole one, since
        a few hours foretell little; null for a month that has not begun."""
        begun = datetime.combine(self.first, time(), UTC)
        if instant < begun:
            return None
        whole = (self.last - self.first) + _DAY
        gone = min(max(instant - begun, _DAY), whole)
        return Decimal(gone // timedelta(microseconds=1)) / Decimal(whole // timedelta(microseconds=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"
