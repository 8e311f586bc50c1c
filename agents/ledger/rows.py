"""Items of the ledger as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from agents.ledger.domain import Due, Field, Item, ItemDraft, ItemKind, Link, LinkType, Mark, Measure, Owner
from agents.ledger.tables import LedgerItem, LedgerLink


def item_row(id: str, meeting_id: str, said: ItemDraft) -> LedgerItem:
    """The row of an item."""
    owner, due, measure = said.owner, said.due, said.measure
    return LedgerItem(
        id=id,
        meeting_id=meeting_id,
        kind=said.kind.value,
        lines=list(said.lines),
        text=said.text,
        confidence=said.confidence,
        owner=owner.name if owner else None,
        owner_lines=list(owner.lines) if owner else None,
        due=due.day if due else None,
        due_said=due.said if due else None,
        due_line=due.line if due else None,
        measure_name=measure.name if measure else None,
        measure_value=str(measure.value) if measure else None,
        measure_unit=measure.unit if measure else None,
        measure_said=measure.said if measure else None,
        measure_line=measure.line if measure else None,
        by_hand={mark.field.value: mark.at.isoformat() for mark in said.by_hand},
        told_on=said.told_on,
    )


def item_of(row: LedgerItem, day: date) -> Item:
    """The item of a row whose meeting was held on that day; what a person told is of the day on which they did."""
    return Item(row.id, row.meeting_id, row.told_on or day, said_in(row))


def said_in(row: LedgerItem) -> ItemDraft:
    """What the row of an item says."""
    return ItemDraft(
        ItemKind(row.kind),
        tuple(row.lines),
        row.text,
        row.confidence,
        Owner(row.owner, tuple(row.owner_lines or ())) if row.owner else None,
        Due(row.due, row.due_said or "", row.due_line or 0) if row.due else None,
        _measure(row),
        tuple(Mark(Field(field), datetime.fromisoformat(at)) for field, at in row.by_hand.items()),
        row.told_on,
    )


def draft_json(said: ItemDraft, id: str = "") -> dict[str, Any]:
    """A draft, and the id that it has, as a JSON object."""
    return item_row(id, "", said).model_dump(mode="json", exclude={"meeting_id"})


def draft_of(document: Mapping[str, Any]) -> tuple[str, ItemDraft]:
    """The id and the draft of an object that `draft_json` made."""
    row = LedgerItem.model_validate({**document, "meeting_id": ""})
    return row.id, said_in(row)


def link_row(link: Link) -> LedgerLink:
    """The row of a link."""
    return LedgerLink(
        later=link.later,
        earlier=link.earlier,
        type=link.type.value,
        confidence=link.confidence,
        reason=link.reason,
        confirmed=link.confirmed,
    )


def link_of(row: LedgerLink) -> Link:
    """The link of a row."""
    return Link(row.later, row.earlier, LinkType(row.type), row.confidence, row.reason, row.confirmed)


def _measure(row: LedgerItem) -> Measure | None:
    if row.measure_name is None or row.measure_value is None:
        return None
    value = Decimal(row.measure_value)
    return Measure(row.measure_name, value, row.measure_unit or "", row.measure_said or "", row.measure_line or 0)
