"""What a glossary has changed in stored lines, and what it would change now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingestion.domain import Correction


class GlossaryState(StrEnum):
    """MADE: the glossary made the change, and would again. PENDING: it would make it now. OUTDATED: it made the change,
    but would not any more."""

    MADE = "made"
    PENDING = "pending"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class GlossaryChange:
    """A change of a glossary in a line of a meeting. `start` is seconds from the start of the recording, null where
    the transcript has no times; `text` is what the line says now."""

    meeting_id: str
    line: int
    start: float | None
    text: str
    before: str
    after: str
    reason: str
    state: GlossaryState


def compared(made: Sequence[Correction], wanted: Sequence[Correction]) -> list[tuple[Correction, GlossaryState]]:
    """The changes that were made of a line beside those that would be made now: first what would be, in order, then
    what is outdated."""
    left = [(change.before, change.after) for change in made]
    found: list[tuple[Correction, GlossaryState]] = []
    for change in wanted:
        same = (change.before, change.after)
        found.append((change, GlossaryState.MADE if same in left else GlossaryState.PENDING))
        if same in left:
            left.remove(same)
    return [*found, *((change, GlossaryState.OUTDATED) for change in made if (change.before, change.after) in left)]
