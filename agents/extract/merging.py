"""The rules' items and the learned opinion of the same lines, made one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from agents.extract.cues import Role, weigh
from agents.extract.dues import find_due
from agents.extract.learned import Opinion
from agents.extract.owners import People, called, own
from agents.extract.sentences import is_question, sentences, words_of
from agents.extract.signs import SELF, SPOKEN_TO
from agents.ledger.domain import Due, ItemDraft, ItemKind, Owner
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
    say none; a metric is never added, since its number could not be named. Kinds without an opinion stay as they are.
    """
    merged = [draft for draft in drafts if draft.kind not in opinions]
    people = People(lines)
    for kind, opinion in opinions.items():
        found = [draft for draft in drafts if draft.kind is kind]
        merged += _Kind(lines, day, people, kind, opinion).merge(found)
    return merged


class _Kind:
    def __init__(self, lines: Sequence[Line], day: date, people: People, kind: ItemKind, opinion: Opinion) -> None:
        self._lines, self._day, self._people, self._kind = lines, day, people, kind
        self._likely, self._weights = opinion.likely, opinion.weights
        self._position = {line.index: position for position, line in enumerate(lines)}

    def merge(self, found: Sequence[ItemDraft]) -> list[ItemDraft]:
        kept = [draft for draft in found if self._best(draft) >= self._weights.sure_none]
        if self._kind is ItemKind.METRIC:
            return kept
        taken = {self._position[index] for draft in found for index in draft.lines}
        return self._likeliest([*kept, *(self._draft(places) for places in self._runs(taken))])

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
        said = [self._lines[place] for place in places]
        promised = self._kind is ItemKind.COMMITMENT
        return ItemDraft(
            self._kind,
            tuple(line.index for line in said),
            words_of([line.text for line in said]),
            round(max(float(self._likely[place]) for place in places), 3),
            owner=self._owner(places) if promised else None,
            due=self._due(said) if promised else None,
        )

    def _due(self, said: Sequence[Line]) -> Due | None:
        """The day that the last of the lines sets that sets one: who answers has the last word on it."""
        dues = [find_due(sentences(line.text), line.index, self._day) for line in said]
        return next((due for due in reversed(dues) if due), None)

    def _of_self(self, line: Line) -> bool:
        """Whether a line speaks of its speaker and asks nobody anything."""
        asks = (
            weigh(line.text, Role.ASK) > 0 or SPOKEN_TO.search(line.text) or any(map(is_question, sentences(line.text)))
        )
        return SELF.search(line.text) is not None and not asks and self._people.named(line.text) in (None, line.speaker)

    def _owner(self, places: Sequence[int]) -> Owner | None:
        """Who promises in one of the lines or speaks of what they do, else whom the first asks; null without either."""
        said = [self._lines[place] for place in places]
        for line in said:
            if max(weigh(line.text, Role.PROMISE), weigh(line.text, Role.REDATE)) > weigh(line.text, Role.ASK):
                return own(line)
            if self._of_self(line):
                return own(line)
        return called(said[0], said[1] if len(said) > 1 else None, self._people, said[0].text)
