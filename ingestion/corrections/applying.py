"""Corrections on lines, as pure functions: the same events on the same lines always give the same transcript.

An imported transcript never changes, so its lines are found by index. A recording may be heard and cut anew, so its
lines are found by their time: first exactly, then by how much of it they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingestion.corrections.domain import Kind, Line, LineEvent, Place, Reach

LEAST_SHARED = 0.5
"""Share of the time of the longer of two lines that both must have for one to stand for the other; and share of a
line's time that must have been corrected to another speaker for the line to be."""


def corrected(lines: Sequence[Line], events: Sequence[LineEvent], *, timed: bool) -> tuple[list[Line], int]:
    """Derived lines with the events applied in the order given, and how many events found none of their lines.

    `timed` is whether lines are found by their time. The index of each line is its position.
    """
    find = _ByTime(lines).find if timed else _ByIndex(lines).find
    result, lost = list(lines), 0
    for event in events:
        found = find(event)
        for index in found:
            result[index] = _changed(result[index], event)
        lost += not found
    return result, lost


def written(lines: Sequence[Line], events: Sequence[LineEvent], *, timed: bool) -> set[int]:
    """The derived lines of which somebody has said what they say, by writing it or by finding it right."""
    find = _ByTime(lines).find if timed else _ByIndex(lines).find
    return {index for event in events if event.kind is not Kind.SPEAKER for index in find(event)}


def _changed(line: Line, event: LineEvent) -> Line:
    if event.kind is Kind.TEXT:
        return replace(line, text=event.after or "")
    if event.kind is Kind.RIGHT:
        return replace(line, text=event.after or "", sure=line.sure or line.speaker == event.speaker)
    # who is named for this very line was listened to; another name for a speaker says nothing of each line
    return replace(line, speaker=event.after, sure=line.sure or event.reach is Reach.LINE)


class _ByIndex:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._count = len(lines)

    def find(self, event: LineEvent) -> list[int]:
        return [place.index for place in event.places if place.index < self._count]


class _ByTime:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._exact: dict[tuple[int, int], list[int]] = {}
        for index, line in enumerate(lines):
            self._exact.setdefault(_key(line), []).append(index)

    def find(self, event: LineEvent) -> list[int]:
        found: list[int] = []
        moved: list[Place] = []
        for place in event.places:
            same = self._exact.get(_key(place))
            if same:
                found.append(place.index if place.index in same else same[0])
            else:
                moved.append(place)
        if not moved or not self._lines:
            return found
        near = self._alike(moved) if event.kind is not Kind.SPEAKER else self._spoken_in(moved)
        return [*found, *sorted(near - set(found))]

    def _alike(self, places: Sequence[Place]) -> set[int]:
        """For each place the line most like it: a text stands for a whole line, neither for less nor for more."""
        best = [max((_likeness(line, place), -index) for index, line in enumerate(self._lines)) for place in places]
        return {-index for likeness, index in best if likeness >= LEAST_SHARED}

    def _spoken_in(self, places: Sequence[Place]) -> set[int]:
        """The lines that lie in the time of the places: a speaker is who speaks at a time, however it is cut."""
        return {
            index
            for index, line in enumerate(self._lines)
            if sum(_shared(line, place) for place in places) >= LEAST_SHARED * max(_seconds(line), 1e-3)
        }


def _key(one: Line | Place) -> tuple[int, int]:
    """Start and end in hundredths of a second."""
    return round((one.start or 0.0) * 100), round((one.end or 0.0) * 100)


def _likeness(line: Line, place: Place) -> float:
    return _shared(line, place) / max(_seconds(line), _seconds(place), 1e-3)


def _shared(line: Line, place: Place) -> float:
    return max(0.0, min(line.end or 0.0, place.end or 0.0) - max(line.start or 0.0, place.start or 0.0))


def _seconds(one: Line | Place) -> float:
    return (one.end or 0.0) - (one.start or 0.0)
