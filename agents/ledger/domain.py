"""The values of the ledger. Dates are calendar dates; utterances count from 0 in the stored transcript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item is. An update matters only through what it is linked to: it says how that stands."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    QUESTION = "question"
    RISK = "risk"
    METRIC = "metric"
    UPDATE = "update"
    AIM = "aim"
    """What a meeting is for, in the words that open it."""
    OUTCOME = "outcome"
    """What a meeting came to, in its own closing words."""
    TOPIC = "topic"
    """What was talked about from the first of its lines to the last; the lines between are those that name it."""
    ROLE = "role"
    """What somebody says their part is."""


MATTERS = (ItemKind.DECISION, ItemKind.COMMITMENT, ItemKind.QUESTION, ItemKind.RISK, ItemKind.METRIC)
"""What stands for itself from meeting to meeting, and is listed unless something else is asked for."""

OUTLINE = frozenset({ItemKind.AIM, ItemKind.OUTCOME, ItemKind.TOPIC, ItemKind.ROLE})
"""What tells of a meeting or of its people. Nothing is linked to it, and it is never open or over."""


class LinkType(StrEnum):
    """What a later item does to an earlier one."""

    RESTATES = "restates"
    """Says the same, in whatever words."""
    REFINES = "refines"
    """Changes a part of it: a number, a date, a condition."""
    REVERSES = "reverses"
    """Puts another decision in its place."""
    CONTINUES = "continues"
    """Tells how it stands: under way, still open, another value of the same measure."""
    WORSENS = "worsens"
    """Tells that a risk has grown."""
    FULFILS = "fulfils"
    """Tells that it is done, or that a risk is gone."""
    REDATES = "re-dates"
    """Gives a commitment another date."""
    HANDS_OVER = "hands-over"
    """Gives a commitment another owner."""
    ANSWERS = "answers"
    """Answers a question."""
    CONFLICTS = "conflicts"
    """Says otherwise, and nobody has settled which holds."""


class Field(StrEnum):
    """What of an item a person may say."""

    KIND = "kind"
    LINES = "lines"
    """That these lines tell of something."""
    TEXT = "text"
    OWNER = "owner"
    DUE = "due"
    NAME = "name"
    """What a measure is called."""
    VALUE = "value"
    UNIT = "unit"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Mark:
    """That a person has set a field, and when they said so: no line is its evidence."""

    field: Field
    at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a commitment is, by the name that the meeting gives, and the lines that say so; none where a person has
    set it."""

    name: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is promised: the calendar date, the words that say it, and their line."""

    day: date
    said: str
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of something that is measured: what it is called, its value and unit, the words that say the number, and
    their line. `unit` is empty where none is said."""

    name: str
    value: Decimal
    unit: str
    said: str
    line: int


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One thing that matters in a meeting, before it is stored.

    `lines` are the utterances that state it, in order, one at least; `text` is what they say, in their own words. An
    owner, a due date and a measure are only there where lines say them, or a person, which is marked. `confidence` is
    0..1. `told_on` is the day on which a person told how the matter of these lines stands; null else.
    """

    kind: ItemKind
    lines: tuple[int, ...]
    text: str
    confidence: float
    owner: Owner | None = None
    due: Due | None = None
    measure: Measure | None = None
    by_hand: tuple[Mark, ...] = ()
    told_on: date | None = None

    def set_at(self, *fields: Field) -> datetime | None:
        """When a person last set one of the fields, null where its lines say them."""
        return max((mark.at for mark in self.by_hand if mark.field in fields), default=None)


def stands_on(said: ItemDraft) -> list[int]:
    """Every line that an item stands on: those that state it, and those that say its owner, its date and its number."""
    lines = set(said.lines)
    lines |= set(said.owner.lines) if said.owner else set[int]()
    lines |= {said.due.line} if said.due else set[int]()
    lines |= {said.measure.line} if said.measure else set[int]()
    return sorted(lines)


@dataclass(frozen=True, slots=True)
class Item:
    """A draft with its place in the ledger: its id, its meeting and the meeting's day."""

    id: str
    meeting_id: str
    day: date
    said: ItemDraft

    @property
    def kind(self) -> ItemKind:
        """What it is."""
        return self.said.kind


def in_order(item: Item) -> tuple[date, str, bool, tuple[int, ...], str]:
    """Where an item stands among others: by day, meeting and line; what a person told of a day comes last."""
    return item.day, item.meeting_id, item.said.told_on is not None, item.said.lines, item.id


@dataclass(frozen=True, slots=True)
class Link:
    """What the item `later` does to the item `earlier`, with how sure that is, 0..1, and why in a few words.

    `confirmed` is what a person said of it; null while nobody has.
    """

    later: str
    earlier: str
    type: LinkType
    confidence: float
    reason: str
    confirmed: bool | None = None
