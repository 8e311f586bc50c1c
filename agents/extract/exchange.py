"""Two lines of an exchange: what one asks, and what the next says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.extract.sentences import is_question
from retrieval.domain import Line

_BRIEF = 48
"""Characters of a line that hardly says by itself what it is about."""

_ECHO = 24
_POINTING = re.compile(
    r"\b(?:it|that|this|those|these|them|one|so|will do|sure)\b|[这那它]|^(?:好|行|嗯|对|可以|能|要|我来|我去|包在)", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Za-z0-9][\w'’-]*|[\u3400-\u9fff]")
_ASSENT = frozenset(
    ("yeah", "yes", "yep", "ok", "okay", "then", "fine", "right", "good", "the", "a", "it", "is", "um", "uh", "well")
    + tuple("嗯好行对吧呀啊那就的了先")
)


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
    said = set(map(str.lower, _WORDS.findall(answer))) - _ASSENT
    return bool(said) and said <= set(map(str.lower, _WORDS.findall(asked)))
