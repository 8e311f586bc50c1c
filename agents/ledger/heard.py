"""What a dossier tells of a project's meetings beside their items: who speaks in them, and when its terms are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, int, int]
"""A meeting with the first and last of some of its lines."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who speaks, in how many meetings, and the lines that they say first in the first and in the last of
    them; one line where that is one meeting."""

    name: str
    meetings: int
    ends: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term of the glossary, and the first and the last line that says it; the same where only one does."""

    term: str
    first: Place
    last: Place


@dataclass(frozen=True, slots=True)
class Heard:
    """Who speaks, by name, and the terms that are said, as the glossary has them."""

    presences: tuple[Presence, ...] = ()
    mentions: tuple[Mention, ...] = ()


def presences(meeting_ids: Sequence[str], first_lines: Iterable[tuple[str, str, int]]) -> tuple[Presence, ...]:
    """Who speaks in the meetings, which are given in order; `first_lines` as `LineRepository` tells them."""
    said: dict[str, dict[str, int]] = {}
    for meeting_id, speaker, index in first_lines:
        said.setdefault(speaker, {})[meeting_id] = index
    found: list[Presence] = []
    for name, lines in sorted(said.items()):
        places = [(id, lines[id], lines[id]) for id in meeting_ids if id in lines]
        found.append(Presence(name, len(places), tuple(dict.fromkeys((places[0], places[-1])))))
    return tuple(found)


def mentions(
    meeting_ids: Sequence[str], terms: Iterable[str], lines: Iterable[tuple[str, int, str]]
) -> tuple[Mention, ...]:
    """The first and the last mention of each term in the meetings, which are given in order; Latin words whole."""
    order = {id: number for number, id in enumerate(meeting_ids)}
    ordered = sorted(lines, key=lambda line: (order[line[0]], line[1]))
    patterns = {term: _pattern(term) for term in terms}
    found: dict[str, list[Place]] = {}
    for meeting_id, index, text in ordered:
        for term, pattern in patterns.items():
            if term in text and pattern.search(text):
                found.setdefault(term, []).append((meeting_id, index, index))
    return tuple(Mention(term, places[0], places[-1]) for term, places in _as_given(patterns, found))


def _as_given(
    patterns: Mapping[str, re.Pattern[str]], found: Mapping[str, list[Place]]
) -> Iterable[tuple[str, list[Place]]]:
    return ((term, found[term]) for term in patterns if term in found)


def _pattern(term: str) -> re.Pattern[str]:
    left = r"(?<![A-Za-z0-9])" if term[:1].isascii() and term[:1].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if term[-1:].isascii() and term[-1:].isalnum() else ""
    return re.compile(f"{left}{re.escape(term)}{right}")
