"""Two lines of an exchange: what one asks, and what the next says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.extract.sentences import is_question
from retrieval.domain import Line

_BRIEF = 40
"""Characters of a line that hardly says by itself what it is about."""

_ECHO = 24
_POINTING = re.compile(
    r"\b(?:it|them|that|that one|this one)(?=[.,!]|$| (?:today|tomorrow|tonight|by|on|this|next|over)\b)|\bon it\b|"
    r"\bto me\b|^will do\b|"
    r"^(?:[好行嗯对][，,。]\s?)?(?:(?:这|那)(?:个|事儿?|块|件事)我|那?我(?:来|去)\w{0,2}[。！吧，,])|"
    r"包在我|交给我|^放心|记着呢|我找人",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z0-9][\w'’-]*|[\u3400-\u9fff]")
_ASSENT = frozenset(
    ("yeah", "yes", "yep", "ok", "okay", "then", "fine", "right", "good", "the", "a", "it", "is", "um", "uh", "well")
)
_ASSENT_HAN = frozenset("嗯好行对吧呀啊那就的了先")


def asks_before(lines: Sequence[Line], at: int) -> bool:
    """Whether the line before that at a place is another speaker's and ends with a question."""
    if at < 1 or lines[at].speaker == lines[at - 1].speaker:
        return False
    return is_question(lines[at - 1].text.rstrip())


def answers_line_before(lines: Sequence[Line], at: int) -> bool:
    """Whether the line at a place answers another speaker's in the one before, so that only both say what it is about:
    after a question, or where it is brief and points back."""
    if at < 1 or lines[at].speaker == lines[at - 1].speaker:
        return False
    text = lines[at].text
    return asks_before(lines, at) or (len(text) <= _BRIEF and _POINTING.search(text) is not None)


def echoes(asked: str, answer: str) -> bool:
    """Whether an answer is brief and made up of words of what was asked or put forward: "Two?" "Yes, two."."""
    if len(answer) > _ECHO or is_question(answer):
        return False
    said = set(map(str.lower, _WORDS.findall(answer))) - _ASSENT - _ASSENT_HAN
    return bool(said) and said <= set(map(str.lower, _WORDS.findall(asked)))
