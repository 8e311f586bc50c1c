"""The JSON documents of what people say of items."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.edits import Change, Operation, Part
from agents.ledger.tables import LedgerEdit
from server.documents import example

EDIT: dict[str, Any] = {
    "id": "9a1b2c3d4e5f",
    "operation": "change",
    "item_id": "7d40c0ffee12",
    "other_id": None,
    "meeting_id": "3f9c1a2b7d40",
    "lines": [2],
    "before": {"owner": "Mina"},
    "after": {"owner": "Jon"},
    "made_at": "2026-03-04T11:30:00Z",
    "undone_at": None,
    "applied": True,
}


class ItemChange(BaseModel):
    """What of an item is to be otherwise; what is left out stays. Null for `owner` and `due`: nobody is known, no day
    was said. `name`, `value` and `unit` are those of a measure. `status` is how its matter stands since `on`, today
    unless given: in_progress or done, answered, growing or resolved."""

    model_config = example({"owner": "Mina", "due": "2026-03-31"})

    kind: ItemKind | None = None
    text: str | None = None
    owner: str | None = None
    due: datetime.date | None = None
    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    status: str | None = None
    on: datetime.date | None = None

    def change(self) -> Change:
        """The change that it asks for."""
        fields = {name: getattr(self, name) for name in ItemChange.model_fields}
        return Change(frozenset(self.model_fields_set & set(ItemChange.model_fields)) - {"on"}, **fields)


class NewItem(BaseModel):
    """Lines of a meeting that tell of something. Its text is what they say unless another is given."""

    model_config = example({"meeting_id": "3f9c1a2b7d40", "kind": "commitment", "lines": [2], "owner": "Mina"})

    meeting_id: str
    kind: ItemKind
    lines: list[int] = Field(max_length=1000)
    text: str | None = None
    owner: str | None = None
    due: datetime.date | None = None
    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None

    def change(self) -> Change:
        """The fields that it gives."""
        names = ("text", "owner", "due", "name", "value", "unit")
        return Change(frozenset(self.model_fields_set & set(names)), **{name: getattr(self, name) for name in names})


class Merging(BaseModel):
    """The matter that this one is the same as. `type` is what the one that began later does to the other; it is told by
    what differs unless given."""

    model_config = example({"with": "5eed00112233"})

    with_: str = Field(alias="with")
    type: LinkType | None = None


class PartDocument(BaseModel):
    """One of the things that an item says: on which of its lines, in what words and of what kind, if not the same."""

    lines: list[int] = Field(max_length=1000)
    text: str | None = None
    kind: ItemKind | None = None


class Splitting(BaseModel):
    """What an item is split into; without parts it is taken out of the matter that it is linked to."""

    model_config = example({"parts": [{"lines": [2]}, {"lines": [3]}]})

    parts: list[PartDocument] = Field(default_factory=list[PartDocument], max_length=100)

    def given(self) -> list[Part]:
        """The parts as values."""
        return [Part(tuple(part.lines), part.text, part.kind) for part in self.parts]


class EditDocument(BaseModel):
    """What a person said of one item, or of a link to `other_id`; what was said at once of several has one id.

    `lines` are those on which the item stood. `applied` is false while those lines are gone, so that there is nothing
    to lay it over: it is kept, and counts again once they are back. Who said it is not known: nobody has an account.
    """

    model_config = example(EDIT)

    id: str
    operation: Operation
    item_id: str
    other_id: str | None
    meeting_id: str
    lines: list[int]
    before: dict[str, Any]
    after: dict[str, Any]
    made_at: datetime.datetime
    undone_at: datetime.datetime | None
    applied: bool


def edit_document(event: LedgerEdit) -> EditDocument:
    """The document of a stored event."""
    after = {**event.after, **{name: event.values[name] for name in ("on", "parts", "type") if name in event.values}}
    return EditDocument(
        id=event.edit_id,
        operation=Operation(event.operation),
        item_id=event.item_id,
        other_id=event.other_id,
        meeting_id=event.meeting_id,
        lines=event.anchor["said"]["lines"],
        before=event.before,
        after=after,
        made_at=event.made_at,
        undone_at=event.undone_at,
        applied=not event.lost,
    )
