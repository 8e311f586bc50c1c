"""A matter as readers see it: what holds now, whose it is, how it stands, and every step that led there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agents.ledger.domain import Field, Item, ItemKind, Link, Measure
from agents.ledger.threads import Status, Step, Thread
from agents.link.reasons import parts
from retrieval.domain import Evidence

Said = Mapping[str, Sequence[Evidence]]
"""The evidence of items, by their ids."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A thread with how it stands, and the evidence of its items.

    `apart` are links of its items that join nothing: rejected ones, those that conflict, and those beside a surer one.
    """

    thread: Thread
    status: Status
    said: Said
    apart: tuple[Link, ...] = ()

    @property
    def shown(self) -> Item:
        """The item whose words are shown: of a decision and a measure what holds now, else what was said first, since a
        new date or owner alone does not say of what."""
        if self.thread.kind is ItemKind.METRIC:
            return self.thread.steps[-1].item
        return self.thread.current if self.thread.kind is ItemKind.DECISION else self.thread.steps[0].item

    @property
    def measure(self) -> Measure | None:
        """The newest value of a measure."""
        return self.thread.steps[-1].item.said.measure if self.thread.kind is ItemKind.METRIC else None

    @property
    def evidence(self) -> list[Evidence]:
        """What stands behind its words, its owner, its date and how it stands."""
        telling = [item for field in (Field.OWNER, Field.DUE) if (item := self.thread.telling(field))]
        return evidence_of([self.shown, self.thread.current, *telling, self.thread.steps[-1].item], self.said)

    @property
    def by_hand(self) -> dict[str, str]:
        """The fields that a person has set, each with the instant of it."""
        thread, shown = self.thread, self.shown.said
        told = {Field.OWNER: thread.telling(Field.OWNER), Field.DUE: thread.telling(Field.DUE)}
        found = {field: shown.set_at(field) for field in Field if field not in told}
        found |= {field: item.said.set_at(field) for field, item in told.items() if item}
        found[Field.KIND] = thread.steps[0].item.said.set_at(Field.KIND)
        found[Field.STATUS] = thread.status_by_hand
        return {field.value: _instant(at) for field in Field if (at := found.get(field))}

    def to_json(self) -> dict[str, Any]:
        """The item document of the contract, with its `history`."""
        thread, shown, measure = self.thread, self.shown, self.measure
        return {
            "id": thread.id,
            "kind": thread.kind.value,
            "text": shown.said.text,
            "owner": thread.owner.name if thread.owner else None,
            "due": thread.due.day.isoformat() if thread.due else None,
            "name": measure.name if measure else None,
            "value": str(measure.value) if measure else None,
            "unit": measure.unit if measure else None,
            "status": self.status.value,
            "confidence": shown.said.confidence,
            "meeting_id": shown.meeting_id,
            "date": shown.day.isoformat(),
            "evidence": [one.to_json() for one in self.evidence],
            "by_hand": self.by_hand,
            "links": [link_json(link, joins=link not in self.apart) for link in self._links],
            "history": [self._step(step) for step in thread.steps],
        }

    @property
    def _links(self) -> list[Link]:
        return [*(step.link for step in self.thread.steps if step.link), *self.apart]

    def _step(self, step: Step) -> dict[str, Any]:
        said = step.item.said
        return {
            "item_id": step.item.id,
            "type": step.does.value if step.does else None,
            "text": said.text,
            "lines": list(said.lines),
            "owner": said.owner.name if said.owner else None,
            "due": said.due.day.isoformat() if said.due else None,
            "value": str(said.measure.value) if said.measure else None,
            "by_hand": {mark.field.value: _instant(mark.at) for mark in said.by_hand},
            "meeting_id": step.item.meeting_id,
            "date": step.item.day.isoformat(),
            "evidence": [one.to_json() for one in self.said.get(step.item.id, ())],
        }


def matters(threads: Iterable[Thread], held: Sequence[date], said: Said, links: Sequence[Link] = ()) -> list[Matter]:
    """The threads as matters. `held` are the days of the meetings that were read, `links` what is to be shown of those
    that join nothing."""
    touching: dict[str, list[Link]] = {}
    for link in links:
        for item_id in (link.later, link.earlier):
            touching.setdefault(item_id, []).append(link)
    return [Matter(thread, thread.status(held), said, _apart(thread, touching)) for thread in threads]


def evidence_of(items: Iterable[Item], said: Said) -> list[Evidence]:
    """The evidence of items, each piece once, in their order."""
    found = {(e.meeting_id, e.first, e.last): e for item in items for e in said.get(item.id, ())}
    return list(found.values())


def link_json(link: Link, joins: bool) -> dict[str, Any]:
    """A link as documents carry it; `joins` says whether its items are taken for one matter."""
    why, values = parts(link.reason)
    return {
        "type": link.type.value,
        "item_id": link.later,
        "earlier_id": link.earlier,
        "confidence": round(link.confidence, 3),
        "reason": why.value,
        "values": list(values),
        "confirmed": link.confirmed,
        "joins": joins,
    }


def _apart(thread: Thread, touching: Mapping[str, Sequence[Link]]) -> tuple[Link, ...]:
    joining = {step.link for step in thread.steps}
    own = {link: None for step in thread.steps for link in touching.get(step.item.id, ()) if link not in joining}
    return tuple(own)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
