"""What changed between two periods, as the comparison of the ledger tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace

from agents.comparison.deltas import Deltas, Period, Row
from agents.comparison.periods import When
from agents.comparison.report import Comparison
from agents.comparison.summary import Sentence, checked, summary
from agents.comparison.who import Who
from agents.comparison.wording import WORDS
from agents.ledger.domain import Item
from agents.ledger.matters import evidence_of
from agents.qa.language import Language
from agents.qa.ledger import LedgerSource
from agents.qa.two_periods import TwoPeriods
from agents.qa.words import all_terms, content_terms
from ingestion.domain import Side

_ABOUT: Mapping[Language, str] = {
    "zh": "{earlier}（{before} 场会议）到 {later}（{after} 场会议），与所问有关的变化 {count} 处：",
    "en": "From {earlier} ({before}) to {later} ({after}), {count} of what was asked about changed:",
}
_HEADING: Mapping[Language, str] = {
    "zh": "{earlier}（{before} 场会议）到 {later}（{after} 场会议）：{count} 处变化，另有 {carried} 项延续：",
    "en": "From {earlier} ({before}) to {later} ({after}): {count} changed, and {carried} carried on:",
}
_CUSTOMERS = re.compile(r"客户|顾客|甲方|\b(?:customers?|clients?|buyers?|prospects?)\b", re.IGNORECASE)
_TEAM = re.compile(r"我们(?:自己|团队|这边)|我方|\b(?:our (?:own )?(?:team|side|people))\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"说的?|讲的?|提的?|会议?|项目|内容|进展|情况|大家|所有|一下|帮我?|什么|哪些|主要|重要|以来|之后|以后|至今|的|和|跟|与|比|有|了"
    r"|\b(?:what|said|say|says|did|team|side|our|own|project|meetings?|week'?s?|month'?s?|things?|else|show|between"
    r"|show me|give|summary|summari[sz]e|list|so far|any|all|and|with|to|the|since)\b",
    re.IGNORECASE,
)

Near = Callable[[Sequence[Item]], bool]


def who_of(question: str, named: Sequence[str]) -> Who | None:
    """Whose words a comparison is about: people by name, or a side; null for everybody's."""
    side = Side.CUSTOMER if _CUSTOMERS.search(question) else Side.TEAM if _TEAM.search(question) else None
    return Who(tuple(named), side) if named or side else None


def topic_of(periods: TwoPeriods, named: Iterable[str]) -> tuple[str, ...]:
    """The content words that say what of all that changed is asked for; none for everything."""
    rest = periods.rest
    for name in named:
        rest = rest.replace(name, " ")
    for cues in (_CUSTOMERS, _TEAM, _GENERIC):
        rest = cues.sub(" ", rest)
    return tuple(content_terms(rest))


def compared(source: LedgerSource, projects: Sequence[str], periods: TwoPeriods, who: Who | None) -> Comparison:
    """What changed between the periods. Raises NotFoundError, and BadInputError when nobody is meant by `who`."""
    when = When(_name(periods.earlier), _name(periods.later))
    return source.compare(projects, when, who)


def told(found: Comparison, topic: Sequence[str], near: Near) -> list[Sentence]:
    """A sentence for each change, and for what is in conflict; with a topic of what is near to it."""
    kept = _near(found.deltas, topic, near) if topic else found.deltas
    conflicts = [pair for pair in found.conflicts if not topic or near(pair)]
    return [*summary(kept, found.later, found.said).sentences, *_conflicts(found, conflicts)]


def heading(found: Comparison, count: int, language: Language, *, whole: bool) -> str:
    """What was compared: both periods with their meetings, how much changed and, when the whole was asked for, how much
    did not."""
    meetings = [sum(len(part.meetings(period)) for part in found.parts) for period in (found.earlier, found.later)]
    before, after = (_meetings(n, language) for n in meetings)
    return (_HEADING if whole else _ABOUT)[language].format(
        earlier=found.earlier.days,
        later=found.later.days,
        before=before,
        after=after,
        count=count,
        carried=len(found.deltas.carried),
    )


def _meetings(count: int, language: Language) -> str:
    return str(count) if language == "zh" else f"{count} meeting{'s' * (count != 1)}"


def _name(period: Period) -> str:
    return f"{period.first}..{period.last}"


def _near(found: Deltas, topic: Sequence[str], near: Near) -> Deltas:
    """The rows that are near; of measures, of which one line tells several, those that the topic names if it does."""

    def of(rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if near([step.item for step in row.thread.steps])]

    kept = Deltas(**{field.name: of(getattr(found, field.name)) for field in fields(Deltas)})
    named = [row for row in kept.metrics if any(term in _measured(row) for term in topic)]
    return replace(kept, metrics=named or kept.metrics)


def _measured(row: Row) -> str:
    """What the measure of a row is called, stemmed as a topic's words are."""
    measures = [step.item.said.measure for step in row.thread.steps]
    return " ".join(term for measure in measures if measure for term in all_terms(measure.name))


def _conflicts(found: Comparison, pairs: Iterable[tuple[Item, Item]]) -> list[Sentence]:
    words = WORDS[found.language]
    sentences = [
        checked(
            f"{words['conflicts']}: {before.said.text.strip()} / {after.said.text.strip()}",
            evidence_of((before, after), found.said),
        )
        for before, after in pairs
    ]
    return [sentence for sentence in sentences if sentence]
