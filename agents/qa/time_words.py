"""Time words of a question as a restriction on meetings: 上周会上, since March, in the first meeting.

Only words that say *which meetings* are asked about restrict. A date that is part of what is asked (3月28号的切换,
"by March 18") must not hide the meetings where it was spoken of, so a calendar day counts only when a meeting was held
on it and the question speaks of that meeting or of what was said there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from agents.qa.dates import DateMention, find_dates, week_of
from agents.qa.language import language_of
from agents.qa.numbers import HAN_NUMBER, ORDINAL, han_value, ordinal_value

_T = TypeVar("_T")

FRESH = timedelta(days=14)
"""Relative words count from today while the latest meeting is at most this old, else from that meeting."""

_MEETING_AFTER = re.compile(
    r"(?:\s?(?:的|那天|那次|那场|当天|开的|召开的|这次|这场|上午|下午)){0,2}\s?\S{0,2}?(?:会议|会上|会里|会中|周会|例会|晨会|的会)"
    r"|(?:'s|’s)? (?:\w+ )?(?:meeting|call|sync|stand-?up|session)\b",
    re.IGNORECASE,
)
_MEETING_BEFORE = re.compile(r"\b(?:meeting|call|sync|stand-?up|session)s? (?:on|of|from|held on) (?:the )?$", re.I)
_SAID_AFTER = re.compile(
    r"(?:\s?(?:我们|大家|时|当时|那天|都|又|又一次|一共|是|里|份|的时候)){0,2}\s?(?:说|提|讨论|决定|定了|定的|讲|聊|谈|汇报|报告|问|认领|承诺|开会)"
)
_SAID = re.compile(
    r"\b(?:say|said|discuss\w*|decide[ds]?|mention\w*|talk\w*|agree[ds]?|raise[ds]?|report(?:ed)?|promise[ds]?|"
    r"asked|committed|happen\w*|promises|agreed|came up|come up|brought up)\b",
    re.IGNORECASE,
)
SINCE_AFTER = re.compile(r"\s?(?:以来|之后|以后|至今|到现在|到目前)")
SINCE_BEFORE = re.compile(r"\b(?:since|from|after) (?:the )?$", re.IGNORECASE)
"""What stands after or before a day from which on something is asked for."""
_IN_BEFORE = re.compile(r"\b(?:in|during|of|on|from|over|for) (?:the )?$", re.IGNORECASE)
_TO = re.compile(r"^\s?(?:到|至|和|与|~|-|–|—|to|and|until|through)\s?(?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from) (?:the )?$|(?:从|在|自)?$", re.IGNORECASE)
_DEADLINE = re.compile(r"\b(?:by|before|until|till|due|for) (?:the )?$", re.IGNORECASE)
_DEADLINE_AFTER = re.compile(r"\s?(?:之前|以前|前|开始|起|截止|到期)")
_COMPARISON = re.compile(r"相比|对比|比起|[比跟和与](?:上|前)|\bthan\b|\bcompared?\b|\bversus\b|\bvs\b", re.IGNORECASE)

_NTH = re.compile(
    rf"第(?P<n>\d{{1,3}}|{HAN_NUMBER}{{1,3}})(?:次|场|个)(?:\S{{0,2}}会|开会)"
    rf"|\b(?P<o>{ORDINAL}) (?:\w+ )?(?:meeting|call|sync|stand-?up|session)\b",
    re.IGNORECASE,
)
_NTH_WEEK = re.compile(
    rf"第(?P<n>\d{{1,3}}|{HAN_NUMBER}{{1,3}})(?:周|个?星期)|\b(?:week (?P<d>\d{{1,2}})|(?P<o>{ORDINAL}) week)\b", re.I
)
_FIRST = re.compile(
    r"首次(?:\S{0,2}会|开会)|最早(?:的|那次|一次)\S{0,3}会|\bkick-?off(?: meeting| call)?\b", re.IGNORECASE
)
_BEFORE_LAST = re.compile(r"上上次(?:\S{0,2}会|开会)?|\b(?:meeting|call) before (?:the )?last\b", re.IGNORECASE)
_LAST = re.compile(
    r"(?<!上)(?:上|前)一?次(?:的?\S{0,2}会|开会)|最[近新后]的?(?:一次|一场|那次)?的?\S{0,2}?(?:会议|周会|例会|会上|的会|次会)"
    r"|\b(?:last|latest|most recent|previous|newest) (?:\w+ )?(?:meeting|call|sync|stand-?up|session)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeScope:
    """The days whose meetings a question is about, first and last included, and a note that says how it was read."""

    first: date
    last: date
    note: str


def resolve_time(question: str, days: Sequence[date], today: date) -> TimeScope | None:
    """The restriction that the time words of `question` make, or null when they make none.

    `days` are the dates of the meetings in scope. A restriction that no meeting meets is returned all the same.
    """
    if not days:
        return None
    calendar = sorted(set(days))
    anchor = anchor_of(calendar, today)
    spans = _ordinal_spans(question, calendar) or _dated_spans(question, calendar, anchor)
    if not spans:
        return None
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    counted = anchor if anchor != today and any(span.relative for span in spans) else None
    return TimeScope(first, last, _note(question, [span.text for span in spans], first, last, counted))


def anchor_of(days: Sequence[date], today: date) -> date:
    """The day from which relative words count: today while the latest meeting is fresh, else that of the latest."""
    latest = max(days, default=today)
    return today if timedelta(0) <= today - latest <= FRESH else latest


@dataclass(frozen=True, slots=True)
class _Span:
    text: str
    first: date
    last: date
    relative: bool = False


def _ordinal_spans(question: str, calendar: Sequence[date]) -> list[_Span]:
    spans = [
        _Span(match.group(), day, day)
        for match in _NTH.finditer(question)
        if (day := _at(calendar, _count(match["n"], match["o"])))
    ]
    weeks = sorted({week_of(day) for day in calendar})
    spans += [
        _Span(match.group(), *week)
        for match in _NTH_WEEK.finditer(question)
        if (week := _at(weeks, _count(match["n"] or match["d"], match["o"])))
    ]
    for pattern, position in ((_FIRST, 0), (_BEFORE_LAST, -2), (_LAST, -1)):
        match = pattern.search(question)
        if match and -len(calendar) <= position:
            spans.append(_Span(match.group(), calendar[position], calendar[position]))
    return spans


def _at(items: Sequence[_T], number: int | None) -> _T | None:
    return items[number - 1] if number and number <= len(items) else None


def _count(cardinal: str | None, ordinal: str | None) -> int | None:
    if ordinal:
        return ordinal_value(ordinal)
    if cardinal is None or cardinal.isdigit():
        return int(cardinal) if cardinal else None
    value = han_value(cardinal)
    return None if value is None else int(value)


def _dated_spans(question: str, calendar: Sequence[date], anchor: date) -> list[_Span]:
    mentions = find_dates(question, anchor)
    for left, right in pairwise(mentions):
        joined = _TO.match(question[left.end : right.start]) and _BETWEEN.search(question[: left.start])
        if joined and _held(calendar, left.first, right.last):
            return [_Span(question[left.start : right.end], left.first, right.last)]
    spans: list[_Span] = []
    for mention in mentions:
        before, after = question[: mention.start], question[mention.end :]
        if SINCE_AFTER.match(after) or SINCE_BEFORE.search(before):
            spans.append(_Span(mention.text, mention.first, calendar[-1], not mention.named))
        elif _scopes(mention, before, after, question, calendar, anchor):
            spans.append(_Span(mention.text, mention.first, mention.last, not mention.named))
    return spans


def _scopes(
    mention: DateMention, before: str, after: str, question: str, calendar: Sequence[date], anchor: date
) -> bool:
    """Whether the mention says which meetings are asked about."""
    if _MEETING_AFTER.match(after) or _MEETING_BEFORE.search(before):
        return True
    if mention.first > anchor or _DEADLINE.search(before) or _DEADLINE_AFTER.match(after):
        return False
    held = _held(calendar, mention.first, mention.last)
    if not mention.named:
        return not _COMPARISON.search(question) and (held or mention.first < anchor)
    said = _SAID_AFTER.match(after) or (_IN_BEFORE.search(before) and _SAID.search(question))
    return bool(said) and held


def _held(calendar: Sequence[date], first: date, last: date) -> bool:
    return any(first <= day <= last for day in calendar)


def _note(question: str, words: Sequence[str], first: date, last: date, anchor: date | None) -> str:
    period = f"{first}" if first == last else f"{first} – {last}"
    said = dict.fromkeys(words)
    if language_of(question) == "zh":
        counted = f"，按最近一次会议 {anchor} 推算" if anchor else ""
        return f"“{'、'.join(said)}”理解为 {period}{counted}"
    counted = f", counted from the latest meeting on {anchor}" if anchor else ""
    return f'"{", ".join(said)}" was read as {period}{counted}'
