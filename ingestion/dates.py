"""When a meeting took place: from what the user says, the file's name, the media's tags or the file's time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from ingestion.errors import BadInputError

_IN_NAME = re.compile(r"(?<!\d)(20\d{2})([-_./年]?)(0?[1-9]|1[0-2])(?:\2|月)(0?[1-9]|[12]\d|3[01])(?!\d)[日号]?")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A meeting's date and where it came from."""

    date: date
    source: str


def parse_date(text: str) -> date:
    """A date or instant in ISO 8601 (2026-03-02, 2026-03-02T10:00+08:00). Raises BadInputError."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise BadInputError(f"'{text}' is not a date", "write it like 2026-03-02 or 2026-03-02T10:00+08:00") from None


def date_in_name(name: str) -> date | None:
    """A date written in a file's name, such as 20260302, 2026-03-02 or 2026年3月2日."""
    for match in _IN_NAME.finditer(name):
        year, separator, month, day = match.groups()
        if not separator and (len(month) < 2 or len(day) < 2):
            continue
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def is_only_a_date(name: str) -> bool:
    """Whether a file's name, without its extension, holds a date and no word beside it."""
    return date_in_name(name) is not None and not _LETTER.search(_IN_NAME.sub("", name))


def choose_date(
    *, given: date | None, name: str, stated: date | None, tagged: datetime | None, modified: datetime | None
) -> DatedBy:
    """The first known of: the user's choice, the transcript's own date, the file's name, the media's tags, the
    file's time, today."""
    candidates = (
        (given, "option"),
        (stated, "transcript"),
        (date_in_name(name), "file name"),
        (tagged.date() if tagged else None, "media tags"),
        (modified.date() if modified else None, "file time"),
        (date.today(), "today"),
    )
    return next(DatedBy(found, source) for found, source in candidates if found)
