from datetime import UTC, date, datetime

import pytest

from ingestion.dates import choose_date, date_in_name, is_only_a_date, parse_date
from ingestion.errors import BadInputError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-03-02.m4a", date(2026, 3, 2)),
        ("weekly 20260302 final.mp3", date(2026, 3, 2)),
        ("周会2026年3月2日.wav", date(2026, 3, 2)),
        ("2026_3_2.vtt", date(2026, 3, 2)),
        ("2026.03.02 sync.mp4", date(2026, 3, 2)),
        ("120260302.m4a", None),
        ("2026-02-30.m4a", None),
        ("202632.m4a", None),
        ("meeting.m4a", None),
    ],
)
def test_a_date_in_a_file_name(name: str, expected: date | None) -> None:
    assert date_in_name(name) == expected


@pytest.mark.parametrize("name", ["2026-03-02", "2026年3月2日", "20260302_1030", "2026-03-02 (1)"])
def test_a_name_that_is_only_a_date(name: str) -> None:
    assert is_only_a_date(name)


@pytest.mark.parametrize("name", ["2026-03-02 weekly", "周会2026年3月2日", "20263", "2026-02-30"])
def test_a_name_that_says_more_than_a_date(name: str) -> None:
    assert not is_only_a_date(name)


def test_the_first_known_source_wins_and_is_named() -> None:
    known = {
        "given": date(2026, 1, 1),
        "stated": date(2026, 1, 2),
        "name": "2026-01-03.m4a",
        "tagged": datetime(2026, 1, 4, tzinfo=UTC),
        "modified": datetime(2026, 1, 5, tzinfo=UTC),
    }
    unknown = {"given": None, "stated": None, "name": "talk.m4a", "tagged": None, "modified": None}
    seen: list[tuple[int, str]] = []
    for source in known:
        chosen = choose_date(**known)
        seen.append((chosen.date.day, chosen.source))
        known[source] = unknown[source]
    assert seen == [(1, "option"), (2, "transcript"), (3, "file name"), (4, "media tags"), (5, "file time")]
    assert choose_date(**unknown).source == "today"


def test_a_date_is_read_with_or_without_its_time() -> None:
    assert parse_date("2026-03-02") == parse_date("2026-03-02T10:00+08:00") == date(2026, 3, 2)
    with pytest.raises(BadInputError, match="'next week' is not a date"):
        parse_date("next week")
