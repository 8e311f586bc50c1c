"""The channels of the graph. Nothing of them outlives an inquiry."""

from __future__ import annotations

from typing import TypedDict

from agents.reading.domain import Answered, Inquiry


class ReadingState(TypedDict):
    """What the nodes read; each writes the channels that are its own. `faults` says what is wrong with the answer, and
    `asked` how often the model was asked."""

    meeting_id: str
    background: list[str]
    inquiry: Inquiry | None
    answered: Answered
    faults: list[str]
    asked: int
