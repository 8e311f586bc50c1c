"""What a question stands on before anything is searched: its full wording, its people, its meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NotRequired, TypedDict

from agents.qa.language import has_han, language_of
from agents.qa.spans import people_in
from agents.qa.time_words import TimeScope, resolve_time
from agents.qa.words import content_terms
from ingestion.domain import SearchFilter

_ELLIPSIS = re.compile(
    r"^(?:那么?|还有|另外|然后|所以)|^(?:为什么|为何|什么时候|谁|多少|怎么说|原因)\S{0,3}[?？]?$|^.{0,6}呢[?？]?$"
    r"|^(?:and|but|so|what about|how about|why|when|who|where|how much|how many|since when|by whom)\b[^.]{0,25}\??$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"[他她它]们?|这个|那个|这件|那件|这事|那事|\b(?:he|she|it|they|him|her|them|that|this|those|its)\b", re.I
)
_PERSON_PRONOUN = re.compile(r"[他她]们?|\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_FEW_TERMS = 3


class Turn(TypedDict):
    """One earlier question of a conversation, as its memory keeps it. `private` says that it was about a private
    project, among others or alone; so is one of which nothing is said."""

    question: str
    standalone: str
    people: list[str]
    private: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known of the meetings that a filter matches, read once for a question.

    `days` are the dates of those that can be searched, `failed` the ids of those whose ingest failed, `people` the
    known names, `private` whether any of their projects may not reach a remote model, `projects` the names of all.
    """

    days: tuple[date, ...]
    people: tuple[str, ...]
    failed: tuple[str, ...]
    private: bool
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A question made whole: what to search for, where, whom it names, and notes for the reader."""

    question: str
    standalone: str
    where: SearchFilter
    named: tuple[str, ...]
    people: tuple[str, ...]
    time: TimeScope | None
    notes: tuple[str, ...] = ()


def make_scope(question: str, history: Sequence[Turn], where: SearchFilter, facts: MeetingFacts, today: date) -> Scope:
    """The scope of a question. Dates given by the caller rule over time words of the question."""
    named = people_in(question, facts.people)
    standalone = make_standalone(question, history, named)
    time = None if where.since or where.until else resolve_time(question, facts.days, today)
    narrowed = replace(where, since=time.first, until=time.last) if time else where
    notes = (time.note,) if time else ()
    return Scope(question, standalone, narrowed, tuple(named), facts.people, time, notes)


def to_follow(history: Sequence[Turn], facts: MeetingFacts) -> list[Turn]:
    """The earlier questions that a question about these meetings may be a follow-up of: what is asked about meetings
    that are not private may reach a remote model, so that nothing of a question about private ones is in it."""
    return [turn for turn in history if facts.private or not turn.get("private", True)]


def make_standalone(question: str, history: Sequence[Turn], named: Iterable[str]) -> str:
    """The question with what it leaves out taken from the one before; itself when it leaves nothing out."""
    asked = question.strip()
    if not history or not _leaves_out(asked):
        return asked
    before = history[-1]
    people = list(named)
    own = set(content_terms(asked))
    dropped = {part for person in before["people"] for part in content_terms(person)} if people else set[str]()
    topic = [term for term in _surface_terms(before["standalone"]) if term.lower() not in own | dropped]
    if _PERSON_PRONOUN.search(asked) and not people:
        topic += [person for person in before["people"] if person not in topic]
    return " ".join([asked, *topic]) if topic else asked


def widened(scope: Scope) -> Scope:
    """The scope without the time words, with a note that says so."""
    if scope.time is None:
        return scope
    zh = language_of(scope.question) == "zh"
    note = (
        "这段时间没有可查的会议，已改为查找全部会议"
        if zh
        else "no meeting falls in that time, so all meetings were searched"
    )
    where = replace(scope.where, since=None, until=None)
    return replace(scope, where=where, time=None, notes=(*scope.notes, note))


def _leaves_out(question: str) -> bool:
    if _ELLIPSIS.search(question):
        return True
    return _PRONOUN.search(question) is not None and len(content_terms(question)) <= _FEW_TERMS


def _surface_terms(text: str) -> list[str]:
    """The content words of a text as written, for a query that people may read."""
    if has_han(text):
        return content_terms(text)
    return [word for word in re.findall(r"[\w'-]+", text) if content_terms(word)]
