"""The values of the ledger. Dates are calendar dates; utterances count from 0 in the stored transcript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item is."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    QUESTION = "question"
    RISK = "risk"
    METRIC = "metric"


class Slot(StrEnum):
    """What of an item a line says."""

    STATEMENT = "statement"
    OWNER = "owner"
    DUE = "due"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line as it is read for items: who says what, seconds from the start of the recording where they are known."""

    index: int
    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a commitment is, by the name that the meeting gives, and the lines that say so."""

    name: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is promised: the calendar date, the words that say it, and their line."""

    day: date
    said: str
    line: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it is said, `said` are the words, and their line. `unit` is empty where none is."""

    value: Decimal
    unit: str
    said: str
    line: int


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One thing that matters in a meeting, before it is stored.

    `lines` are the utterances that state it, in order, one at least; `text` is what they say, in their own words. An
    owner, a due date and a quantity are only there where lines say them. `confidence` is 0..1.
    """

    kind: ItemKind
    lines: tuple[int, ...]
    text: str
    confidence: float
    owner: Owner | None = None
    due: Due | None = None
    quantity: Quantity | None = None
