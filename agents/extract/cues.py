"""Cues: words by which people promise, ask, propose, settle, agree or take back, each with a weight.

A weight is the share of sure belief that one cue gives; several cues of a role combine as 1 - prod(1 - weight).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import prod
from typing import Generic, TypeVar


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
Compiled = tuple[re.Pattern[str], float]
"""A cue's pattern, case-insensitive, and its weight."""


@dataclass(frozen=True, slots=True)
class Cue(Generic[Told]):
    """A pattern that speaks for a role, and the share of sure belief that it gives. Case-insensitive."""

    role: Told
    weight: float
    pattern: str


HEAD = 60
"""Characters of a line in which agreement stands, where it is one."""


def weigh(text: str, role: Role) -> float:
    """How much the cues of `role` in `text` speak for it, 0..1."""
    return sure_by(text, _compiled()[role])


def strongest(text: str, role: Role) -> float:
    """The weight of the strongest cue of `role` in `text`, 0 where it has none."""
    return max((weight for pattern, weight in _compiled()[role] if pattern.search(text)), default=0.0)


def last_end(text: str, role: Role) -> int | None:
    """Where the last of the cues of `role` that `text` has ends; null when it has none."""
    ends = [match.end() for pattern, _ in _compiled()[role] for match in pattern.finditer(text)]
    return max(ends, default=None)


def sure_by(text: str, cues: Iterable[Compiled]) -> float:
    """How sure the text makes one by the cues that it has, 0..1."""
    return either(*(weight for pattern, weight in cues if pattern.search(text)))


def either(*weights: float) -> float:
    """How sure one is by several signs that each make it sure by so much, 0..1."""
    return 1 - prod(1 - weight for weight in weights)


def compiled(cues: Sequence[Cue[Told]]) -> dict[Told, tuple[Compiled, ...]]:
    """The cues by what they speak for."""
    by_role: dict[Told, list[Compiled]] = {}
    for cue in cues:
        by_role.setdefault(cue.role, []).append((re.compile(cue.pattern, re.IGNORECASE), cue.weight))
    return {role: tuple(some) for role, some in by_role.items()}


@cache
def _compiled() -> dict[Role, tuple[Compiled, ...]]:
    from agents.extract.cues_decide import CUES_DECIDE
    from agents.extract.cues_en import CUES_EN
    from agents.extract.cues_measure import CUES_MEASURE
    from agents.extract.cues_open import CUES_OPEN
    from agents.extract.cues_promise import CUES_PROMISE
    from agents.extract.cues_risk import CUES_RISK
    from agents.extract.cues_zh import CUES_ZH

    return compiled((*CUES_ZH, *CUES_EN, *CUES_DECIDE, *CUES_PROMISE, *CUES_OPEN, *CUES_RISK, *CUES_MEASURE))
