"""Corrections on lines: found by index in a transcript, by time in a recording, applied in their order."""

from __future__ import annotations

import pytest

from ingestion.corrections.applying import corrected
from ingestion.corrections.domain import Kind, Line, LineEvent, Place, Reach


def timed(*lines: tuple[float, float, str, str | None]) -> list[Line]:
    return [Line(i, speaker, text, start, end, sure=False) for i, (start, end, text, speaker) in enumerate(lines)]


def place(line: Line) -> Place:
    return Place(line.index, line.start, line.end)


def text(at: Line, after: str) -> LineEvent:
    return LineEvent(Kind.TEXT, (place(at),), after)


def speaker(after: str | None, *at: Line, reach: Reach = Reach.MEETING) -> LineEvent:
    return LineEvent(Kind.SPEAKER, tuple(map(place, at)), after, reach)


OLD = timed((0, 4, "a", "S1"), (4, 8, "b", "S2"), (8, 12, "c", "S1"), (12, 16, "d", "S2"))


def texts(lines: list[Line], *events: LineEvent) -> tuple[list[str], int]:
    result, lost = corrected(lines, events, timed=True)
    return [line.text for line in result], lost


def speakers(lines: list[Line], *events: LineEvent) -> list[str | None]:
    return [line.speaker for line in corrected(lines, events, timed=True)[0]]


def test_without_events_nothing_changes() -> None:
    assert corrected(OLD, [], timed=True) == (OLD, 0)
    assert corrected([], [text(OLD[0], "x")], timed=True) == ([], 1)


def test_the_last_correction_of_a_line_wins() -> None:
    assert texts(OLD, text(OLD[1], "x"), text(OLD[2], "z"), text(OLD[1], "y")) == (["a", "y", "z", "d"], 0)


def test_lines_without_times_are_found_by_index() -> None:
    lines = [Line(0, None, "a"), Line(1, None, "b")]
    result, lost = corrected(lines, [text(lines[1], "x"), text(Line(7, None, "gone"), "y")], timed=False)
    assert ([line.text for line in result], lost) == (["a", "x"], 1)


def test_a_line_is_found_by_its_time_when_lines_before_it_are_gone() -> None:
    new = timed((4, 8, "b", "S2"), (8, 12, "c", "S1"))
    assert texts(new, text(OLD[2], "x")) == (["b", "x"], 0)


def test_of_two_lines_at_one_time_the_one_with_the_same_index_is_meant() -> None:
    both = timed((0, 2, "a", "S1"), (0, 2, "b", "S2"))
    assert texts(both, text(both[1], "x")) == (["a", "x"], 0)


@pytest.mark.parametrize(
    ("start", "end", "applied"),
    [(4.2, 7.9, True), (3.0, 9.0, True), (5.9, 8.0, True), (6.1, 8.0, False), (0.0, 8.0, True), (0.0, 8.1, False)],
)
def test_a_text_stands_for_a_line_that_shares_half_the_longer_time(start: float, end: float, applied: bool) -> None:
    new = timed((0, start, "before", None), (start, end, "heard anew", None), (end, 16, "after", None))
    found, lost = texts(new, text(OLD[1], "x"))
    assert ("x" in found, lost) == (applied, 0 if applied else 1)
    assert {*found} - {"x"} <= {"before", "heard anew", "after"}


def test_a_speaker_is_who_speaks_at_a_time_however_it_is_cut() -> None:
    finer = timed(*((s, s + 1.9, "w", "S1") for s in range(0, 16, 2)))
    assert speakers(finer, speaker("Mina", OLD[1], OLD[2])) == ["S1"] * 2 + ["Mina"] * 4 + ["S1"] * 2
    coarser = timed((0, 7, "w", "S1"), (7, 16, "w", "S1"))
    assert speakers(coarser, speaker("Mina", OLD[1], OLD[2])) == ["S1", "Mina"]
    assert speakers(coarser, speaker("Mina", OLD[1])) == ["S1", "S1"]


def test_lines_that_were_not_corrected_keep_their_speaker_where_people_talk_at_once() -> None:
    both = timed((0, 4, "a", "S1"), (1, 3, "b", "S2"))
    assert speakers(both, speaker("Mina", both[0])) == ["Mina", "S2"]


def test_only_a_name_for_the_very_line_makes_a_guess_sure() -> None:
    for reach in Reach:
        (line, *_), _ = corrected(OLD, [speaker("Mina", OLD[0], reach=reach)], timed=True)
        assert line.sure == (reach is Reach.LINE)


def test_nobody_known_is_a_speaker_too() -> None:
    assert speakers(OLD, speaker(None, OLD[0], OLD[2])) == [None, "S2", None, "S2"]
