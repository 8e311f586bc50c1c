"""What people say of items, as events: the values that are laid over what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from agents.ledger.domain import ItemDraft, ItemKind, LinkType, stands_on


class Operation(StrEnum):
    """What a person says."""

    CHANGE = "change"
    """That fields of an item are others."""
    STATUS = "status"
    """That a matter stands otherwise since a day."""
    ADD = "add"
    """That lines tell of something."""
    REMOVE = "remove"
    """That an item is none."""
    SPLIT = "split"
    """That an item says several things, each on some of its lines."""
    MERGE = "merge"
    """That two matters are one."""
    CONFIRM = "confirm"
    """That a link holds."""
    REJECT = "reject"
    """That a link does not hold."""


OF_LINKS = frozenset({Operation.MERGE, Operation.CONFIRM, Operation.REJECT})
"""What is said of two items."""

STATUS_LINKS: dict[ItemKind, dict[str, LinkType]] = {
    ItemKind.COMMITMENT: {"in_progress": LinkType.CONTINUES, "done": LinkType.FULFILS},
    ItemKind.QUESTION: {"answered": LinkType.ANSWERS},
    ItemKind.RISK: {"growing": LinkType.WORSENS, "resolved": LinkType.FULFILS},
}
"""How a person may say that a matter stands, and the link that tells it."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a meeting by its id."""

    id: str
    said: ItemDraft


@dataclass(frozen=True, slots=True)
class Anchor:
    """What finds an item again: what it said, and the words of each line that it stood on. `derived` is whether it was
    read, and not made by a person."""

    said: ItemDraft
    words: Mapping[int, str]
    derived: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person says of an item, or of one side of a link between two: `anchor` is that of the item of the meeting
    at hand. `after` are the fields as they are to be, `values` what else the operation needs."""

    id: str
    operation: Operation
    item_id: str
    anchor: Anchor
    at: datetime
    after: Mapping[str, Any] = field(default_factory=dict[str, Any])
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that an item says: on which of its lines, and what it is if not the same. Its text is what
    those lines say unless another is given."""

    lines: tuple[int, ...]
    text: str | None = None
    kind: ItemKind | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What of an item is to be otherwise: the fields in `given`, null for an owner or a date that nobody has said."""

    given: frozenset[str]
    kind: ItemKind | None = None
    text: str | None = None
    owner: str | None = None
    due: date | None = None
    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    status: str | None = None
    on: date | None = None
    """The day since which `status` holds; today unless given."""

    def to_json(self) -> dict[str, str | None]:
        """The fields that are given, `status` and `on` left out, as an event keeps them."""
        fields = {
            "kind": self.kind.value if self.kind else None,
            "text": self.text,
            "owner": self.owner,
            "due": self.due.isoformat() if self.due else None,
            "name": self.name,
            "value": str(self.value) if self.value is not None else None,
            "unit": self.unit,
        }
        return {name: value for name, value in fields.items() if name in self.given}


def fields_of(said: ItemDraft) -> dict[str, str | None]:
    """The fields of an item that a person may change, as an event keeps them."""
    measure = said.measure
    return {
        "kind": said.kind.value,
        "text": said.text,
        "owner": said.owner.name if said.owner else None,
        "due": said.due.day.isoformat() if said.due else None,
        "name": measure.name if measure else None,
        "value": str(measure.value) if measure else None,
        "unit": measure.unit if measure else None,
    }


def anchored(said: ItemDraft, texts: Sequence[str], *, derived: bool) -> Anchor:
    """The anchor of an item of a meeting with these lines."""
    return Anchor(said, {line: texts[line] for line in stands_on(said) if line < len(texts)}, derived)
