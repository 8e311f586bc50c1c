"""Whether an answer states a value that no longer holds as if it did; strings alone, in doubt for the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from agents.qa.dates import find_dates

_SENTENCE = re.compile(r"(?<=[。！？；;\n])|(?<=[.!?])\s+")
_PAST_EN = (
    "at first|been|changed|cut|dropped|earlier|first|former|formerly|from .* to|had|increased|initial|initially|"
    "instead|later|lowered|moved|no longer|not|old|once|original|originally|postponed|previous|previously|prior|"
    "pulled|pushed|raised|rather|re-?dated|reduced|replaced|rescheduled|reversed|reverted|revised|shifted|slipped|"
    "superseded|then|until|up from|updated|used to|was|were|withdrawn"
)
_PAST_ZH = (
    "上一|上次|上周|下调|上调|不再|不是|之前|以前|此前|先前|先是|先定|先批|前者|取代|代替|替换|变成|变为|变更|改为|"
    "改了|改到|改变|改成|改期|改由|更改|修改|加到|加至|增加|增至|后来|随后|当初|当时|并非|而不|而非|推翻|推迟|提前|"
    "提到|提高|降为|降到|降至|旧|最初|最早|起初|曾|没有|调到|调整|过去|顺延|延后|延期|首次|原先|原定|原是|原本|原来|"
    "原为|原计划|从.*[到至]"
)
_MARKED = re.compile(rf"\b(?:{_PAST_EN})\b|{_PAST_ZH}", re.IGNORECASE)

_SOURCE = re.compile(
    r"\d+月\d+[日号]?的?(?:会议|例会|周会|会上)|"
    r"\bmeeting (?:of|on|from) [a-z]+\.? \d+|\b[a-z]+\.? \d+(?:st|nd|rd|th)? meeting",
    re.IGNORECASE,
)
"""The day of the meeting that a sentence tells from, which is no value."""


def stated_as_current(lead: Iterable[str], superseded: Sequence[str], current: date | None) -> bool:
    """Whether a sentence of the lead holds an old value with nothing in it that marks it as past.

    `superseded` are entries of spellings with `|` between them; `current` is the day since when the new value holds.
    Marked is a sentence with a word of the past or of change, or with a named day before `current`, beside the value.
    """
    spellings = [spelling for entry in superseded for spelling in entry.split("|") if spelling.strip()]
    sentences = [sentence for text in lead for sentence in _SENTENCE.split(text)]
    return any(_states(sentence, spelling, current) for sentence in sentences for spelling in spellings)


def _states(sentence: str, spelling: str, current: date | None) -> bool:
    value = _pattern(spelling)
    rest = value.sub(" ", sentence)
    if not value.search(_SOURCE.sub(" ", sentence)) or _MARKED.search(rest):
        return False
    return current is None or not any(
        mention.named and mention.first < current for mention in find_dates(rest, current)
    )


def _pattern(spelling: str) -> re.Pattern[str]:
    """The spelling with any spaces, not inside a longer number or Latin word."""
    letters = r"\s*".join(re.escape(letter) for letter in spelling if not letter.isspace())
    return re.compile(rf"(?<![\d.,A-Za-z]){letters}(?![A-Za-z]|[.,]?\d)", re.IGNORECASE)
