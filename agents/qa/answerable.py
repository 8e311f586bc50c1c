"""Whether the picked lines can answer at all, from what the question names and what kind of fact it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from agents.qa.dates import find_dates
from agents.qa.language import has_han
from agents.qa.plan import Expect, Plan
from agents.qa.rank import RankedLine, asks, spoken
from agents.qa.select import Pick
from agents.qa.spans import numbers_in, people_in
from agents.qa.words import Overlap, content_terms, han_nouns

LEAST_COVERAGE = 0.2
"""Below this share of the question's words near the best line, in one language, nothing was found."""
LEAST_FOR_FACT = 0.3
"""The same where a number, a day or a person is asked for: those stand in many lines about other things."""
SURE_COVERAGE = 0.6
"""From this share on, one noun that nobody said may be the asker's own word for the thing."""

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
    people: Iterable[str],
) -> Missing | None:
    """Why the picks do not answer, or null when they may.

    Words are compared only when question and picks share a script: across languages meaning alone has found them.
    """
    if not picks:
        return Missing.NOTHING
    same_script = has_han(question) == has_han(" ".join(pick.evidence.quote for pick in picks))
    if same_script:
        coverage = max(pick.coverage for pick in picks)
        if coverage < (LEAST_FOR_FACT if plan.expects & FACTS else LEAST_COVERAGE):
            return Missing.NOTHING
        unsaid_matters = bool(plan.expects & FACTS) and coverage < SURE_COVERAGE
        if (unsaid_matters and _unsaid_noun(question, overlap, lines)) or not _subject_stands(
            question, overlap, lines, people
        ):
            return Missing.SUBJECT
    if Expect.YES_NO in plan.expects:
        return None
    if _lacks_fact(question, plan, picks):
        return Missing.UNDECIDED if any(_left_open(pick) for pick in picks) else Missing.FACT
    newest = max(picks, key=lambda pick: (pick.evidence.date, pick.score))
    asked_result = _RESULT.search(question) is not None and not plan.expects & (FACTS | {Expect.REASON})
    return Missing.UNDECIDED if asked_result and _left_open(newest) else None


def _subject_stands(question: str, overlap: Overlap, lines: Sequence[RankedLine], people: Iterable[str]) -> bool:
    """Whether some stretch of talk speaks of the question's key words: its focus and the proper names in it."""
    keys = _key_terms(question, set(people_in(question, people)))
    if not keys:
        return True
    for line in lines:
        around = line.evidence.lines[max(0, line.at - 2) : line.at + 3]
        text = "\n".join(f"{near.speaker or ''} {near.text}" for near in around)
        if all(overlap.stands(term, text) for term in keys):
            return True
    return False


def _unsaid_noun(question: str, overlap: Overlap, lines: Sequence[RankedLine]) -> bool:
    nouns = han_nouns(question)
    return any(not any(overlap.stands(noun, spoken(line.line)) for line in lines) for noun in nouns)


def _key_terms(question: str, people: set[str]) -> list[str]:
    keys: list[str] = []
    if match := _FOCUS.search(question):
        focus = next(group for group in match.groups() if group)
        keys += (han_nouns(focus) if has_han(focus) else content_terms(focus))[-1:]
    for match in re.finditer(r"\b[A-Z][A-Za-z0-9]+\b", question):
        if match.start() > 0 and not people:
            keys += content_terms(match.group())
    return list(dict.fromkeys(keys))


def _lacks_fact(question: str, plan: Plan, picks: Sequence[Pick]) -> bool:
    wanted = plan.expects & {Expect.NUMBER, Expect.DATE}
    if not wanted:
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
