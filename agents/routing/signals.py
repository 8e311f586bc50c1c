"""What the lines of a meeting say about how hard it is to read: who speaks, who contradicts, how it is led."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from agents.extract.cues import Role, weigh
from agents.extract.cues_aim import Tells, tells
from agents.llm.domain import Shape, Signals
from retrieval.domain import Line

MOSTLY = 0.8
"""Share of what is said from which on one speaker holds the floor."""

_CALLED_UP = 2
_SHIFT = 0.6
_HEAD = 200
"""Characters of a line in which something new is announced."""


def signals_of(lines: Sequence[Line]) -> Signals:
    """The signals of a meeting. Time is linear in the text."""
    said = _said_by(lines)
    return Signals(
        speakers=len(said),
        disputes=sum(weigh(line.text, Role.REFUSE) > 0 for line in lines),
        agenda=_calls_up(lines),
        shape=_shape(said, sum(len(line.text) for line in lines)),
    )


def _said_by(lines: Iterable[Line]) -> Counter[str]:
    """Characters by speaker, as far as those are known."""
    said: Counter[str] = Counter()
    for line in lines:
        if line.speaker:
            said[line.speaker] += len(line.text)
    return said


def _calls_up(lines: Iterable[Line]) -> bool:
    """Whether items are called up one after the other."""
    found = 0
    for line in lines:
        found += tells(line.text[:_HEAD], Tells.SHIFT) >= _SHIFT
        if found == _CALLED_UP:
            return True
    return False


def _shape(said: Counter[str], characters: int) -> Shape:
    """A stream where one person speaks nearly alone, a call where two speak, else a meeting."""
    if not said or not characters:
        return Shape.MEETING
    if max(said.values()) / characters >= MOSTLY:
        return Shape.LIVESTREAM
    return Shape.CALL if len(said) == 2 else Shape.MEETING
