"""What people said does not belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agents.ledger.domain import Item, ItemKind
from agents.ledger.threads import Thread


class Apart:
    """Items of a meeting that do not belong to the matters of earlier ones, as people said."""

    def __init__(self, rejected: Iterable[tuple[Item, str]] = ()) -> None:
        self._rejected = list(rejected)

    def item(self, item: Item, thread: Thread) -> bool:
        """Whether the item is not of the matter."""
        return any(one.id == item.id and _holds(thread, earlier) for one, earlier in self._rejected)

    def lines(self, lines: Sequence[int], thread: Thread) -> bool:
        """Whether an update on some of these lines is not of the matter: it has no id before it is linked."""
        return any(
            one.kind is ItemKind.UPDATE and not set(one.said.lines).isdisjoint(lines) and _holds(thread, earlier)
            for one, earlier in self._rejected
        )


def _holds(thread: Thread, item_id: str) -> bool:
    return any(step.item.id == item_id for step in thread.steps)
