from __future__ import annotations

import datetime

import pytest

from retrieval.domain import Evidence, Line


@pytest.mark.parametrize(
    ("said_by", "speaker", "speakers"),
    [
        (["Mina", "Mina"], "Mina", ["Mina"]),
        (["Mina", "Leo", "Mina"], None, ["Mina", "Leo"]),
        ([None, "Leo", None], None, ["Leo"]),
        ([None, None], None, []),
    ],
)
def test_evidence_tells_who_speaks_as_far_as_is_known(
    said_by: list[str | None], speaker: str | None, speakers: list[str]
) -> None:
    lines = tuple(Line(index, who, None, None, "So.") for index, who in enumerate(said_by))
    document = Evidence("m1", "Weekly", "Atlas", datetime.date(2026, 3, 4), lines, 1.0).to_json()
    assert (document["speaker"], document["speakers"]) == (speaker, speakers)
