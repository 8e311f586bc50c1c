"""What an answer in the making reports: where it stands, the evidence, the words as they come, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agents.domain import Answer, Citation


@dataclass(frozen=True, slots=True)
class Status:
    """The step that begins, by name and in the reader's language."""

    stage: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """The data of a `status` event."""
        return {"stage": self.stage, "text": self.text}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer as the model writes it, not yet verified: what counts is the text of `Done`."""

    text: str

    def to_json(self) -> dict[str, Any]:
        """The data of a `token` event."""
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class CitationEvent:
    """Evidence that was found, sent before a model runs. `Done` numbers anew what the answer cites."""

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


Event = Status | Token | CitationEvent | Done
