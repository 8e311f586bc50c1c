"""How many speakers somebody says there are."""

from __future__ import annotations

import pytest

from ingestion.errors import BadInputError
from ingestion.speakers.bounds import Bounds, parse_bounds


@pytest.mark.parametrize(
    ("given", "bounds"),
    [("4", Bounds(4, 4)), ("2-5", Bounds(2, 5)), (" 2 - 5 ", Bounds(2, 5)), ("1", Bounds(1, 1)), ("1-20", Bounds())],
)
def test_a_number_or_a_range(given: str, bounds: Bounds) -> None:
    assert parse_bounds(given) == bounds


@pytest.mark.parametrize(
    "given", ["0", "30", "21", "5-2", "0-3", "x", "", "-4", "2-", "4.0", "四", "２", "9" * 50, "1-2-3"]
)
def test_anything_else_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(BadInputError, match="how many speakers") as refused:
        parse_bounds(given)
    assert "\n" not in refused.value.message
    assert len(refused.value.message) < 100
    assert "1 to 20" in refused.value.hint
