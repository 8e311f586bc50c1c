"""The next value of a measure."""

from __future__ import annotations

from collections.abc import Sequence

from agents.ledger.domain import Item, ItemKind, Link, LinkType, Measure
from agents.ledger.threads import Thread
from agents.link.apart import Apart
from agents.link.reasons import Why, reason
from agents.qa.words import content_terms

ALIKE = 0.5
"""Least share of the words of two names that both have, for them to name one measure. A name all of whose words stand
in the other counts as at least so alike."""


def link_measures(threads: Sequence[Thread], items: Sequence[Item], apart: Apart | None = None) -> list[Link]:
    """Links from the measures of a meeting to those before it: one a thread and one an item, the likest names first;
    none between what people set apart."""
    apart = apart or Apart()
    alike: list[tuple[float, int, int]] = []
    for row, thread in enumerate(threads):
        for column, item in enumerate(items):
            share = _alike(_newest(thread), item)
            if share >= ALIKE and not apart.item(item, thread):
                alike.append((share, row, column))
    links: list[Link] = []
    used: set[tuple[str, int]] = set()
    for share, row, column in sorted(alike, key=lambda one: (-one[0], one[1], one[2])):
        if {("thread", row), ("item", column)} & used:
            continue
        used |= {("thread", row), ("item", column)}
        links.append(_link(_newest(threads[row]), items[column], share))
    return links


def _link(earlier: Item, later: Item, share: float) -> Link:
    values = [f"{measure.value:f}" for item in (earlier, later) if (measure := item.said.measure)]
    return Link(later.id, earlier.id, LinkType.CONTINUES, round(share, 3), reason(Why.NEXT_VALUE, *values))


def _newest(thread: Thread) -> Item:
    return thread.steps[-1].item


def _alike(earlier: Item, later: Item) -> float:
    before, now = earlier.said.measure, later.said.measure
    if not before or not now or earlier.kind is not ItemKind.METRIC or later.kind is not ItemKind.METRIC:
        return 0.0
    if before.unit and now.unit and before.unit != now.unit:
        return 0.0
    return _names(before, now)


def _names(before: Measure, now: Measure) -> float:
    if before.name.casefold() == now.name.casefold():
        return 1.0
    one, other = frozenset(content_terms(before.name)), frozenset(content_terms(now.name))
    if not one or not other:
        return 0.0
    share = len(one & other) / len(one | other)
    # people shorten a name once everybody knows what is meant
    return (1 + share) / 2 if one <= other or other <= one else share
