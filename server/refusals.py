"""What the server says, in Chinese.

Every English text that it refuses, warns or explains with is a template in `refusals_zh`: its slots are written {},
and the Chinese takes them by number, in the order that it needs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

CATALOGUE = Path(__file__).with_name("refusals_zh")
"""The folder of the templates, a file for each area that says them."""

PHRASES = CATALOGUE / "phrases.toml"
"""Those that only stand in the slots of others, so that a text is taken for one of them last."""

LONGEST_TEXT = 4000
"""Longer texts stay as they are: none that the server words gets near."""

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Template:
    """What stands between the slots of an English text, and the Chinese of the whole."""

    pieces: tuple[str, ...]
    chinese: str

    @property
    def has_words(self) -> bool:
        """Whether it says anything itself, rather than only joining what others say."""
        return any(letter.isalpha() for piece in self.pieces for letter in piece)

    def is_name(self, slot: int) -> bool:
        """Whether a slot stands in quotes: what is in it was named by people, not worded by the server."""
        return self.pieces[slot].endswith("'") and self.pieces[slot + 1].startswith("'")

    def slots(self, text: str) -> list[str] | None:
        """What a text has in the slots; None when it is no text of this template. A piece is taken where it comes
        first, which finds a way where there is one, and never takes longer than to read the text."""
        first, *between, last = self.pieces
        at, end = len(first), len(text) - len(last)
        if at > end or not (text.startswith(first) and text.endswith(last)):
            return None
        found: list[str] = []
        for piece in between:
            start = text.find(piece, at, end)
            if start < 0:
                return None
            found.append(text[at:start])
            at = start + len(piece)
        return [*found, text[at:end]]


def catalogue() -> dict[str, str]:
    """The Chinese of every English template."""
    paths = [*sorted(set(CATALOGUE.glob("*.toml")) - {PHRASES}), PHRASES]
    return {english: chinese for path in paths for english, chinese in tomllib.loads(path.read_text("utf-8")).items()}


@lru_cache(maxsize=512)
def in_chinese(text: str) -> str:
    """The text in Chinese; one that is not known stays as it is."""
    return (_known(text, _DEEPEST) if len(text) <= LONGEST_TEXT else None) or text


def _known(text: str, deepest: int) -> str | None:
    whole, templates = _templates()
    if text in whole or not deepest:
        return whole.get(text)
    for template in templates:
        slots = template.slots(text)
        if slots is None:
            continue
        known = [None if template.is_name(n) else _known(slot, deepest - 1) for n, slot in enumerate(slots)]
        if template.has_words or any(known):
            return template.chinese.format(*(said or slot for said, slot in zip(known, slots, strict=True)))
    return None


@cache
def _templates() -> tuple[dict[str, str], list[Template]]:
    """The texts without slots, and the templates: those that say most themselves first, phrases after all others."""
    said, phrases = catalogue(), tomllib.loads(PHRASES.read_text("utf-8"))
    whole = {english: chinese for english, chinese in said.items() if "{}" not in english}
    slotted = [english for english in said if "{}" in english]
    slotted.sort(key=lambda english: (english in phrases, english.count("{}") * 2 - len(english)))
    return whole, [Template(tuple(english.split("{}")), said[english]) for english in slotted]
