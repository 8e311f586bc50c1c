"""The rules' items and the learned opinion of the same lines, made one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from agents.extract.drafting import Drafter
from agents.extract.learned import Opinion
from agents.extract.metrics import NAMED, metrics_of
from agents.extract.owners import People
from agents.ledger.domain import ItemDraft, ItemKind
from retrieval.domain import Line

JOINS = 0.15
"""How likely the next speaker's line states the same item for it to be taken as a part of it."""

LONGEST = 3
"""Lines of an item that is put forward by the opinion."""


def merge(
    lines: Sequence[Line], day: date, drafts: Sequence[ItemDraft], opinions: Mapping[ItemKind, Opinion]
) -> list[ItemDraft]:
    """The drafts that the rules found in the lines of a meeting held on `day`, without those that the opinion is sure
    are none, and with items of lines that the opinion thinks likely.

    An added item has the words of its lines. Its owner and due date are read off them by the rules, unknown where they
    say none; a metric is added where the rules, less sure than by themselves, read a name beside its number. Kinds
    without an opinion stay as they are.
    """
    merged = [draft for draft in drafts if draft.kind not in opinions]
    drafter = Drafter(People(lines), day)
    for kind, opinion in opinions.items():
        found = [draft for draft in drafts if draft.kind is kind]
        merged += _Kind(lines, day, drafter, kind, opinion).merge(found)
    return merged


class _Kind:
    def __init__(self, lines: Sequence[Line], day: date, drafter: Drafter, kind: ItemKind, opinion: Opinion) -> None:
        self._lines, self._day, self._drafter, self._kind = lines, day, drafter, kind
        self._likely, self._weights = opinion.likely, opinion.weights
        self._position = {line.index: position for position, line in enumerate(lines)}

    def merge(self, found: Sequence[ItemDraft]) -> list[ItemDraft]:
        kept = [draft for draft in found if self._best(draft) >= self._weights.sure_none]
        taken = {self._position[index] for draft in found for index in draft.lines}
        if self._kind is ItemKind.METRIC:
            return [*kept, *self._measured(taken)]
        return self._likeliest([*kept, *(self._draft(places) for places in self._runs(taken))])

    def _measured(self, taken: set[int]) -> Iterator[ItemDraft]:
        for at, likely in enumerate(map(float, self._likely)):
            if at not in taken and likely >= self._weights.least:
                for draft in metrics_of(self._lines, at, self._day, NAMED):
                    yield replace(draft, confidence=round(likely, 3))

    def _best(self, draft: ItemDraft) -> float:
        return max(float(self._likely[self._position[index]]) for index in draft.lines)

    def _runs(self, taken: set[int]) -> Iterator[list[int]]:
        """The positions of likely lines, none of them taken, each with the replies that belong to it."""
        at = 0
        while at < len(self._lines):
            run = [at]
            if at not in taken and self._likely[at] >= self._weights.least:
                while len(run) < LONGEST and self._goes_on(run[-1]) and run[-1] + 1 not in taken:
                    run.append(run[-1] + 1)
                yield run
            at = run[-1] + 1

    def _goes_on(self, at: int) -> bool:
        after = at + 1
        return (
            after < len(self._lines)
            and self._lines[after].speaker != self._lines[at].speaker
            and bool(self._likely[after] >= JOINS)
        )

    def _likeliest(self, drafts: Sequence[ItemDraft]) -> list[ItemDraft]:
        """The likeliest of those that begin near one another, where the weights ask for that."""
        if not self._weights.apart:
            return list(drafts)
        free = [True] * len(self._lines)
        kept: list[ItemDraft] = []
        for draft in sorted(drafts, key=self._best, reverse=True):
            at = self._position[draft.lines[0]]
            if free[at]:
                kept.append(draft)
                begin, end = max(0, at - self._weights.apart), min(len(free), at + self._weights.apart + 1)
                free[begin:end] = [False] * (end - begin)
        return kept

    def _draft(self, places: Sequence[int]) -> ItemDraft:
        likely = round(max(float(self._likely[place]) for place in places), 3)
        return self._drafter.draft(self._kind, [self._lines[place] for place in places], likely)
