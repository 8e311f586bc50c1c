"""Whether the picked lines can answer at all, from what the question names and what kind of fact it wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from agents.qa.dates import find_dates
from agents.qa.language import has_han
from agents.qa.plan import Expect, Plan
from agents.qa.rank import RankedLine, asks, spoken
from agents.qa.select import Pick
from agents.qa.spans import numbers_in
from agents.qa.words import Overlap, content_terms, han_nouns

LEAST_COVERAGE = 0.25
"""From this share of the question's words near the best line on, in one language, something was found, however far in
meaning the lines are."""
AROUND = 2
"""How many lines before and after a pick may name what it is about."""

_NAME = re.compile(r"(?<![A-Za-z0-9])[a-z]*[A-Z][A-Za-z0-9]*")
_FOCUS = re.compile(
    r"(?:什么时候|多久|哪天|几号)的(?P<a>[\u3400-\u9fff]{2,4})"
    r"|(?P<b>[\u3400-\u9fff]{2,6})(?:现在|目前)?(?:是|有|要|为)?多少"
    r"|(?:多少|几)个?(?P<c>[\u3400-\u9fff]{2,4})"
    r"|哪个(?P<d>[\u3400-\u9fff]{2,4})"
    r"|\bhow many (?P<e>(?:[a-z-]+ ){1,3}?)(?:are|were|is|was|did|do|does|have|has|had|will|can|could|would|should)\b"
    r"|\bwhat (?:is the |was the |are the |were the )?(?P<f>[a-z-]+(?: [a-z-]+){0,2}?)"
    r"(?= (?:of|for|on|in|did|does|do|was|were|is|are|has|have|had|will|we|they)\b|\?|$)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"多少钱|价格|报价|费用|成本|预算|\b(?:price|cost|budget|spend|pay|fee)\b", re.IGNORECASE)
_RESULT = re.compile(r"决定|结论|结果|方案|\b(?:decision|decided|outcome|conclusion|result)\b", re.IGNORECASE)
# What happened is often told without a day, because it was told on the day or just after.
_PAST = re.compile(
    r"\bwhen(?:'d|’d)?\b[^?]*\b(?:did|was|were|had)\b|(?:什么时候|何时|哪天|哪一天|几号)[^?？]*(?:了|过|的)[?？。]?$",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    r"(?:还|都|仍|先|就)?(?:没|未|不)(?:有)?(?:定|想好|决定|确定|统一|谈|约|结论|消息)|待定|再说|再议|先放着|先挂着|先记着"
    r"|等.{1,6}(?:拍|定|批|回来)|不知道|\bnot? (?:yet|decided|booked|sure|set|confirmed|know\w*)\b"
    r"|\b(?:n't|not) (?:\w+ )?(?:yet|decided|booked|know)\b"
    r"|\bno (?:idea|decision|answer)\b|\bpark it\b|\bundecided\b|\bstill open\b|\btbd\b|\bwait for\b",
    re.IGNORECASE,
)


FACTS = frozenset({Expect.NUMBER, Expect.DATE, Expect.PERSON})


class Missing(StrEnum):
    """Why there is no answer."""

    NOTHING = "nothing was found"
    SUBJECT = "what was asked about is not spoken of"
    FACT = "the kind of fact asked for is not said"
    UNDECIDED = "it is left open"


def find_missing(
    question: str,
    plan: Plan,
    overlap: Overlap,
    lines: Sequence[RankedLine],
    picks: Sequence[Pick],
    *,
    related: bool,
) -> Missing | None:
    """Why the picks do not answer, or null when they may. `lines` come best first; `related` is false when not even
    the nearest is near in meaning.

    When the question names people, the best line has to be about one of them. Words are compared only when question
    and picks share a script: across languages meaning alone has found them.
    """
    if not picks:
        return Missing.NOTHING
    if has_han(question) == has_han(" ".join(pick.evidence.quote for pick in picks)):
        if not related and max(pick.coverage for pick in picks) < LEAST_COVERAGE:
            return Missing.NOTHING
        if not (_focus_stands(question, overlap, lines) and _names_stand(question, overlap, lines, picks)):
            return Missing.SUBJECT
    if not lines[0].concerns:
        return Missing.SUBJECT
    if Expect.YES_NO in plan.expects:
        return None
    if _lacks_fact(question, plan, picks):
        return Missing.UNDECIDED if any(_left_open(pick) for pick in picks) else Missing.FACT
    newest = max(picks, key=lambda pick: (pick.evidence.date, pick.score))
    asked_result = _RESULT.search(question) is not None and not plan.expects & (FACTS | {Expect.REASON})
    return Missing.UNDECIDED if asked_result and _left_open(newest) else None


def _focus_stands(question: str, overlap: Overlap, lines: Sequence[RankedLine]) -> bool:
    """Whether anybody says the noun whose number, day or nature is asked for."""
    match = _FOCUS.search(question)
    if match is None:
        return True
    focus = next(group for group in match.groups() if group)
    nouns = (han_nouns(focus) if has_han(focus) else content_terms(focus))[-1:]
    return all(any(overlap.stands(noun, spoken(line.line)) for line in lines) for noun in nouns)


def _names_stand(question: str, overlap: Overlap, lines: Sequence[RankedLine], picks: Sequence[Pick]) -> bool:
    """Whether each proper name of the question stands in or around some pick."""
    begins = 0 if has_han(question) else 1
    names = [term for match in _NAME.finditer(question, begins) for term in content_terms(match.group())]
    if not names:
        return True
    picked = {(pick.evidence.meeting_id, line.index) for pick in picks for line in pick.evidence.lines}
    near = "\n".join(
        spoken(other)
        for line in lines
        if line.key in picked
        for other in line.evidence.lines[max(0, line.at - AROUND) : line.at + AROUND + 1]
    )
    return all(overlap.stands(name, near) for name in names)


def _lacks_fact(question: str, plan: Plan, picks: Sequence[Pick]) -> bool:
    wanted = plan.expects & {Expect.NUMBER, Expect.DATE}
    if not wanted or (Expect.DATE in wanted and _PAST.search(question)):
        return False
    price = _PRICE.search(question) is not None
    for pick in picks:
        day = pick.evidence.date
        for line in pick.evidence.lines:
            numbers = [n for n in numbers_in(line.text, day) if not (price and n.percent)]
            if (Expect.NUMBER in wanted and numbers) or (Expect.DATE in wanted and find_dates(line.text, day)):
                return False
    return True


def _left_open(pick: Pick) -> bool:
    return any(_UNDECIDED.search(line.text) for line in pick.evidence.lines if not asks(line.text))
