"""Who may be linked to whom, and how sure it is that both are the same matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agents.extract.cues import either
from agents.ledger.domain import Due, ItemKind, Owner
from agents.ledger.threads import Thread
from agents.link.cues import Sign, shows
from agents.link.facts import told
from agents.qa.dates import WEEK, find_dates

FLOOR = 0.42
"""Least sureness of a link. A false link is worse than none: it tells of a change that never happened."""

DOUBTFUL = 0.3
"""Least sureness at which a second opinion is asked for."""

LOWEST = 0.08
"""Nearness below which no owner, day or cue makes two texts the same matter."""

_FITS = {
    (ItemKind.DECISION, ItemKind.DECISION): 1.0,
    (ItemKind.COMMITMENT, ItemKind.COMMITMENT): 1.0,
    (ItemKind.QUESTION, ItemKind.QUESTION): 1.0,
    (ItemKind.RISK, ItemKind.RISK): 1.0,
    (ItemKind.DECISION, ItemKind.COMMITMENT): 0.9,
    (ItemKind.COMMITMENT, ItemKind.DECISION): 0.9,
}
_ALIKE = 0.12
_SAID_SAME = 0.3
_TAKEN_BACK = 0.15
_QUOTED = 0.3
_REPORTED = 0.15
_ASKED = 0.12
_ON_TIME = 0.2


@dataclass(frozen=True, slots=True)
class Pair:
    """A thread and something of the new meeting, by their positions, and how sure it is that they are one matter."""

    thread: int
    later: int
    sure: float


@dataclass(frozen=True, slots=True)
class Slots:
    """What besides its meaning tells what something is about. `speaker` is who says it, `asked` says that it
    replies to a question about somebody's work."""

    kind: ItemKind
    text: str
    day: date
    speaker: str | None = None
    asked: bool = False
    owner: Owner | None = None
    due: Due | None = None


def fits(thread: Thread, kind: ItemKind) -> float:
    """How well an item of that kind may speak of the thread, 0..1. An update fits all but measures."""
    if kind is ItemKind.UPDATE:
        return float(thread.kind is not ItemKind.METRIC)
    return _FITS.get((thread.kind, kind), 0.0)


def pairs(
    threads: Sequence[Thread], later: Sequence[Slots], near: NDArray[np.float32], least: float = FLOOR
) -> list[Pair]:
    """The pairs that are `least` sure, surest first; of equal ones the earlier thread, then the earlier words."""
    found: list[Pair] = []
    rows, columns = np.nonzero(near >= LOWEST)
    for row, column in zip(map(int, rows), map(int, columns), strict=True):
        thread, slots = threads[row], later[column]
        fit = fits(thread, slots.kind)
        sure = fit * either(float(near[row, column]), *_signs(thread, slots)) if fit else 0.0
        if sure >= least:
            found.append(Pair(row, column, sure))
    return sorted(found, key=lambda pair: (-pair.sure, pair.thread, pair.later))


def _signs(thread: Thread, slots: Slots) -> list[float]:
    """What slots add to nearness: weights as those of cues."""
    if thread.kind is ItemKind.DECISION:
        item = thread.current
        earlier, now = told(item.said.text, item.day), told(slots.text, slots.day)
        alike = bool(earlier.days & now.days) or earlier.shares(now)
        back = shows(slots.text, Sign.BACK)
        same = (
            slots.kind is not ItemKind.COMMITMENT and shows(slots.text, Sign.SAME) and not shows(slots.text, Sign.MOVED)
        )
        quoted = shows(slots.text, Sign.MOVED) and earlier.shares(now) and bool(now.adds(earlier).quantities)
        return [_ALIKE * alike, _SAID_SAME * same, _TAKEN_BACK * back, _QUOTED * quoted]
    if thread.kind is not ItemKind.COMMITMENT or thread.owner is None:
        return []
    if slots.kind is ItemKind.UPDATE:
        reported = thread.owner.name == slots.speaker and shows(slots.text, Sign.DONE)
        on_time = reported and thread.due and thread.due.day in _days(slots.text, slots.day)
        return [_REPORTED * reported, _ASKED * (reported and slots.asked), _ON_TIME * bool(on_time)]
    mine = slots.owner is not None and slots.owner.name == thread.owner.name
    alike = bool(mine and thread.due and slots.due and thread.due.day == slots.due.day)
    return [_ALIKE * mine, _ALIKE * alike]


@lru_cache(maxsize=8192)
def _days(text: str, said_on: date) -> frozenset[date]:
    """The days that the words name; a weekday by its name may be the one before the meeting."""
    found = [mention for mention in find_dates(text, said_on) if mention.is_day]
    earlier = (mention.last - WEEK for mention in found if not mention.named)
    return frozenset((*(mention.last for mention in found), *earlier))
