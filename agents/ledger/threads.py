"""Threads: what was said of one matter over all meetings, and how it stands on a day.

A thread is a projection of items and links; nothing of it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agents.ledger.domain import OUTLINE, Due, Field, Item, ItemKind, Link, LinkType, Owner, in_order

CHANGES = frozenset({LinkType.REFINES, LinkType.REVERSES, LinkType.REDATES, LinkType.HANDS_OVER, LinkType.WORSENS})
"""Links by which what holds becomes another."""

CLOSES = frozenset({LinkType.FULFILS, LinkType.ANSWERS})
"""Links after which nothing is open any more."""


class Status(StrEnum):
    """How a matter stands."""

    IN_FORCE = "in_force"
    """A decision that holds."""
    PROMISED = "promised"
    IN_PROGRESS = "in_progress"
    REDATED = "re-dated"
    HANDED_OVER = "handed-over"
    DONE = "done"
    DROPPED = "dropped"
    """A commitment past its day, of which a meeting held after that day says nothing."""
    OPEN = "open"
    """A question nobody has answered, or a risk that stands."""
    GROWING = "growing"
    RESOLVED = "resolved"
    ANSWERED = "answered"
    MEASURED = "measured"
    SAID = "said"
    """What tells of a meeting or of its people: it was said, and there is no more to it."""


OVER = frozenset({Status.DONE, Status.ANSWERED, Status.RESOLVED})
"""How a matter stands that is open no more."""

_AFTER: dict[ItemKind, dict[LinkType, Status]] = {
    ItemKind.COMMITMENT: {
        LinkType.CONTINUES: Status.IN_PROGRESS,
        LinkType.REDATES: Status.REDATED,
        LinkType.REFINES: Status.REDATED,
        LinkType.HANDS_OVER: Status.HANDED_OVER,
        LinkType.FULFILS: Status.DONE,
    },
    ItemKind.QUESTION: {LinkType.ANSWERS: Status.ANSWERED, LinkType.FULFILS: Status.ANSWERED},
    ItemKind.RISK: {LinkType.WORSENS: Status.GROWING, LinkType.FULFILS: Status.RESOLVED},
}
_AT_FIRST = {
    ItemKind.DECISION: Status.IN_FORCE,
    ItemKind.COMMITMENT: Status.PROMISED,
    ItemKind.QUESTION: Status.OPEN,
    ItemKind.RISK: Status.OPEN,
    ItemKind.METRIC: Status.MEASURED,
    ItemKind.UPDATE: Status.MEASURED,
    **dict.fromkeys(OUTLINE, Status.SAID),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a thread, and what it does to what came before; null for the first."""

    item: Item
    link: Link | None

    @property
    def does(self) -> LinkType | None:
        """What it does to what came before."""
        return self.link.type if self.link else None


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that was said of one matter, in the order of the meetings. Its id is that of its first item."""

    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """The id of the first item."""
        return self.steps[0].item.id

    @property
    def kind(self) -> ItemKind:
        """What the matter is."""
        return self.steps[0].item.kind

    def until(self, day: date) -> Thread | None:
        """What of it was said up to a day, null when nothing was."""
        steps = tuple(step for step in self.steps if step.item.day <= day)
        return Thread(steps) if steps else None

    def on(self, day: date) -> tuple[Step, ...]:
        """The steps of a day's meetings."""
        return tuple(step for step in self.steps if step.item.day == day)

    @property
    def current(self) -> Item:
        """The item that says what holds: the newest that changed something, else the first."""
        changed = [step.item for step in self.steps if step.does in CHANGES]
        return changed[-1] if changed else self.steps[0].item

    @property
    def owner(self) -> Owner | None:
        """Whose it is now; null where nobody said so."""
        return told.said.owner if (told := self.telling(Field.OWNER)) else None

    @property
    def due(self) -> Due | None:
        """By when it is promised now; null where nobody said so."""
        return told.said.due if (told := self.telling(Field.DUE)) else None

    def telling(self, field: Field) -> Item | None:
        """The newest item that says whose it is, or by when, or of which a person said so; null where none does."""
        for step in reversed(self._claims):
            said = step.item.said
            if said.set_at(field) or (said.owner if field is Field.OWNER else said.due):
                return step.item
        return None

    @property
    def closed(self) -> bool:
        """Whether it is done, answered or gone."""
        return any(step.does in CLOSES for step in self.steps)

    def status(self, held: Iterable[date]) -> Status:
        """How it stands. `held` are the days of the meetings that were read, this thread's own included."""
        status = _AT_FIRST[self.kind]
        for step in self.steps:
            status = _AFTER.get(self.kind, {}).get(step.does, status) if step.does else status
        return Status.DROPPED if self.dropped_on(held) else status

    def dropped_on(self, held: Iterable[date]) -> date | None:
        """The first day of a meeting that was held after a commitment was due and says nothing of it; null when there
        is none, or it was spoken of again later."""
        due = self.due
        if self.kind is not ItemKind.COMMITMENT or due is None or self.closed:
            return None
        last = self.steps[-1].item.day
        return min((day for day in held if day > max(due.day, last)), default=None)

    @property
    def status_by_hand(self) -> datetime | None:
        """When a person said how it stands, null where the meetings tell it."""
        telling = [step.item.said for step in self.steps if step.does in _AFTER.get(self.kind, {})]
        return telling[-1].set_at(Field.STATUS) if telling else None

    @property
    def _claims(self) -> Sequence[Step]:
        """The steps that may say whose it is and by when: the first, and those that change it."""
        return [step for step in self.steps if step.link is None or step.does in CHANGES]


def threads(items: Iterable[Item], links: Iterable[Link]) -> list[Thread]:
    """The threads of these items, oldest first. A link that a person rejected joins nothing; one that conflicts leaves
    both apart. Updates that are linked to nothing are left out, and so is what is told by `outlines`."""
    ordered = _ordered(item for item in items if item.kind not in OUTLINE)
    known = {item.id for item in ordered}
    joining: dict[str, Link] = {}
    for link in links:
        if (
            link.confirmed is False
            or link.type is LinkType.CONFLICTS
            or not known.issuperset((link.later, link.earlier))
        ):
            continue
        best = joining.get(link.later)
        if best is None or (link.confirmed is True, link.confidence) > (best.confirmed is True, best.confidence):
            joining[link.later] = link
    first: dict[str, str] = {}
    steps: dict[str, list[Step]] = defaultdict(list)
    for item in ordered:
        link = joining.get(item.id)
        link = link if link and link.earlier in first else None
        if link is None and item.kind is ItemKind.UPDATE:
            continue
        first[item.id] = first[link.earlier] if link else item.id
        steps[first[item.id]].append(Step(item, link))
    return [Thread(tuple(one)) for one in steps.values()]


def outlines(items: Iterable[Item]) -> list[Thread]:
    """What these items tell of meetings and people, oldest first: one thread each, and one for all topics of a name."""
    steps: dict[str, list[Step]] = defaultdict(list)
    for item in _ordered(item for item in items if item.kind in OUTLINE):
        same = f"topic {item.said.text.casefold()}" if item.kind is ItemKind.TOPIC else item.id
        steps[same].append(Step(item, None))
    return [Thread(tuple(one)) for one in steps.values()]


def _ordered(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=in_order)
