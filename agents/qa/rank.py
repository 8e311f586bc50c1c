"""Lines of the evidence by how likely they answer: words, meaning, the kind of fact asked for, and their neighbours."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from agents.qa.dates import find_dates
from agents.qa.orders import without_orders
from agents.qa.persons import concerns
from agents.qa.plan import Expect, Kind, Plan
from agents.qa.spans import numbers_in
from agents.qa.words import Overlap
from ingestion.text.language import words
from retrieval.domain import Evidence, Line

NEIGHBOURS = ((-1, 0.6), (-2, 0.4), (1, 0.4))
"""How much of a neighbouring line's words count for a line: talk names its subject once, then goes on."""
REFERRED = 0.9
"""How much of the line before counts when a line refers back (she, that, 他)."""

COVERED = 5.8
"""For a whole coverage of the question's words by the line among its neighbours."""
MEANING = 1.2
"""For each standard deviation of the line's cosine above the mean."""
EXPECTED = 2.0
"""For the kind of fact that is asked for: a number, a day, a taking-on."""
ASKS = -0.9
"""For a line that is a question itself."""
LENGTH = 0.85
"""For each factor of e in the line's words: what is said in passing answers little."""
CHANGE = 0.9
"""For a line that changes something, when the newest state or its history is asked for."""
REPLY = -0.5
"""What the line after a question has less than the question itself, at the least."""
OTHERS = -0.8
"""For a line about others than the people whom the question names."""
ORDERS = -6.0
"""For a line which only gives orders to a machine."""

_ASKS = re.compile(r"[?？]")
_TAG = re.compile(r"(?:[吧对]|对吗|好吗|行吗|可以吗|对不对|right|okay|ok|isn't it|don't we)[?？]\s*$", re.IGNORECASE)
_REFERS_BACK = re.compile(r"[他她它]|这个|那个|这事|\b(?:he|she|they|him|her|them|it|that|those|this)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"改成|改到|改为|改了|换成|推翻|撤回|收回|取消|不再|延[后期到一]|推迟|提前|往[后前]|加到|降到|涨到|调[整到高低]|重新|最新"
    r"|\b(?:instead|no longer|from now on|reverse\w*|chang\w+|mov(?:e|ed|ing)|push(?:ed)? back|postpone\w*|delay\w*"
    r"|drop(?:ped)?|switch\w*|raise[ds]?|went (?:up|down|from)|go up|reopen\w*|replac\w+|now)\b",
    re.IGNORECASE,
)
_TAKES_ON = re.compile(
    r"我来|我负责|我去|我写|我做|我改|我接|我自己|我认|交给|归我|归你"
    r"|\bI(?:'ll|’ll| will| can(?!['’]t)| am|'m| took| have)\b|\b(?:mine|over to)\b",
    re.IGNORECASE,
)


Key = tuple[str, int]
"""A line: its meeting and utterance index."""


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A line of the evidence with its score, the log-odds of answering up to a constant.

    `coverage` is the share (0..1) of the question's words near it; `concerns` is false when the question names people
    and the line is about others.
    """

    evidence: Evidence
    at: int
    score: float
    coverage: float
    concerns: bool = True

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.evidence.lines[self.at]

    @property
    def asks(self) -> bool:
        """Whether the line is itself a question."""
        return asks(self.line.text)

    @property
    def key(self) -> Key:
        """Meeting and utterance index."""
        return self.evidence.meeting_id, self.line.index


def takes_on(text: str) -> bool:
    """Whether the speaker takes something on: I will, 我来."""
    return _TAKES_ON.search(text) is not None


def asks(text: str) -> bool:
    """Whether a line puts a question; a tag such as "right?" or 对吧？ does not make one."""
    return _ASKS.search(text) is not None and _TAG.search(text) is None


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
    plan: Plan, overlap: Overlap, lines: Sequence[RankedLine], named: Sequence[str] = ()
) -> list[RankedLine]:
    """`lines` scored, best first. `named` are the people whom the question names.

    The score is a linear model, fitted as a softmax over the lines of meetings to questions with known lines.
    """
    meaning = _standardised([line.line.cosine for line in lines])
    scored = [
        replace(
            line,
            coverage=(covered := _covered(overlap, line)),
            score=COVERED * covered + MEANING * near + LENGTH * math.log(max(1, words(line.line.text))),
            concerns=not named or concerns(line.evidence.lines, line.at, named),
        )
        for line, near in zip(lines, meaning, strict=True)
    ]
    scored = [replace(line, score=line.score + _bearing(line, plan)) for line in scored]
    by_key = {line.key: line for line in scored}
    return sorted((_replying(line, by_key) for line in scored), key=lambda line: -line.score)


def holds_expected(line: RankedLine, plan: Plan) -> bool:
    """Whether a line holds a number, day or taking-on of the kind that the question expects."""
    return holds_kind(line.line.text, line.evidence.date, plan)


def holds_kind(text: str, day: date, plan: Plan) -> bool:
    """Whether a text said on `day` holds a number, day or taking-on of the kind that the question expects."""
    text = without_orders(text)
    return (
        (Expect.NUMBER in plan.expects and bool(numbers_in(text, day)))
        or (Expect.DATE in plan.expects and bool(find_dates(text, day)))
        or (Expect.PERSON in plan.expects and takes_on(text))
    )


def _bearing(line: RankedLine, plan: Plan) -> float:
    """What speaks for a line and against it beside words and meaning."""
    text = line.line.text
    if not without_orders(text):
        return ORDERS
    changing = plan.kind in (Kind.LATEST, Kind.HISTORY) and _CHANGES.search(text) is not None
    return EXPECTED * holds_expected(line, plan) + ASKS * line.asks + CHANGE * changing + OTHERS * (not line.concerns)


def _replying(line: RankedLine, by_key: Mapping[Key, RankedLine]) -> RankedLine:
    """The line with what its being a reply brings it."""
    before = by_key.get((line.evidence.meeting_id, line.line.index - 1))
    if before is None or not before.asks or not without_orders(line.line.text):
        return line
    return replace(line, score=max(line.score, before.score + REPLY))


def _covered(overlap: Overlap, line: RankedLine) -> float:
    """Coverage of the question by the line among its neighbours."""
    near = overlap.matched(spoken(line.line))
    lines = line.evidence.lines
    refers_back = _REFERS_BACK.search(line.line.text) is not None
    for step, weight in NEIGHBOURS:
        if step == -1 and refers_back:
            weight = REFERRED
        if 0 <= line.at + step < len(lines):
            for term, share in overlap.matched(spoken(lines[line.at + step])).items():
                near[term] = max(near.get(term, 0.0), weight * share)
    return overlap.score(near)


def _standardised(cosines: Sequence[float | None]) -> list[float]:
    """Standard scores; a line that was not compared counts as the farthest."""
    known = [cosine for cosine in cosines if cosine is not None]
    if not known:
        return [0.0] * len(cosines)
    array = np.array([min(known) if cosine is None else cosine for cosine in cosines])
    deviation = float(array.std())
    return [0.0] * len(cosines) if deviation < 1e-6 else [float(v) for v in (array - array.mean()) / deviation]
