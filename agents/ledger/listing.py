"""The matters of a project, chosen and page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agents.ledger.domain import MATTERS, ItemKind
from agents.ledger.matters import Matter, matters
from agents.ledger.service import Ledger, ProjectLedger
from agents.ledger.threads import Status, Thread
from agents.qa.spans import people_in
from ingestion.errors import NotFoundError
from retrieval.domain import Coverage

Place = tuple[date, str, int, str]
"""Where a matter begins: day, meeting, first line and id of its first item. Matters are listed in this order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Restrictions that hold together; empty means none, and of `kinds` those that stand for themselves. `owner` is a
    name or a part of one, `meeting` the id of a meeting that speaks of the matter."""

    kinds: tuple[ItemKind, ...] = ()
    statuses: tuple[Status, ...] = ()
    owner: str | None = None
    meeting: str | None = None

    def holds(self, thread: Thread, status: Status) -> bool:
        """Whether a thread is wanted."""
        owner = thread.owner.name if thread.owner else None
        return (
            thread.kind in (self.kinds or MATTERS)
            and (not self.statuses or status in self.statuses)
            and (not self.owner or (owner is not None and bool(people_in(self.owner, [owner]))))
            and (not self.meeting or any(step.item.meeting_id == self.meeting for step in thread.steps))
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Some matters, what they stand on, and where the page ended; null on the last."""

    matters: tuple[Matter, ...]
    coverage: Coverage
    next: Place | None


def listed(
    ledger: Ledger, project: str, wanted: Wanted, *, at: date | None = None, after: Place | None = None, limit: int
) -> Page:
    """A page of the matters of a project as it stood on a day, or stands now. Raises NotFoundError."""
    whole = ledger.project(project, until=at)
    chosen = [(_place(one), one) for one in whole.all if wanted.holds(one, one.status(whole.held))]
    found = sorted((one for one in chosen if not after or one[0] > after), key=lambda one: one[0])
    page = found[:limit]
    shown = _shown(ledger, whole, [thread for _, thread in page])
    return Page(tuple(shown), whole.coverage, page[-1][0] if len(found) > limit else None)


def matter_of(ledger: Ledger, item_id: str) -> Matter:
    """The matter that an item tells of. Raises NotFoundError, also for an update whose link was rejected."""
    whole = ledger.project(ledger.project_of(item_id))
    for thread in whole.all:
        if any(step.item.id == item_id for step in thread.steps):
            return _shown(ledger, whole, [thread])[0]
    raise NotFoundError(
        f"'{item_id}' told of a matter, but is linked to none any more",
        "`huimai items confirm` links it again",
    )


def _shown(ledger: Ledger, whole: ProjectLedger, threads: list[Thread]) -> list[Matter]:
    said = ledger.evidence(step.item for thread in threads for step in thread.steps)
    return matters(threads, whole.held, said, whole.links)


def _place(thread: Thread) -> Place:
    first = thread.steps[0].item
    return first.day, first.meeting_id, first.said.lines[0], first.id
