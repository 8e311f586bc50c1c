"""Thinking that a server left inside the answer, between <think> and </think>."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

OPEN = "<think>"
CLOSE = "</think>"


class Parts(NamedTuple):
    """Streamed text, told apart."""

    reasoning: str
    answer: str


class _Where(Enum):
    START = auto()
    UNSURE = auto()
    THINKING = auto()
    GAP = auto()
    ANSWER = auto()


class ThinkingSplitter:
    """Tells thinking at the head of a streamed answer from the answer, however the tags are cut into pieces.

    Tags after the first word of the answer are ordinary text.
    """

    def __init__(self, *, opened: bool = False) -> None:
        """With `opened` the prompt may have ended in <think>, so that only </think> is answered: the text is then held
        back until it comes, or until the end shows that there was no thinking."""
        self._where = _Where.START
        self._held = ""
        self._opened = opened

    def apart(self) -> None:
        """Thinking came in a place of its own: all text is the answer."""
        if self._where is _Where.START:
            self._where = _Where.GAP

    def feed(self, text: str) -> Parts:
        """Take the next piece; return what is certain by now."""
        self._held += text
        if self._where is _Where.START:
            self._leave_start()
        if self._where is _Where.UNSURE and CLOSE in self._held:
            self._where = _Where.THINKING
        reasoning = self._take_thinking() if self._where is _Where.THINKING else ""
        if self._where is _Where.GAP:
            self._held = self._held.lstrip()
            if self._held:
                self._where = _Where.ANSWER
        return Parts(reasoning, self._take_all() if self._where is _Where.ANSWER else "")

    def finish(self) -> Parts:
        """Return what was held back because a tag might have followed."""
        rest = self._take_all()
        return Parts(rest, "") if self._where is _Where.THINKING else Parts("", rest)

    def _leave_start(self) -> None:
        head = self._held.lstrip()
        if head.startswith(OPEN):
            self._where, self._held = _Where.THINKING, head[len(OPEN) :]
        elif not OPEN.startswith(head):
            self._where = _Where.UNSURE if self._opened else _Where.ANSWER

    def _take_thinking(self) -> str:
        thinking, close, rest = self._held.partition(CLOSE)
        if close:
            self._where, self._held = _Where.GAP, rest
            return thinking
        undecided = next((n for n in range(len(CLOSE) - 1, 0, -1) if thinking.endswith(CLOSE[:n])), 0)
        cut = len(thinking) - undecided
        self._held = thinking[cut:]
        return thinking[:cut]

    def _take_all(self) -> str:
        text, self._held = self._held, ""
        return text


def without_thinking(text: str) -> str:
    """The answer alone. Some chat templates put <think> into the prompt, so that only </think> is answered."""
    _, close, rest = text.partition(CLOSE)
    return rest.lstrip() if close else text
