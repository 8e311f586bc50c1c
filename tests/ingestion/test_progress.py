from datetime import date

import pytest

from ingestion.domain import Stage
from ingestion.progress import standing, throttled
from ingestion.tables import Meeting, Piece


def meeting(stage: Stage, progress: float = 0.0) -> Meeting:
    return Meeting(
        project_id="p", title="t", date=date(2026, 1, 1), date_source="option", source_name="t.m4a",
        source_sha256="0", stage=stage, progress=progress,
    )  # fmt: skip


def piece(index: int, taken: float | None, *, heard: bool = True) -> Piece:
    segments = [] if heard and taken is not None else None
    return Piece(
        meeting_id="m", index=index, start=index * 300, end=index * 300 + 300, segments=segments, seconds_taken=taken
    )


def test_no_time_is_promised_before_a_rate_was_measured() -> None:
    now = standing(meeting(Stage.TRANSCRIBE, 0.5), [piece(0, None), piece(1, None)])
    assert (now.done, now.seconds_left) == (0.25, None)


def test_the_time_left_follows_the_measured_rate() -> None:
    now = standing(meeting(Stage.TRANSCRIBE, 0.5), [piece(0, 30.0), piece(1, 15.0, heard=False), piece(2, None)])
    assert now.done == pytest.approx(0.5)
    assert now.seconds_left == pytest.approx(45.0)


def test_the_piece_that_is_being_heard_counts_as_far_as_it_is() -> None:
    now = standing(meeting(Stage.TRANSCRIBE, 0.2), [piece(0, 12.0, heard=False), piece(1, None)])
    assert now.done == pytest.approx(0.1)
    assert now.seconds_left == pytest.approx(108.0)


def test_other_stages_tell_their_own_share() -> None:
    now = standing(meeting(Stage.INDEX, 0.4), [])
    assert (now.stage, now.done, now.seconds_left) == (Stage.INDEX, 0.4, None)


def test_throttled_reports_rarely_but_always_the_end() -> None:
    seen: list[float] = []
    report = throttled(seen.append, every=3600.0)
    for share in (0.1, 0.2, 0.3, 1.0):
        report(share)
    assert seen == [0.1, 1.0]
