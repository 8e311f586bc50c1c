"""The truth of a series: what was decided, promised, asked, feared and measured in its meetings, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from agents.evaluation.ledger_records import SECTIONS, GoldItem, LedgerMeeting, LedgerSeries, Week
from agents.evaluation.records import Day, Lines, Text, check_lines, read_folder
from agents.ledger.domain import ItemKind
from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord
from retrieval.domain import Line

_NOTHING = "give the truth of meetings in which something is decided or promised; see docs/evaluation.md"
_KINDS = {
    "decisions": ItemKind.DECISION,
    "commitments": ItemKind.COMMITMENT,
    "questions": ItemKind.QUESTION,
    "disagreements": ItemKind.QUESTION,
    "risks": ItemKind.RISK,
    "metrics": ItemKind.METRIC,
}
"""Which kind the entries of a field are. What is disputed is an open question."""


class _Change(Lines):
    change: Literal["made", "restated", "refined", "reversed"]


class _Decision(TruthRecord):
    id: Text
    text: Text
    history: tuple[_Change, ...]


class _Event(Lines):
    event: Literal["progress", "done", "redated", "handed_over", "not_mentioned"]
    owner: Text | None = None
    due: Day | None = None


class _Commitment(TruthRecord):
    id: Text
    text: Text
    owner: Text | None = None
    due: Day | None = None
    made: Lines
    events: tuple[_Event, ...] = ()


class _Question(TruthRecord):
    id: Text
    text: Text
    raised: Lines
    again: tuple[Lines, ...] = ()
    answered: Lines | None = None


class _Disagreement(TruthRecord):
    id: Text
    text: Text
    mentions: tuple[Lines, ...]


class _Standing(Lines):
    status: Literal["open", "growing", "resolved"]


class _Risk(TruthRecord):
    id: Text
    text: Text
    history: tuple[_Standing, ...]


class _Value(Lines):
    value: Text


class _Metric(TruthRecord):
    name: Text
    unit: str = ""
    values: tuple[_Value, ...]


class _Week(TruthRecord):
    earlier: Day = Field(alias="from")
    later: Day = Field(alias="to")
    new: tuple[Text, ...] = ()
    changed: tuple[Text, ...] = ()
    closed: tuple[Text, ...] = ()
    carried: tuple[Text, ...] = ()
    dropped: tuple[Text, ...] = ()


class _Series(TruthRecord):
    language: Text
    decisions: tuple[_Decision, ...] = ()
    commitments: tuple[_Commitment, ...] = ()
    questions: tuple[_Question, ...] = ()
    disagreements: tuple[_Disagreement, ...] = ()
    risks: tuple[_Risk, ...] = ()
    metrics: tuple[_Metric, ...] = ()
    week_over_week: tuple[_Week, ...] = ()


class _Utterance(TruthRecord):
    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None


class _Meeting(TruthRecord):
    utterances: tuple[_Utterance, ...]
    language: Text | None = None


def read_ledger_series(folder: Path) -> LedgerSeries:
    """A series with what is said of each matter in each meeting, lines as they were spoken, and what changed.

    Everything that the truth has with utterances is a gold item: each entry of a history, the making and each event of
    a commitment, a question raised, asked again and answered, each mention of a disagreement, each value of a metric.
    Raises BadInputError that names the file and the field, or the item.
    """
    series, meetings = read_folder(folder, _Series, _Meeting)
    spoken = {day: _spoken(truth.utterances) for day, truth in meetings.items()}
    gold: dict[str, list[GoldItem]] = defaultdict(list)
    for said, item in _items(series):
        check_lines(said, f"{folder.name}: '{item.id}'", spoken)
        if said.utterances:
            gold[said.date].append(replace(item, lines=said.utterances))
    known = {item.id for items in gold.values() for item in items}
    if not any(item.kind in (ItemKind.DECISION, ItemKind.COMMITMENT) for items in gold.values() for item in items):
        raise BadInputError(f"{folder.name}: its truth has no decision and no commitment", _NOTHING)
    kinds = frozenset(kind for field, kind in _KINDS.items() if field in series.model_fields_set)
    read = tuple(
        LedgerMeeting(
            f"{folder.name}/{day}",
            truth.language or series.language,
            date.fromisoformat(day),
            spoken[day],
            tuple(gold[day]),
            kinds,
        )
        for day, truth in meetings.items()
    )
    weeks = tuple(_week(week, folder.name, [one.day for one in read], known) for week in series.week_over_week)
    return LedgerSeries(folder.name, read, weeks)


def _items(series: _Series) -> Iterator[tuple[Lines, GoldItem]]:
    """Every entry with its lines; those of one matter in their order."""
    for decision in series.decisions:
        for change in decision.history:
            yield change, GoldItem(decision.id, ItemKind.DECISION, change.change, (), decision.text)
    for commitment in series.commitments:
        yield from _promised(commitment)
    for question in series.questions:
        yield from _mentions(question.id, ItemKind.QUESTION, question.text, (question.raised, *question.again))
        if question.answered:
            yield question.answered, GoldItem(question.id, ItemKind.QUESTION, "answered", (), question.text)
    for one in series.disagreements:
        yield from _mentions(one.id, ItemKind.QUESTION, one.text, one.mentions)
    for risk in series.risks:
        for number, standing in enumerate(risk.history):
            event = "again" if number and standing.status == "open" else standing.status
            yield standing, GoldItem(risk.id, ItemKind.RISK, event, (), risk.text)
    for metric in series.metrics:
        for value in metric.values:
            item = GoldItem(metric.name, ItemKind.METRIC, "measured", (), metric.name)
            yield value, replace(item, value=value.value, unit=metric.unit)


def _promised(one: _Commitment) -> Iterator[tuple[Lines, GoldItem]]:
    due = date.fromisoformat(one.due) if one.due else None
    item = GoldItem(one.id, ItemKind.COMMITMENT, "made", (), one.text, one.owner, due)
    yield one.made, item
    for event in one.events:
        item = replace(
            item,
            event=event.event,
            owner=event.owner or item.owner,
            due=date.fromisoformat(event.due) if event.due else item.due,
        )
        yield event, item


def _mentions(id: str, kind: ItemKind, text: str, mentions: Sequence[Lines]) -> Iterator[tuple[Lines, GoldItem]]:
    for number, said in enumerate(mentions):
        yield said, GoldItem(id, kind, "again" if number else "raised", (), text)


def _week(week: _Week, series: str, days: Sequence[date], known: set[str]) -> Week:
    entries = frozenset((section, id) for section in SECTIONS for id in getattr(week, section))
    for day in (week.earlier, week.later):
        if date.fromisoformat(day) not in days:
            raise BadInputError(
                f"{series}: week_over_week names {day}, of which there is no {day}.truth.json",
                "name the dates of two of its meetings",
            )
    if unknown := sorted(id for _, id in entries if id not in known):
        raise BadInputError(
            f"{series}: week_over_week of {week.later} names '{unknown[0]}', which no meeting says anything of",
            "name the ids of decisions, commitments, risks, questions and disagreements",
        )
    return Week(date.fromisoformat(week.earlier), date.fromisoformat(week.later), entries)


def _spoken(utterances: Sequence[_Utterance]) -> tuple[Line, ...]:
    return tuple(Line(i, one.speaker, one.start, one.end, one.text) for i, one in enumerate(utterances))
