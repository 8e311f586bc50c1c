"""Two stretches of time that a question compares: this week and the last, since the last meeting, March and April."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.comparison.deltas import Period
from agents.qa.dates import DAY, DateMention, find_dates, month_of, week_of
from agents.qa.time_words import SINCE_AFTER, SINCE_BEFORE, anchor_of


def _cues(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_COMPARES = _cues(
    r"对比|相比|比起|比较一?下?|[比跟和与](?:上|前)|(?:什么|哪些|啥)(?:新的?|主要|重要)?(?:变化|不同|不一样|进展|新(?:的|东西|情况|进展))"
    r"|变化(?:有哪些|是什么|大吗)|(?:变|改)了(?:什么|哪些|啥)|(?:什么|哪些)(?:东西|事情?|地方|内容)?(?:变|改)了"
    r"|\bcompar(?:e|ed|ing|ison)\b|\bversus\b|\bvs\b|\bdiffer(?:s|ent|ence|ences)?\b"
    r"|\bwhat(?:'s|’s| has| have| is)? (?:\w+ )?(?:changed?|new|different|moved)\b|\bwhat (?:\w+ )?changes\b"
    r"|\bany(?:thing)? (?:\w+ )?(?:changed|changes|new)\b"
)
_ELLIPSIS = _cues(
    r"\bthis (?P<unit>week|month)(?P<to>(?:'s|’s)?,? (?:and|with|to|vs\.?|versus|than) (?:the )?(?:last|previous))\b"
    r"(?! week| month)"
)
_LAST_MEETING = _cues(
    r"(?<!上)(?:上|前)一?[次场](?!\S{0,2}以前)|(?:最近|这|前后)两[次场]|两次会"
    r"|\b(?:last|previous) (?:\w+ )?(?:meeting|call|sync|stand-?up|session|time)\b"
    r"|\b(?:last|latest|past|both) (?:two )?(?:meetings|calls|syncs|sessions)\b"
)
_AGAINST_BEFORE = _cues(r"(?:[和跟与比]|相比于?|比起|\b(?:than|to|with|vs\.?|versus|against)) ?(?:the )?$")
_COMPARED_WORDS = (_COMPARES, _LAST_MEETING, _ELLIPSIS)


@dataclass(frozen=True, slots=True)
class TwoPeriods:
    """An earlier and a later stretch of days, and the words of the question that name them."""

    earlier: Period
    later: Period
    rest: str
    """The question without the words that say what is compared with what."""


def two_periods(question: str, days: Sequence[date], today: date) -> TwoPeriods | None:
    """The two periods that a question compares, null when it compares none that hold meetings.

    `days` are those of the meetings in scope. Relative words count from today; where that names a time without a
    meeting, from the latest meeting.
    """
    if not days or not _COMPARES.search(question):
        return None
    calendar = sorted(set(days))
    whole = _ELLIPSIS.sub(lambda match: f"this {match['unit']}{match['to']} {match['unit']}", question)
    for anchor in dict.fromkeys((anchor_of(calendar, today), calendar[-1])):
        found = _named(whole, calendar, anchor)
        if found and all(any(period.holds(day) for day in calendar) for period in found):
            return TwoPeriods(*found, _rest(whole, find_dates(whole, anchor)))
    if _LAST_MEETING.search(whole) and len(calendar) > 1:
        last = [Period(day, day) for day in calendar[-2:]]
        return TwoPeriods(last[0], last[1], _rest(whole, []))
    return None


def _named(question: str, calendar: Sequence[date], anchor: date) -> tuple[Period, Period] | None:
    """The periods that the dates of the question name; of one date alone what follows it, or what lies before."""
    mentions = [one for one in find_dates(question, anchor) if one.first <= anchor]
    spans = sorted({(one.first, one.last) for one in mentions})
    if len(spans) == 2:
        (first, last), (again, end) = spans
        return (Period(first, last), Period(again, end)) if last < again else None
    if len(spans) != 1:
        return None
    mention = mentions[0]
    before, after = question[: mention.start], question[mention.end :]
    if SINCE_BEFORE.search(before) or _AGAINST_BEFORE.search(before) or SINCE_AFTER.match(after):
        until = max(anchor, calendar[-1])
        first = calendar[0] if mention.is_day else mention.first
        return (Period(first, mention.last), Period(mention.last + DAY, until)) if mention.last < until else None
    earlier = _before(mention, calendar)
    return (earlier, Period(mention.first, mention.last)) if earlier else None


def _before(mention: DateMention, calendar: Sequence[date]) -> Period | None:
    """What lies before a day, a week or a month: the meeting, the week or the month before."""
    first, last = mention.first, mention.last
    if mention.is_day:
        earlier = [day for day in calendar if day < first]
        return Period(earlier[-1], earlier[-1]) if earlier else None
    if (first, last) == week_of(first):
        return Period(*week_of(first - DAY))
    if (first, last) == month_of(first.year, first.month):
        return Period(*month_of(first.year, first.month - 1))
    return None


def _rest(question: str, mentions: Sequence[DateMention]) -> str:
    left = list(question)
    for mention in mentions:
        left[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = "".join(left)
    for cues in _COMPARED_WORDS:
        rest = cues.sub(" ", rest)
    return rest
