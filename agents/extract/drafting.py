"""An item of lines that are known to state one: its words, and the owner and the day that the rules read there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agents.extract.cues import Role, weigh
from agents.extract.dues import find_due
from agents.extract.owners import People, called, own
from agents.extract.sentences import is_question, sentences, words_of
from agents.extract.signs import SELF, SPOKEN_TO
from agents.ledger.domain import Due, ItemDraft, ItemKind, Owner
from retrieval.domain import Line


class Drafter:
    """Drafts items of a meeting held on `day`, whose speakers are `people`."""

    def __init__(self, people: People, day: date) -> None:
        self._people, self._day = people, day

    def draft(self, kind: ItemKind, said: Sequence[Line], confidence: float) -> ItemDraft:
        """The item of that kind that the lines state. Only a commitment has an owner and a due date, where the lines
        say them."""
        promised = kind is ItemKind.COMMITMENT
        return ItemDraft(
            kind,
            tuple(line.index for line in said),
            words_of([line.text for line in said]),
            confidence,
            owner=self.owner(said) if promised else None,
            due=self.due(said) if promised else None,
        )

    def due(self, said: Sequence[Line]) -> Due | None:
        """The day that the last of the lines sets that sets one: who answers has the last word on it."""
        dues = [find_due(sentences(line.text), line.index, self._day) for line in said]
        return next((due for due in reversed(dues) if due), None)

    def owner(self, said: Sequence[Line]) -> Owner | None:
        """Who promises in one of the lines or speaks of what they do, else whom the first asks; null without either."""
        for line in said:
            if max(weigh(line.text, Role.PROMISE), weigh(line.text, Role.REDATE)) > weigh(line.text, Role.ASK):
                return own(line)
            if self._of_self(line):
                return own(line)
        return called(said[0], said[1] if len(said) > 1 else None, self._people, said[0].text)

    def _of_self(self, line: Line) -> bool:
        """Whether a line speaks of its speaker and asks nobody anything."""
        asks = (
            weigh(line.text, Role.ASK) > 0 or SPOKEN_TO.search(line.text) or any(map(is_question, sentences(line.text)))
        )
        return SELF.search(line.text) is not None and not asks and self._people.named(line.text) in (None, line.speaker)
