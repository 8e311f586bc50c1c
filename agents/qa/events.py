"""What an answer in the making reports: where it stands, the evidence, thoughts and words as they come, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agents.domain import Answer, Citation


@dataclass(frozen=True, slots=True)
class Status:
    """The step that begins, by name and in the reader's language. The first one says in which conversation."""

    stage: str
    text: str
    conversation_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The data of a `status` event."""
        begun = {} if self.conversation_id is None else {"conversation_id": self.conversation_id}
        return {"stage": self.stage, "text": self.text, **begun}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer as the model writes it, as Markdown, not yet verified: what counts is the text of `Done`.
    Its marks [n] name the citations sent before it."""

    text: str

    def to_json(self) -> dict[str, Any]:
        """The data of a `token` event."""
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class Thinking:
    """A piece of what the model thinks before it answers. It is no part of the answer, and is not kept."""

    text: str

    def to_json(self) -> dict[str, Any]:
        """The data of a `thinking` event."""
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class CitationEvent:
    """Evidence that was found, sent before a model runs, or when its words name a line that was not shown yet. `Done`
    numbers anew what the answer cites."""

    citation: Citation

    def to_json(self) -> dict[str, Any]:
        """The data of a `citation` event."""
        return self.citation.to_json()


@dataclass(frozen=True, slots=True)
class Done:
    """The finished answer."""

    answer: Answer

    def to_json(self) -> dict[str, Any]:
        """The data of a `done` event."""
        return self.answer.to_json()


Event = Status | Thinking | Token | CitationEvent | Done
