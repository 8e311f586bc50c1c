"""By when something is promised: the dates that a promise is tied to, never another date of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from agents.ledger.domain import Due
from agents.qa.dates import DateMention, find_dates

_BEFORE = re.compile(
    r"(?:\b(?:by|before|until|till|due|on|for|to)|\b(?:by|until|till|before|on|to) (?:the|this|next|say|about)|改到|"
    r"改成|延到|推到|挪到|到|给我到)"
    r"[ ,，]*(?:\w+day,? )?(?:the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s?(?:之前|以前|前|给|出|交|做|打|发|写|弄|整理|完成|跟|能给|能交|初稿|上线|就)")
_END = re.compile(r"底|末|\bend\b", re.IGNORECASE)


def find_due(sentences: Sequence[str], line: int, day: date) -> Due | None:
    """The date that the sentences of a promise set, or null when they set none.

    `sentences` stand in the line with index `line`, said on `day`; the first is the promise itself. A day that is
    called by its number wins over a weekday beside it; a day behind the meeting's is never due.
    """
    for sentence in sentences:
        mentions = [m for m in find_dates(sentence, day) if _ahead(m, day)]
        if mentions:
            best = max(mentions, key=lambda m: (_tied(sentence, m), m.named, m.start))
            return Due(best.last, best.text, line)
    return None


def _ahead(mention: DateMention, day: date) -> bool:
    return mention.last >= day and (mention.is_day or _END.search(mention.text) is not None)


def _tied(sentence: str, mention: DateMention) -> bool:
    before, after = sentence[: mention.start], sentence[mention.end :]
    return bool(_BEFORE.search(before[-24:]) or _AFTER.match(after[:8]))
