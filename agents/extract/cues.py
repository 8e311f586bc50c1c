"""Cues: words by which people promise, ask, propose, settle, agree or take back, each with a weight.

A weight is the share of sure belief that one cue gives; several cues of a role combine as 1 - prod(1 - weight).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import prod
from typing import Generic, TypeVar

from agents.screening import Screen


class Role(StrEnum):
    """What a cue speaks for."""

    PROMISE = "promise"
    """The speaker undertakes something."""
    TOLD = "told"
    """Somebody else has undertaken something, where a day is said with it."""
    WHEN = "when"
    """Asks by when something will be there."""
    IDLE = "idle"
    """No undertaking, whatever its words: habits, what is past, pleasantries, what comes next in the meeting."""
    ASK = "ask"
    """Somebody who is spoken to shall do something."""
    REDATE = "redate"
    """Something promised gets another date."""
    PROPOSE = "propose"
    """A course is put forward, or a view of what should be."""
    SETTLE = "settle"
    """A course is taken."""
    ACCEPT = "accept"
    """Agreement with what was just said, at the beginning of a turn."""
    OTHERS = "others"
    """A course that others take, or that is only told or wished for."""
    OPEN = "open"
    """What is said does not hold: undecided, put off, supposed, denied."""
    REFUSE = "refuse"
    """The speaker is of another mind than what was said."""
    REPORT = "report"
    """Told as done or as it stands."""
    QUERY = "query"
    """Something is asked that nobody here can be expected to know: choices, what others have to say."""
    UNSETTLED = "unsettled"
    """Left open: nobody knows, it is put off, somebody has to be asked."""
    CHOICE = "choice"
    """Words of a question about what shall be, where the sentence may be none."""
    VIEW = "view"
    """What the speaker wants, and keeps to."""
    OPPOSE = "oppose"
    """The turn begins against what was said; it may still give way."""
    ERRAND = "errand"
    """A question that only asks for a deed, or how far something is, or what comes next in the meeting."""
    THREAT = "threat"
    """Something may go wrong."""
    TROUBLE = "trouble"
    """Something does not run as it should, and may not for longer."""
    CALM = "calm"
    """A danger is gone, denied or only thought of."""
    QUANTITY = "quantity"
    """A name of something that is measured."""
    STANDS = "stands"
    """A number is what holds now."""
    MOVED = "moved"
    """A number has become another."""
    LIMIT = "limit"
    """A number is set, paid or aimed at, not measured."""
    FIGURES = "figures"
    """Numbers are announced."""


Told = TypeVar("Told", bound=StrEnum)
"""What cues speak for."""

_HELD = 16_384
"""Texts whose cues are held: every kind of item is looked for in the same sentences."""


@dataclass(frozen=True, slots=True)
class Cue(Generic[Told]):
    """A pattern that speaks for a role, and the share of sure belief that it gives. Case-insensitive."""

    role: Told
    weight: float
    pattern: str


HEAD = 60
"""Characters of a line in which agreement stands, where it is one."""


class Cues(Generic[Told]):
    """Cues that are looked for together."""

    def __init__(self, cues: Sequence[Cue[Told]]) -> None:
        self._cues = [(cue.role, cue.weight, re.compile(cue.pattern, re.IGNORECASE)) for cue in cues]
        self._screen = Screen(cue.pattern for cue in cues)
        self._weights = lru_cache(_HELD)(self._found)

    def weights(self, text: str, role: Told) -> Sequence[float]:
        """The weights of the cues of `role` that stand in `text`."""
        return self._weights(text).get(role, ())

    def last_end(self, text: str, role: Told) -> int | None:
        """Where the last of the cues of `role` that `text` has ends; null when it has none."""
        ends = [
            match.end() for told, _, pattern in self._possible(text) if told is role for match in pattern.finditer(text)
        ]
        return max(ends, default=None)

    def _found(self, text: str) -> Mapping[Told, Sequence[float]]:
        found: dict[Told, list[float]] = {}
        for role, weight, pattern in self._possible(text):
            if pattern.search(text):
                found.setdefault(role, []).append(weight)
        return found

    def _possible(self, text: str) -> list[tuple[Told, float, re.Pattern[str]]]:
        return [self._cues[place] for place in self._screen.possible(text)]


def weigh(text: str, role: Role) -> float:
    """How much the cues of `role` in `text` speak for it, 0..1."""
    found = _cues().weights(text, role)
    return either(*found) if found else 0.0


def strongest(text: str, role: Role) -> float:
    """The weight of the strongest cue of `role` in `text`, 0 where it has none."""
    return max(_cues().weights(text, role), default=0.0)


def last_end(text: str, role: Role) -> int | None:
    """Where the last of the cues of `role` that `text` has ends; null when it has none."""
    return _cues().last_end(text, role)


def either(*weights: float) -> float:
    """How sure one is by several signs that each make it sure by so much, 0..1."""
    return 1 - prod(1 - weight for weight in weights)


@cache
def _cues() -> Cues[Role]:
    from agents.extract.cues_decide import CUES_DECIDE
    from agents.extract.cues_en import CUES_EN
    from agents.extract.cues_measure import CUES_MEASURE
    from agents.extract.cues_open import CUES_OPEN
    from agents.extract.cues_promise import CUES_PROMISE
    from agents.extract.cues_risk import CUES_RISK
    from agents.extract.cues_zh import CUES_ZH

    return Cues((*CUES_ZH, *CUES_EN, *CUES_DECIDE, *CUES_PROMISE, *CUES_OPEN, *CUES_RISK, *CUES_MEASURE))
