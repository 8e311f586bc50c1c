"""What the reader sees of an answer in the making: the evidence, the model's thoughts, its words with their marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence

from agents.domain import Citation
from agents.ports import TextSink
from agents.qa.candidates import is_inside
from agents.qa.events import CitationEvent, Thinking, Token
from agents.qa.verify import Numbered
from agents.qa.wording import marks, plain
from retrieval.domain import Evidence

_OPENS = re.compile(r'"(?:answer|text)"\s*:\s*"')
_PART = re.compile(r'(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')
_LINES = re.compile(r'"lines"\s*:\s*\[([\d\s,]*)\][^{}]*\Z')
"""The lines named in the object that a string stands in, before the string."""


class SpokenText:
    """Takes a JSON document in pieces and gives back, as Markdown, what is new of its `answer` and `text` strings, each
    on lines of its own and followed by the marks of the lines that were named before it."""

    def __init__(self, mark: Callable[[Sequence[int]], str]) -> None:
        """`mark` makes marks of the numbers of lines."""
        self._mark = mark
        self._document = ""
        self._at = 0
        self._inside = False
        self._spoken = False
        self._lines: list[int] = []

    def feed(self, piece: str) -> str:
        """What the piece adds. An escape cut in two waits for its rest."""
        self._document += piece
        said = ""
        while True:
            if not self._inside:
                opening = _OPENS.search(self._document, self._at)
                if opening is None:
                    return said
                self._lines = _named(self._document[self._at : opening.start()])
                said += "\n" if self._spoken else ""
                self._at, self._inside, self._spoken = opening.end(), True, True
            match = _PART.match(self._document, self._at)
            end = match.end() if match else self._at
            said += plain(json.loads(f'"{self._document[self._at : end]}"', strict=False))
            self._at = end
            if self._document[end : end + 1] != '"':
                return said
            said += self._mark(self._lines)
            self._at, self._inside = end + 1, False


def _named(structure: str) -> list[int]:
    """The numbers of lines in what stands between two strings."""
    found = _LINES.search(structure)
    return [int(number) for number in re.findall(r"\d+", found[1])] if found else []


class LiveAnswer:
    """Sends evidence as citations, and what a model thinks and writes about it. A line that no citation holds yet is
    sent as one before its mark."""

    def __init__(self, send: Callable[[Thinking | Token | CitationEvent], None]) -> None:
        self._send = send
        self._shown: list[Evidence] = []

    def show(self, found: Iterable[Evidence]) -> None:
        """This was found; it gets the next numbers."""
        for evidence in found:
            self._shown.append(evidence)
            self._send(CitationEvent(Citation(len(self._shown), evidence)))

    def think(self, piece: str) -> None:
        """A piece of thinking came."""
        self._send(Thinking(piece))

    def words(self, sources: Sequence[Numbered]) -> TextSink:
        """Takes the answer of a model that was offered these lines by number."""
        evidence = {source.n: source.evidence for source in sources}
        spoken = SpokenText(lambda lines: self._marks([evidence[n] for n in lines if n in evidence]))

        def take(piece: str) -> None:
            if said := spoken.feed(piece):
                self._send(Token(said))

        return take

    def _marks(self, lines: Sequence[Evidence]) -> str:
        return marks(list(dict.fromkeys(map(self._number, lines))))

    def _number(self, line: Evidence) -> int:
        for n, shown in enumerate(self._shown, 1):
            if is_inside(line, shown):
                return n
        self.show([line])
        return len(self._shown)
