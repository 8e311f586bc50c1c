"""What can be read off a line and its neighbours without knowing what they mean: cues, turns, place, size."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date

from agents.extract.cues import Role, weigh
from agents.extract.dues import find_due
from agents.extract.place import is_closing, is_late
from agents.extract.sentences import is_question, sentences
from agents.qa.dates import find_dates
from agents.qa.numbers import find_numbers
from ingestion.text.language import detect_language, words
from retrieval.domain import Line

_NEIGHBOURS = (
    Role.PROPOSE,
    Role.ACCEPT,
    Role.SETTLE,
    Role.OPEN,
    Role.REFUSE,
    Role.UNSETTLED,
    Role.ASK,
    Role.PROMISE,
    Role.QUERY,
    Role.CHOICE,
    Role.FIGURES,
)
"""The cues that matter in the line before and in the line after."""

SELF = re.compile(r"我(?!们)|\bI\b")
_WE = re.compile(r"我们|咱|\b(?:we|us)\b", re.IGNORECASE)
SPOKEN_TO = re.compile(r"你|您|\byou\b", re.IGNORECASE)
_BRIEF, _FULL = 4, 20
_EDGE = 2


def signs(lines: Sequence[Line], day: date) -> list[dict[str, float]]:
    """The signs of each line of a meeting held on `day`, by name, all with the same names; most are 0..1.

    Names of the line's own cues begin with `cue.`, those of its neighbours' signs with `before.` and `after.`. Time is
    linear in the text.
    """
    own = [_own(line, day) for line in lines]
    return [
        {
            **own[at],
            **_beside("before", lines, own, at, at - 1),
            **_beside("after", lines, own, at, at + 1),
            **_place(at, len(lines)),
        }
        for at in range(len(lines))
    ]


def _own(line: Line, day: date) -> dict[str, float]:
    said = sentences(line.text)
    count, numbers = words(line.text), len(find_numbers(line.text))
    return {
        **{f"cue.{role}": max((weigh(one, role) for one in said), default=0.0) for role in Role},
        "asks.last": bool(said) and is_question(said[-1]),
        "asks.any": any(map(is_question, said)),
        "tells": not all(map(is_question, said)),
        "size": math.log1p(count),
        "brief": count < _BRIEF,
        "full": count > _FULL,
        "number": numbers > 0,
        "numbers": numbers > 1,
        "date": any(find_dates(one, day) for one in said),
        "due": find_due(said, line.index, day) is not None,
        "i": SELF.search(line.text) is not None,
        "we": _WE.search(line.text) is not None,
        "you": SPOKEN_TO.search(line.text) is not None,
        "zh": detect_language(line.text) == "zh",
    }


def _beside(
    name: str, lines: Sequence[Line], own: Sequence[Mapping[str, float]], at: int, beside: int
) -> dict[str, float]:
    """The signs of the line at `beside`, next to the one at `at`; all 0 where the meeting has none there."""
    there = 0 <= beside < len(lines)
    signs: Mapping[str, float] = own[beside] if there else {}
    return {
        **{f"{name}.{role}": signs.get(f"cue.{role}", 0.0) for role in _NEIGHBOURS},
        f"{name}.asks": signs.get("asks.last", 0.0),
        f"{name}.other": there and lines[beside].speaker != lines[at].speaker,
        f"{name}.size": signs.get("size", 0.0),
        f"{name}.number": signs.get("number", 0.0),
    }


def _place(at: int, count: int) -> dict[str, float]:
    return {
        "place": at / max(1, count - 1),
        "late": is_late(at, count),
        "closing": is_closing(at, count),
        "first": at < _EDGE,
        "last": at >= count - _EDGE,
    }
