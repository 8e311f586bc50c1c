"""Whose a promise is: the speaker's own, or that of the person who is called by name and takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.ledger.domain import Owner
from agents.qa.spans import name_parts
from retrieval.domain import Line

_SUBJECT = re.compile(
    r"(?<![\w.])(?!(?:The|They|She|He|It|We|You|That|This|Those|These|And|But|So|Then|There|Who|What|Which|If|On|By|In|I)\b)"
    r"(?P<name>[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2})"
    r"(?=['’]s \w+ing\b|['’]ll\b| (?:will|is|are|has|have|promised|says?|said)\b)"
)


class People:
    """The speakers of a meeting, and the ways in which they are called."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._by_part: dict[str, str | None] = {}
        for name in dict.fromkeys(line.speaker for line in lines if line.speaker):
            for part in name_parts(name):
                shared = part in self._by_part and self._by_part[part] != name
                self._by_part[part] = None if shared else name
        longest_first = sorted(self._by_part, key=len, reverse=True)
        self.pattern = "|".join(map(_whole, longest_first)) or "(?!)"
        """A pattern of every way to call one of them."""
        self._named = re.compile(self.pattern)

    def calls(self, text: str) -> bool:
        """Whether any of the ways to call one of them stands in the text, be it within a word."""
        return any(part in text for part in self._by_part)

    def named(self, text: str) -> str | None:
        """The first person whom the text calls; null when it calls none, or one of two with the same name."""
        match = self._named.search(text)
        return self._by_part.get(match.group()) if match else None


def own(line: Line) -> Owner | None:
    """The speaker as the owner of what they promise; null when it is not known who speaks."""
    return Owner(line.speaker, (line.index,)) if line.speaker else None


def called(line: Line, answer: Line | None, people: People, sentence: str) -> Owner | None:
    """Who is meant by "you" or by name: whom the sentence or its line names, else who answers with a yes."""
    named = people.named(sentence) or people.named(line.text)
    if named and named != line.speaker:
        return Owner(named, (line.index,))
    if answer and answer.speaker and answer.speaker != line.speaker:
        return Owner(answer.speaker, (line.index, answer.index))
    return None


def third(sentence: str, line: Line, people: People) -> Owner | None:
    """Whose a promise is that is told of somebody else: a speaker of the meeting whom the sentence names, or the
    capitalised name that is its subject; null for a pronoun or a common noun."""
    if named := people.named(sentence):
        return Owner(named, (line.index,))
    subject = _SUBJECT.search(sentence)
    return Owner(subject["name"], (line.index,)) if subject else None


def _whole(part: str) -> str:
    return rf"\b{re.escape(part)}\b" if part.isascii() else re.escape(part)
