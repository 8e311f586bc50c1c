"""The texts of a linking: what earlier threads say, and what the lines of the new meeting say, embedded in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.extract.sentences import is_question, sentences
from agents.ledger.domain import Item
from agents.ledger.threads import Thread
from agents.link.cues import Sign, shows
from agents.link.domain import Meaning, ReadMeeting
from agents.link.nearness import Text, joined, nearness, subject
from agents.qa.orders import without_orders
from retrieval.domain import Line

_FULL = 3
"""Words that name a matter, from which on lines tell by themselves what they are about."""

_BACK = 1

_BRIEF = 12
"""Characters up to which a sentence beside a question only leads up to it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of the meeting by their positions that may speak of something earlier; the last says it, and with
    `asked` the first asks for it."""

    positions: tuple[int, ...]
    asked: bool


class Reading:
    """A meeting and the threads before it, made comparable. Blocking: embeds. Raises ModelMissingError."""

    def __init__(self, threads: Sequence[Thread], meeting: ReadMeeting, meaning: Meaning) -> None:
        self.meeting = meeting
        self.lines = meeting.lines
        self.said = [without_orders(line.text) for line in meeting.lines]
        self._position = {line.index: position for position, line in enumerate(meeting.lines)}
        people = list(dict.fromkeys(line.speaker for line in meeting.lines if line.speaker))
        told = [(row, item) for row, thread in enumerate(threads) for item in _telling(thread)]
        vectors = meaning.vectors([*self.said, *(item.said.text for _, item in told)])
        self._texts = [
            Text(vector, subject(text, meeting.day, people))
            for vector, text in zip(vectors[: len(self.said)], self.said, strict=True)
        ]
        self._earlier = [
            Text(vector, subject(item.said.text, item.day, people))
            for vector, (_, item) in zip(vectors[len(self.said) :], told, strict=True)
        ]
        self._row_of = np.array([row for row, _ in told], dtype=np.intp)
        self._threads = len(threads)
        self._near_lines = self._near(self._texts)

    def positions(self, item: Item) -> tuple[int, ...]:
        """Where the lines of an item stand in the meeting."""
        return tuple(self._position[line] for line in item.said.lines if line in self._position)

    def near(self, groups: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Nearness of each thread (rows) and group of positions (columns), 0..1: all its lines or its nearest one."""
        near = self._near([self._joined(positions) for positions in groups])
        for column, positions in enumerate(groups):
            near[:, column] = np.maximum(near[:, column], self._near_lines[:, list(positions)].max(axis=1))
        return near

    def _joined(self, positions: Sequence[int]) -> Text:
        """Lines as one text, with those before where they name next to nothing."""
        text = joined([self._texts[at] for at in positions])
        if len(text.words) >= _FULL:
            return text
        return joined([self._texts[at] for at in range(max(0, positions[0] - _BACK), positions[-1] + 1)])

    def places(self, taken: set[int]) -> list[Place]:
        """Where something earlier may be spoken of, `taken` positions left out: a line, or a question and the reply."""
        found: list[Place] = []
        for at in range(len(self.lines)):
            if at in taken or not self.said[at].strip():
                continue
            if at and self._answers(at) and at - 1 not in taken:
                found.append(Place((at - 1, at), asked=True))
            answered = at + 1 < len(self.lines) and at + 1 not in taken and self._answers(at + 1)
            if not answered or not asks(self.said[at]):
                found.append(Place((at,), asked=False))
        return found

    def speaker(self, position: int) -> str | None:
        """Who says the line."""
        return self.lines[position].speaker

    def _answers(self, position: int) -> bool:
        before: Line = self.lines[position - 1]
        text = self.said[position - 1]
        return before.speaker != self.lines[position].speaker and (_ends_open(text) or shows(text, Sign.ASKED))

    def _near(self, later: Sequence[Text]) -> NDArray[np.float32]:
        each = nearness(self._earlier, later, [*self._texts, *self._earlier])
        near = np.zeros((self._threads, len(later)), dtype=np.float32)
        np.maximum.at(near, self._row_of, each)
        return near


def asks(text: str) -> bool:
    """Whether a line does nothing but ask, in full or broken off."""
    return _ends_open(text) and all(_ends_open(sentence) for sentence in sentences(text) if len(sentence) > _BRIEF)


def _ends_open(text: str) -> bool:
    stripped = text.strip()
    return is_question(stripped) or stripped.endswith(("—", "–", "-", "…", "..."))


def _telling(thread: Thread) -> list[Item]:
    """The items by which a thread is known again: its first, the one that says what holds, and its last."""
    return list({item.id: item for item in (thread.steps[0].item, thread.current, thread.steps[-1].item)}.values())
