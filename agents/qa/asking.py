"""What of a question the ledger answers: matters listed, two periods compared, or the story of one matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agents.ledger.domain import Item
from agents.ledger.matters import Matter
from agents.ledger.service import MeetingReading
from agents.qa import changes
from agents.qa.language import Language, has_han
from agents.qa.ledger import LedgerSource, Telling, lines_of, read_line
from agents.qa.matters import Asked, listed
from agents.qa.plan import Kind, Plan, plan_question
from agents.qa.rank import RankedLine, rank_lines, spoken
from agents.qa.scope import MeetingFacts, Scope
from agents.qa.story import matter_at, story
from agents.qa.two_periods import TwoPeriods, two_periods
from agents.qa.wants import Wants, following, wants_of
from agents.qa.words import Overlap
from ingestion.errors import BadInputError

NEAR_BEST, NEAR_ABROAD = 4.0, 1.5
"""A matter is about what is asked when its best line scores at most so much below the best line of all; across
languages, where words say nothing, it has to be nearer."""
LEAST_COVERAGE = 0.25
"""Share of the topic's words that has to stand near a line of a matter, in one language."""
MOST = 60
"""Matters in one answer."""
LEADS = 0.4
"""How much better a matter's best line has to be than that of anything else for its story to be told."""
_MOVING = (Kind.LATEST, Kind.HISTORY, Kind.COMPARE)
"""Questions about something that may have changed."""

_LISTED: Mapping[Language, str] = {"zh": "台账里记着 {n} 项：", "en": "The ledger holds {n}:"}
_LISTED_SOME: Mapping[Language, str] = {
    "zh": "台账里记着 {n} 项，这里是其中 {most} 项：",
    "en": "The ledger holds {n}; {most} of them:",
}
_STORY: Mapping[Language, str] = {"zh": "这件事前后的说法：", "en": "How this came about:"}


_NOTHING: Mapping[Language, str] = {"zh": "台账里没有这样的事项", "en": "the ledger holds nothing of the kind"}


@dataclass(frozen=True, slots=True)
class Question:
    """What of a question the ledger is asked: matters that are wanted, two periods, or neither."""

    wants: Wants | None
    periods: TwoPeriods | None

    @property
    def is_put(self) -> bool:
        """Whether it asks for something that only the ledger lists."""
        return self.wants is not None or self.periods is not None

    def placed(self, scope: Scope) -> Scope:
        """The scope without its time words where they say what is compared, or by when something is due."""
        if scope.time is None or not (self.periods or (self.wants and self.wants.due)):
            return scope
        return replace(scope, where=replace(scope.where, since=None, until=None), time=None, notes=())


def read_question(scope: Scope, before: str | None, days: Sequence[date], today: date) -> Question:
    """What the ledger is asked. `before` is the question that this one follows up, if it leaves something out: what was
    listed there is listed again, unless something else is asked now. Periods are compared only of meetings that nobody
    has chosen."""
    where = scope.where
    if where.speakers:
        return Question(None, None)
    wants = wants_of(scope.standalone, scope.people, days, today)
    if before is not None and not plan_question(scope.question).expects:
        wants = following(wants, wants_of(before, scope.people, days, today))
    chosen = where.meeting_ids or (scope.time is None and (where.since or where.until))
    return Question(wants, None if chosen else two_periods(scope.question, days, today))


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one question is put to the ledger.

    `lines` are those found for it, best first; `answerable` says that they seem to answer.
    """

    source: LedgerSource
    scope: Scope
    plan: Plan
    facts: MeetingFacts
    today: date
    lines: Sequence[RankedLine]
    answerable: bool

    def ask(self, question: Question) -> Telling | None:
        """What the ledger says; null when the question is none for it. Raises NotFoundError."""
        if self.scope.where.speakers or not self.facts.projects:
            return None
        if question.periods and (telling := self._compared(question.periods)):
            return telling
        moving = self.answerable and self.plan.kind in _MOVING
        if question.wants is None or (question.wants.topic and self.plan.kind is Kind.HISTORY):
            telling = self._story() if moving else None
            if telling or question.wants is None:
                return telling
        return self._listed(question.wants)

    def _listed(self, wants: Wants) -> Telling:
        """The matters that are wanted. Of a topic that the lines do not speak of the ledger is not asked."""
        if wants.topic and not (self.answerable or self.scope.named):
            return self._nothing()
        asked = Asked(
            wants,
            self.scope.named,
            self.scope.people,
            self.scope.where,
            self.today,
            self._language,
            self._near(wants.topic),
        )
        told = tuple(listed(self.source, self.facts.projects, asked))
        if not told:
            return self._nothing()
        head = (_LISTED if len(told) <= MOST else _LISTED_SOME)[self._language].format(n=len(told), most=MOST)
        return Telling(head, told[:MOST], self._read(), whole=not wants.topic)

    def _compared(self, periods: TwoPeriods) -> Telling | None:
        """What changed; null when nothing that is asked for did."""
        topic = changes.topic_of(periods, self.scope.named)
        if topic and not self.answerable:
            return None
        try:
            found = changes.compared(
                self.source, self.facts.projects, periods, changes.who_of(self.scope.question, self.scope.named)
            )
        except BadInputError as error:
            return Telling("", (), self._read(), notes=(f"{error.message}: {error.hint}",))
        told = tuple(changes.told(found, topic, self._near(topic)))
        if topic and not told:
            return None
        head = changes.heading(found, len(told), self._language, whole=not topic)
        return Telling(head, told, self._read(), whole=bool(told), notes=tuple(found.notes))

    def _story(self) -> Telling | None:
        """What holds of the matter that the best line speaks of. Older words are told where they are asked for."""
        matter = matter_at(self.source, self.scope.where, self.lines[0])
        if matter is None or not self._leads(matter):
            return None
        older = self.plan.kind is not Kind.LATEST
        told = tuple(story(matter, self.scope.people, self._language, older=older))
        return Telling(_STORY[self._language], told, "") if len(told) > 1 else None

    def _leads(self, matter: Matter) -> bool:
        """Whether the best line of a matter is clearly better than that of anything else."""
        own = {key for step in matter.thread.steps for key in lines_of(step.item)}
        other = next((line.score for line in self.lines if line.key not in own), None)
        return other is None or self.lines[0].score - other >= LEADS

    def _nothing(self) -> Telling:
        """That the ledger holds nothing of the kind, and how much of it was read."""
        return Telling("", (), self._read(), notes=(_NOTHING[self._language],))

    def _near(self, topic: Sequence[str]) -> Callable[[Sequence[Item]], bool]:
        """Whether items are about the topic: how their lines rank for its words, and for the question's meaning."""
        overlap = Overlap(topic, [spoken(line.line) for line in self.lines])
        ranked = {line.key: line for line in rank_lines(self.plan, overlap, self.lines)}
        best = max((line.score for line in ranked.values()), default=0.0)
        in_han = has_han(" ".join(topic))

        def near(items: Sequence[Item]) -> bool:
            stating = [ranked[key] for item in items for key in lines_of(item) if key in ranked]
            return any(
                line.score >= best - NEAR_ABROAD
                if has_han(line.line.text) != in_han
                else line.coverage >= LEAST_COVERAGE and line.score >= best - NEAR_BEST
                for line in stating
            )

        return near

    def _readings(self) -> list[MeetingReading]:
        return [one for project in self.facts.projects for one in self.source.readings(project)]

    def _read(self) -> str:
        return read_line(self._readings(), self._language)

    @property
    def _language(self) -> Language:
        return self.plan.language
