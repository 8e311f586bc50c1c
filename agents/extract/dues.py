"""By when something is promised: the dates that a promise is tied to, never another date of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from agents.ledger.domain import Due
from agents.qa.dates import DateMention, find_dates

_WEEK = timedelta(days=6)
_MONTH = timedelta(days=31)
_TO_FRIDAY = timedelta(days=4)
_BEFORE = re.compile(
    r"(?:\b(?:by|before|until|till|due|on|for|to)|\b(?:by|until|till|before|on|to) (?:the|this|next|say|about)|改到|"
    r"改成|延到|推到|挪到|到|给我到)"
    r"[ ,，]*(?:\w+day,? )?(?:the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s?(?:之前|以前|前|给|出|交|做|打|发|写|弄|整理|完成|跟|能给|能交|初稿|上线|就)")
_STRETCH_AFTER = re.compile(
    r"\s?(?:之?内|里)?(?:就|前|之前|给|出|交|做|打|发|写|弄|整理|改|换|查|完成|搞定|能|可以|我|把|[，。！；]|$)|"
    r"\s*(?:[.,;!]|$|at the latest\b|too\b|then\b|and\b)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"\b(?:for|of|from|about|since|during|than)(?: the)? $|[从对为跟]$", re.IGNORECASE)
_OF_MONTH = re.compile(r"\s?[底末]")
_END_OF = re.compile(r"\bend of $", re.IGNORECASE)
_END = re.compile(r"底|末|\bend\b", re.IGNORECASE)


def find_due(sentences: Sequence[str], line: int, day: date) -> Due | None:
    """The date that the sentences of a promise set, or null when they set none.

    `sentences` stand in the line with index `line`, said on `day`; the first is the promise itself. A day that is
    called by its number wins over a weekday beside it; a day behind the meeting's is never due. Where only a stretch
    is said ("this week", "by next month", 3月底) its last day is due; the last day of a week is its Friday, as people
    speak of working weeks, and its Sunday when the Friday is over.
    """
    for sentence in sentences:
        mentions = [due for mention in find_dates(sentence, day) if (due := _due_of(sentence, mention, day))]
        if mentions:
            best = max(mentions, key=lambda m: (m.is_day, _tied(sentence, m), m.named, m.start))
            return Due(best.last, best.text, line)
    return None


def _due_of(sentence: str, mention: DateMention, day: date) -> DateMention | None:
    """The mention with its last day as the one that is due, null when it sets none."""
    before, after = sentence[: mention.start], sentence[mention.end :]
    end = _OF_MONTH.match(after) if mention.named else None
    if mention.last < day or mention.is_day or _END.search(mention.text):
        return mention if mention.last >= day else None
    if mention.named and not end and not _END_OF.search(before):
        return None
    if not mention.named and (mention.last - mention.first > _MONTH or _NOT_BEFORE.search(before)):
        return None
    if not mention.named and not (_STRETCH_AFTER.match(after) or _BEFORE.search(before[-24:])):
        return None
    friday = mention.first + _TO_FRIDAY
    is_week = mention.last - mention.first == _WEEK
    return replace(
        mention,
        last=friday if is_week and friday >= day else mention.last,
        text=mention.text + (end.group() if end else ""),
        end=mention.end + (end.end() if end else 0),
    )


def _tied(sentence: str, mention: DateMention) -> bool:
    before, after = sentence[: mention.start], sentence[mention.end :]
    return bool(_BEFORE.search(before[-24:]) or _AFTER.match(after[:8]))
