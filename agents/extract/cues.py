"""Cues: words by which people promise, ask, propose, settle, agree or take back, each with a weight.

A weight is the share of sure belief that one cue gives; several cues of a role combine as 1 - prod(1 - weight).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import prod


class Role(StrEnum):
    """What a cue speaks for."""

    PROMISE = "promise"
    """The speaker undertakes something."""
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
    OPEN = "open"
    """What is said does not hold: undecided, put off, supposed, denied."""
    REFUSE = "refuse"
    """The speaker is of another mind than what was said."""
    REPORT = "report"
    """Told as done or as it stands."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for a role. Case-insensitive."""

    role: Role
    weight: float
    pattern: str


HEAD = 60
"""Characters of a line in which agreement stands, where it is one."""


def weigh(text: str, role: Role) -> float:
    """How much the cues of `role` in `text` speak for it, 0..1."""
    return either(*(weight for pattern, weight in _compiled()[role] if pattern.search(text)))


def either(*weights: float) -> float:
    """How sure one is by several signs that each make it sure by so much, 0..1."""
    return 1 - prod(1 - weight for weight in weights)


@cache
def _compiled() -> dict[Role, Sequence[tuple[re.Pattern[str], float]]]:
    from agents.extract.cues_en import CUES_EN
    from agents.extract.cues_zh import CUES_ZH

    cues = (*CUES_ZH, *CUES_EN)
    return {
        role: tuple((re.compile(cue.pattern, re.IGNORECASE), cue.weight) for cue in cues if cue.role is role)
        for role in Role
    }
