"""What a chat model is asked about a meeting, and what came of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from agents.ledger.domain import ItemKind


class Form(StrEnum):
    """The forms of an inquiry, and so of its reply."""

    WINDOW = "window"
    """What matters in a stretch of the meeting?"""
    DOUBT = "doubt"
    """What is it that these lines say?"""
    PAIR = "pair"
    """Are these lines about what was said in an earlier meeting?"""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One thing that a model is asked. `text` is all that it is shown, `lines` are those of the meeting among it, by
    their indices; of a doubt and of a pair, `about` are those that it is asked about. `kind` is what a doubt is taken
    for."""

    form: Form
    text: str
    lines: tuple[int, ...]
    about: tuple[int, ...] = ()
    kind: ItemKind | None = None

    @property
    def key(self) -> str:
        """The same for the same words in the same form: 64 hexadecimal digits."""
        return hashlib.sha256(f"{self.form.value}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model replied to an inquiry. `text` is JSON of the inquiry's form; null where nothing that it said could
    be read."""

    key: str
    form: Form
    lines: tuple[int, ...]
    about: tuple[int, ...]
    kind: ItemKind | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """How a model answered an inquiry: JSON of its form, or null and why nothing of it could be read; what it took."""

    text: str | None
    fault: str | None
    prompt_tokens: int
    completion_tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What a model's part of a reading took: its name, how many inquiries, tokens of prompts and of replies, seconds,
    and how many replies could not be read."""

    model: str
    inquiries: int
    prompt_tokens: int
    completion_tokens: int
    model_seconds: float
    unreadable: int
