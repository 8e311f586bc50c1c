"""Whether a line is about a person: a question about one person is not answered by what another says of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.qa.spans import name_parts
from retrieval.domain import Line

BACK = 2
"""How many lines back "she" may point."""

_THIRD_PERSON = re.compile(r"[他她]|\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_SECOND_PERSON = re.compile(r"[你您](?!好)|\byou(?:r|rs|'\w+|’\w+)?\b", re.IGNORECASE)
_ADDRESS_BEFORE = re.compile(r"(?:^|[.!?。！？,，]\s*)(?:\w+[ ,]\s*|[\u3400-\u9fff]{1,2}[，,]?)?$")
_ADDRESS_AFTER = re.compile(r"^\s*(?:[,，.!?。！？、:：]|$)")


def concerns(lines: Sequence[Line], at: int, people: Sequence[str]) -> bool:
    """Whether the line at that position is said by one of `people`, speaks of one, or speaks to one.

    A mere address ("Hey Ann, I went ...") speaks of nobody. "You" means who is named or who speaks next to the line,
    "she" and "他" who was named just before. A line whose speaker is not known may be anybody's.
    """
    speaker = lines[at].speaker
    return speaker is None or any(_is(speaker, person) or _speaks_of(lines, at, person) for person in people)


def _speaks_of(lines: Sequence[Line], at: int, person: str) -> bool:
    text = lines[at].text
    mentions = _mentions(person, text)
    if any(not _is_address(text, match) for match in mentions):
        return True
    if _THIRD_PERSON.search(text) and any(_mentions(person, line.text) for line in lines[max(0, at - BACK) : at]):
        return True
    if _SECOND_PERSON.search(text) is None:
        return False
    beside = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    return bool(mentions) or any(_is(near.speaker, person) for near in beside)


def _mentions(person: str, text: str) -> list[re.Match[str]]:
    parts = "|".join(rf"\b{re.escape(part)}\b" if part.isascii() else re.escape(part) for part in name_parts(person))
    return list(re.finditer(parts, text, re.IGNORECASE))


def _is_address(text: str, mention: re.Match[str]) -> bool:
    return bool(_ADDRESS_BEFORE.search(text[: mention.start()]) and _ADDRESS_AFTER.match(text[mention.end() :]))


def _is(speaker: str | None, person: str) -> bool:
    return speaker is not None and speaker.casefold() == person.casefold()
