"""Lines that carry nothing: hesitation, and the sounds of somebody who listens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

_SOUNDS_EN = "u[hm]+|e+[rh]m*|a+h+|o+h+|h+m+|m{2,}|mhm|mm+-?hm+|u+h-?huh|huh"
_SOUNDS_ZH = "[嗯呃额啊哦噢喔唔哎诶欸]"
_FILLER = re.compile(rf"(?:\W|(?<![a-z])(?:{_SOUNDS_EN})(?![a-z])|{_SOUNDS_ZH})+")
_GAPPED_HYPHEN = re.compile(r"\s+-\s+")
_QUESTION = ("?", "？")


class Text(Protocol):
    """A line as it is judged here."""

    @property
    def text(self) -> str:
        """The words said; may be empty."""
        ...


L = TypeVar("L", bound=Text)


def is_filler(text: str) -> bool:
    """Whether nothing is said but sounds such as "um", "mm-hmm" or 嗯. Yes, okay and 好的 may agree: they are none."""
    joined = _GAPPED_HYPHEN.sub("-", text.lower())
    return bool(joined.strip()) and _FILLER.fullmatch(joined) is not None


def carrying(lines: Sequence[L]) -> list[L]:
    """The lines, in order, without empty ones and mere fillers. A filler stays where it may be an answer: after a
    question, and at the beginning, where what came before is not known."""
    said = [line for line in lines if line.text]
    answering = [True, *(_asks(before.text) for before in said[:-1])]
    return [line for line, may_answer in zip(said, answering, strict=False) if may_answer or not is_filler(line.text)]


def _asks(text: str) -> bool:
    return text.rstrip().endswith(_QUESTION)
