"""Lines of the evidence by how likely they answer: words, meaning, the kind of fact asked for, and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from agents.qa.dates import find_dates
from agents.qa.plan import Expect, Plan
from agents.qa.spans import numbers_in
from agents.qa.words import Overlap
from retrieval.domain import Evidence, Line

NEIGHBOURS = ((-1, 0.6), (-2, 0.4), (1, 0.4))
"""How much of a neighbouring line's words count for a line: talk names its subject once, then goes on."""
MEANING = 0.1
"""Weight of one standard deviation of cosine beside a whole coverage of the question's words."""
EXPECTED = 0.12
"""Added to a line that holds the kind of fact asked for, taken from one that only asks."""
REPLY = 0.9
"""Share of a question's score that the line after it inherits."""

_ASKS = re.compile(r"[?？]\s*$")
_TAKES_ON = re.compile(
    r"我来|我负责|我去|我写|我做|我改|我接|我自己|我认|交给|归我|归你|\bI(?:'ll|’ll| will| can| am|'m| took| have)\b|\b(?:mine|over to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A line of the evidence with its score. `coverage` is the share (0..1) of the question's words near it."""

    evidence: Evidence
    at: int
    score: float
    coverage: float

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.evidence.lines[self.at]

    @property
    def asks(self) -> bool:
        """Whether the line is itself a question."""
        return asks(self.line.text)

    @property
    def key(self) -> tuple[str, int]:
        """Meeting and utterance index."""
        return self.evidence.meeting_id, self.line.index


def asks(text: str) -> bool:
    """Whether a line ends as a question."""
    return _ASKS.search(text) is not None


def spoken(line: Line) -> str:
    """A line with its speaker in front, when known."""
    return f"{line.speaker}: {line.text}" if line.speaker else line.text


def all_lines(evidence: Sequence[Evidence]) -> list[RankedLine]:
    """Every line once, unscored, in the evidence's order."""
    lines = {
        (found.meeting_id, line.index): RankedLine(found, at, 0.0, 0.0)
        for found in reversed(evidence)
        for at, line in enumerate(found.lines)
    }
    return list(reversed(lines.values()))


def rank_lines(
    plan: Plan, overlap: Overlap, lines: Sequence[RankedLine], cosines: Sequence[float] | None
) -> list[RankedLine]:
    """`lines` scored, best first. `cosines` are those of `lines` in order; null ranks by words alone."""
    covered = {line.key: _covered(overlap, line) for line in lines}
    meaning = _standardised(cosines) if cosines else [0.0] * len(lines)
    scored = [
        replace(line, coverage=covered[line.key][1], score=sum(covered[line.key]) / 2 + MEANING * near)
        for line, near in zip(lines, meaning, strict=True)
    ]
    by_key = {line.key: line for line in scored}
    return sorted((_adjusted(line, by_key, plan) for line in scored), key=lambda line: -line.score)


def holds_expected(line: RankedLine, plan: Plan) -> bool:
    """Whether a line holds a number, day or taking-on of the kind that the question expects."""
    text, day = line.line.text, line.evidence.date
    return (
        (Expect.NUMBER in plan.expects and bool(numbers_in(text, day)))
        or (Expect.DATE in plan.expects and bool(find_dates(text, day)))
        or (Expect.PERSON in plan.expects and _TAKES_ON.search(text) is not None)
    )


def _adjusted(line: RankedLine, by_key: dict[tuple[str, int], RankedLine], plan: Plan) -> RankedLine:
    score = line.score + (EXPECTED if holds_expected(line, plan) else 0.0)
    if line.asks:
        return replace(line, score=score - EXPECTED)
    before = by_key.get((line.evidence.meeting_id, line.line.index - 1))
    if before is not None and before.asks:
        score = max(score, REPLY * before.score)
    return replace(line, score=score)


def _covered(overlap: Overlap, line: RankedLine) -> tuple[float, float]:
    """Coverage of the question by the line alone and by the line among its neighbours."""
    own = overlap.matched(spoken(line.line))
    near = dict(own)
    lines = line.evidence.lines
    for step, weight in NEIGHBOURS:
        if 0 <= line.at + step < len(lines):
            for term, share in overlap.matched(spoken(lines[line.at + step])).items():
                near[term] = max(near.get(term, 0.0), weight * share)
    return overlap.score(own), overlap.score(near)


def _standardised(values: Sequence[float]) -> list[float]:
    array = np.asarray(values, dtype=np.float64)
    deviation = float(array.std())
    return [0.0] * len(values) if deviation < 1e-6 else [float(v) for v in (array - array.mean()) / deviation]
