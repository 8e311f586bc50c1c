"""Signs: words by which people tell how something said earlier stands, and words that are about nothing."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache


class Sign(StrEnum):
    """What words tell of something that was said earlier."""

    DONE = "done"
    """It is finished, delivered, found out."""
    UNDONE = "undone"
    """It is not, or not wholly, done."""
    SAME = "same"
    """It stays as it is."""
    MOVED = "moved"
    """A value or a date of it gives way to another."""
    BACK = "back"
    """It is taken back, something else takes its place."""
    TAKEN = "taken"
    """Somebody else takes it, or it is given away."""
    GONE = "gone"
    """What was feared is over."""
    WORSE = "worse"
    """What was feared has grown."""
    UNSETTLED = "unsettled"
    """Nobody knows or has decided yet."""
    AGAINST = "against"
    """The speaker is of another mind."""
    AGAIN = "again"
    """Something finished is taken up anew."""
    ASKED = "asked"
    """Asks somebody how their work stands."""


@lru_cache(maxsize=65_536)
def shows(text: str, sign: Sign) -> bool:
    """Whether words of the text give the sign."""
    return _compiled()[sign].search(text) is not None


def is_light(term: str) -> bool:
    """Whether a lower-case word or stem names no matter: words of working, wanting and telling."""
    return term in _light()


@cache
def _compiled() -> dict[Sign, re.Pattern[str]]:
    from agents.link.cues_en import SIGNS_EN
    from agents.link.cues_zh import SIGNS_ZH

    return {sign: re.compile(f"{SIGNS_ZH[sign]}|{SIGNS_EN[sign]}", re.IGNORECASE) for sign in Sign}


@cache
def _light() -> frozenset[str]:
    from agents.link.cues_en import LIGHT_EN
    from agents.link.cues_zh import LIGHT_ZH
    from ingestion.text.terms import stem

    return frozenset(LIGHT_ZH.split()) | frozenset(stem(word) for word in LIGHT_EN.split())
