"""Lines of the evidence by how likely they answer: words, meaning, the kind of fact asked for, and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from agents.qa.dates import find_dates
from agents.qa.orders import without_orders
from agents.qa.plan import Expect, Kind, Plan
from agents.qa.spans import numbers_in
from agents.qa.words import Overlap
from ingestion.text.language import words
from retrieval.domain import Evidence, Line

NEIGHBOURS = ((-1, 0.6), (-2, 0.4), (1, 0.4))
"""How much of a neighbouring line's words count for a line: talk names its subject once, then goes on."""
REFERRED = 0.9
"""How much of the line before counts when a line refers back (she, that, 他)."""
MEANING = 0.1
"""Weight of one standard deviation of cosine beside a whole coverage of the question's words."""
EXPECTED = 0.12
"""Added to a line that holds the kind of fact asked for, taken from one that only asks."""
ORDERS = 0.3
"""Share of its score that a line keeps which only gives orders to a machine."""
REPLY = 0.9
"""Share of a question's score that the line after it inherits."""

COMPARED_WORDS, COMPARED_WORDS_ASTRAY = 500, 1200
"""Words of lines whose meaning is compared, and how many where no line says most of the question's words, as across
languages: embedding more takes longer than people wait."""
COMPARED_CHARACTERS = 400
"""How much of one line is compared."""
POINTING = 0.5
"""Share of the question's words from which on a line points to the answer."""
CHANGE = 0.1
"""Added to a line that changes something, when the newest state or its history is asked for."""

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
Cosines = Callable[[Sequence[str]], Sequence[float]]
"""How near texts are in meaning to the question, one cosine each."""


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


def rank_lines(plan: Plan, overlap: Overlap, lines: Sequence[RankedLine], cosines: Cosines | None) -> list[RankedLine]:
    """`lines` scored, best first; without `cosines` by words alone."""
    covered = {line.key: _covered(overlap, line) for line in lines}
    meaning = _meaning(lines, covered, cosines) if cosines else {}
    lowest = min(meaning.values(), default=0.0)
    scored = [
        replace(
            line,
            coverage=covered[line.key][1],
            score=sum(covered[line.key]) / 2 + MEANING * meaning.get(line.key, lowest),
        )
        for line in lines
    ]
    by_key = {line.key: line for line in scored}
    return sorted((_adjusted(line, by_key, plan) for line in scored), key=lambda line: -line.score)


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


def _adjusted(line: RankedLine, by_key: dict[Key, RankedLine], plan: Plan) -> RankedLine:
    if not without_orders(line.line.text):
        return replace(line, score=ORDERS * line.score)
    score = line.score + (EXPECTED if holds_expected(line, plan) else 0.0)
    if plan.kind in (Kind.LATEST, Kind.HISTORY) and _CHANGES.search(line.line.text):
        score += CHANGE
    if line.asks:
        return replace(line, score=score - EXPECTED)
    before = by_key.get((line.evidence.meeting_id, line.line.index - 1))
    if before is not None and before.asks:
        score = max(score, REPLY * before.score)
    return replace(line, score=score)


def _meaning(
    lines: Sequence[RankedLine], covered: Mapping[Key, tuple[float, float]], cosines: Cosines
) -> dict[Key, float]:
    """Standard scores of the cosines of the lines that say most of the question's words, then of the best evidence."""
    chosen: list[RankedLine] = []
    pointed = any(own >= POINTING for own, _ in covered.values())
    left = float(COMPARED_WORDS if pointed else COMPARED_WORDS_ASTRAY)
    for line in sorted(lines, key=lambda line: (-sum(covered[line.key]), -line.evidence.score)):
        left -= words(line.line.text[:COMPARED_CHARACTERS])
        if left < 0:
            break
        chosen.append(line)
    values = cosines([line.line.text[:COMPARED_CHARACTERS] for line in chosen])
    return {line.key: value for line, value in zip(chosen, _standardised(values), strict=True)}


def _covered(overlap: Overlap, line: RankedLine) -> tuple[float, float]:
    """Coverage of the question by the line alone and by the line among its neighbours."""
    own = overlap.matched(spoken(line.line))
    near = dict(own)
    lines = line.evidence.lines
    refers_back = _REFERS_BACK.search(line.line.text) is not None
    for step, weight in NEIGHBOURS:
        if step == -1 and refers_back:
            weight = REFERRED
        if 0 <= line.at + step < len(lines):
            for term, share in overlap.matched(spoken(lines[line.at + step])).items():
                near[term] = max(near.get(term, 0.0), weight * share)
    return overlap.score(own), overlap.score(near)


def _standardised(values: Sequence[float]) -> list[float]:
    array = np.asarray(values, dtype=np.float64)
    deviation = float(array.std())
    return [0.0] * len(values) if deviation < 1e-6 else [float(v) for v in (array - array.mean()) / deviation]
