"""Meetings made of sentences whose numbers, days and names are known without reading them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

PEOPLE = ("Ann Lee", "Bo Park", "王芳", "李明")
DAYS = (date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4))
"""The days of the meetings, over the end of a year."""

_THINGS = ("rollback script", "pricing page", "supplier audit", "上线方案", "报价单", "试点名单")
_SENTENCES = (
    "I'll send the {thing} by {english}.",
    "{name}, can you finish the {thing} by {english}?",
    "Yes, I'll do that.",
    "{name} will take over the {thing}.",
    "We decided to spend {number} thousand on the {thing}.",
    "Let's go with {number} seats for the {thing} instead.",
    "The {thing} is done.",
    "The {thing} slips, make it {english}.",
    "The error rate of the {thing} is {number}%.",
    "There is a risk that the {thing} runs out by {english}.",
    "Who signs the {thing}?",
    "Nobody spoke of it.",
    "我来写{thing}，{chinese}之前给大家。",
    "{name}，{thing}你{chinese}能给吗？",
    "可以，没问题。",
    "{thing}改由{name}来跟。",
    "我们定了，{thing}的预算是{number}万。",
    "{thing}还是按{number}个来，之前的不算。",
    "{thing}已经做完了。",
    "{thing}要推到{chinese}。",
    "{thing}的转化率现在是{number}%。",
    "有个风险，{thing}可能{chinese}就不够了。",
    "{thing}谁来签字？",
    "好的。",
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Said:
    """A line: who says it, its words, and the people and the days that they name."""

    speaker: str | None
    text: str
    people: frozenset[str]
    days: frozenset[date]

    @property
    def numbers(self) -> frozenset[str]:
        """Every number that its words show."""
        return frozenset(_NUMBER.findall(self.text))


Meetings = Sequence[tuple[date, Sequence[Said]]]


@st.composite
def _line(draw: st.DrawFn, day: date) -> Said:
    sentence = draw(st.sampled_from(_SENTENCES))
    due = day + timedelta(days=draw(st.integers(2, 40)))
    name = draw(st.sampled_from(PEOPLE))
    text = sentence.format(
        thing=draw(st.sampled_from(_THINGS)),
        number=draw(st.integers(11, 999)),
        name=name,
        english=f"{due:%B} {due.day}",
        chinese=f"{due.month}月{due.day}号",
    )
    dated = "{english}" in sentence or "{chinese}" in sentence
    speaker = draw(st.one_of(st.none(), st.sampled_from(PEOPLE)))
    return Said(speaker, text, frozenset([name] if "{name}" in sentence else []), frozenset([due] if dated else []))


@st.composite
def meetings(draw: st.DrawFn) -> Meetings:
    """Two to four meetings, a week apart, of up to twelve lines each."""
    days = DAYS[: draw(st.integers(2, len(DAYS)))]
    return [(day, draw(st.lists(_line(day), min_size=1, max_size=12))) for day in days]


def numbers_in(text: str) -> set[str]:
    """Every number that a text shows."""
    return set(_NUMBER.findall(text))
