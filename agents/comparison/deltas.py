"""What changed in the threads of a project between two stretches of time: a projection of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from agents.ledger.domain import Item, ItemKind
from agents.ledger.threads import CHANGES, CLOSES, Thread


@dataclass(frozen=True, slots=True)
class Period:
    """Days of meetings, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last

    @property
    def days(self) -> str:
        """The period as people write it: a day, or the first and the last."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Row:
    """A thread that stands in both periods or begins in the later one. `before` is what held at the end of the earlier
    period and `after` what holds at the end of the later one; null where nothing did."""

    thread: Thread
    before: Item | None
    after: Item | None


@dataclass(frozen=True, slots=True)
class Deltas:
    """Every thread that stands or ends in the later period is in one of the lists; measures are only in `metrics`."""

    new: list[Row] = field(default_factory=list[Row])
    changed: list[Row] = field(default_factory=list[Row])
    closed: list[Row] = field(default_factory=list[Row])
    carried: list[Row] = field(default_factory=list[Row])
    dropped: list[Row] = field(default_factory=list[Row])
    metrics: list[Row] = field(default_factory=list[Row])


def deltas(threads: Iterable[Thread], earlier: Period, later: Period, held: Sequence[date]) -> Deltas:
    """What the later period did to what stood at the end of the earlier one. `held` are the days of all meetings that
    were read.

    New: first said in the later period. Closed: done, answered or gone in it. Changed: refined, reversed, re-dated,
    handed over or worse in it. Dropped: due, and not spoken of in the first meeting after that, which is in it.
    Carried: what still stands.
    """
    found = Deltas()
    for whole in threads:
        thread = whole.until(later.last)
        if thread is None:
            continue
        before = whole.until(earlier.last)
        row = Row(thread, _holding(before), _holding(thread))
        if thread.kind is ItemKind.METRIC:
            found.metrics.append(Row(thread, before.steps[-1].item if before else None, thread.steps[-1].item))
        elif (place := _place(found, thread, before, later, held)) is not None:
            place.append(row)
    return found


def _place(
    found: Deltas, thread: Thread, before: Thread | None, later: Period, held: Sequence[date]
) -> list[Row] | None:
    if before is None:
        return found.new
    if before.closed:
        return None
    done = {step.does for step in thread.steps[len(before.steps) :] if later.holds(step.item.day)}
    dropped = thread.dropped_on(day for day in held if day <= later.last)
    if done & CLOSES:
        return found.closed
    if done & CHANGES:
        return found.changed
    if dropped:
        return found.dropped if later.holds(dropped) else None
    return found.carried


def _holding(thread: Thread | None) -> Item | None:
    return thread.current if thread else None
