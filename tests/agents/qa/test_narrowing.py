"""More lines than fit are narrowed down to those that windows found."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import Usage
from agents.llm.scripted import SCRIPTED_CARD
from agents.qa.candidates import every_line
from agents.qa.narrowing import narrow_down, read_at_once, windows
from agents.qa.verify import Numbered
from agents.reading.windows import WINDOW_LINES
from ingestion.errors import ModelFailedError
from tests.agents.doubles import meeting


def lines(count: int, text: str = "We talked of this and of that.") -> list[Numbered]:
    return every_line([meeting("m", "2026-03-02", *(("Ann", f"{text} {n}") for n in range(count)))])


def narrowed(sources: Sequence[Numbered], room: int, answers: set[int]) -> tuple[list[int], Usage, list[int]]:
    asked: list[int] = []

    async def ask(window: Sequence[Numbered]) -> tuple[set[int], Usage]:
        asked.append(len(window))
        return {source.n for source in window if source.n in answers}, Usage(10, 1)

    found = asyncio.run(narrow_down(sources, room, ask))
    return [source.n for source in found.sources], found.usage, asked


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.integers(1, 700), st.integers(1, 4000))
def test_windows_hold_every_line_and_overlap(count: int, room: int) -> None:
    sources = lines(count)
    cut = windows(sources, room)
    assert {source.n for window in cut for source in window} == {source.n for source in sources}
    assert all(1 <= len(window) <= WINDOW_LINES for window in cut)
    for before, after in pairwise(cut):
        assert before[0].n < after[0].n <= before[-1].n + 1
        assert len(before) < 4 or after[0].n <= before[-1].n


def test_what_fits_is_read_as_it_is() -> None:
    assert narrowed(lines(5), 10_000, set()) == ([1, 2, 3, 4, 5], Usage(), [])


def test_the_lines_that_windows_name_are_left() -> None:
    kept, usage, asked = narrowed(lines(600), 4000, {3, 250, 599})
    assert kept == [3, 250, 599]
    assert usage == Usage(10 * len(asked), len(asked))


def test_nothing_found_leaves_nothing() -> None:
    assert narrowed(lines(600), 4000, set())[0] == []


def test_levels_follow_until_it_fits() -> None:
    everything = set(range(1, 601))
    kept, _, asked = narrowed(lines(600), 4000, everything - {7})
    assert len(asked) > 4
    assert kept[-1] == 600
    assert len(kept) < 600


def test_a_line_larger_than_the_room_is_still_read() -> None:
    kept, _, _ = narrowed(lines(3, "word " * 300), 100, {2})
    assert kept == [2]


def test_a_window_that_fails_fails_as_it_is_and_calls_the_others_off() -> None:
    left: list[int] = []

    async def ask(window: Sequence[Numbered]) -> tuple[set[int], Usage]:
        if window[0].n == 1:
            raise ModelFailedError("the server broke off", "ask again")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            left.append(window[0].n)
            raise
        return set(), Usage()

    async def narrow() -> None:
        with pytest.raises(ModelFailedError, match="broke off"):
            await narrow_down(lines(600), 4000, ask)
        await asyncio.sleep(0)

    asyncio.run(narrow())
    assert left


def test_a_model_that_reads_unevenly_gets_less_at_once() -> None:
    card = replace(SCRIPTED_CARD, context_tokens=100_000)
    assert read_at_once(replace(card, even_tokens=8_000), 1024) == 8_000
    assert read_at_once(card, 1024) > 90_000


def test_meetings_are_told_apart_by_day() -> None:
    found = every_line([meeting("b", "2026-03-09", ("A", "x")), meeting("a", "2026-03-02", ("A", "y"))])
    assert [source.evidence.date for source in found] == [date(2026, 3, 2), date(2026, 3, 9)]
