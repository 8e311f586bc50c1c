"""The values of a review. Times are seconds from the start of the recording, null where a transcript has none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingestion.domain import Word


class FlagKind(StrEnum):
    """What of a line deserves a listen."""

    NUMBER = "number"
    NAME = "name"
    SPEAKER = "speaker"


class FlagReason(StrEnum):
    """Why it does: the recogniser was not sure, a number that sounds alike is said of the same thing elsewhere, it is
    near a name of the glossary, or others speak at the same time."""

    UNCLEAR = "unclear"
    SOUNDS_LIKE = "sounds-like"
    NEAR_NAME = "near-name"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What of a stored line is looked at. `words` are those of `raw_text`, in order; `settled` is true where somebody
    has said what the line says."""

    index: int
    speaker: str | None
    text: str
    raw_text: str
    start: float | None = None
    end: float | None = None
    words: tuple[Word, ...] = ()
    sure: bool = True
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A stretch of a line that deserves a listen, from `start` to `end`.

    `probability` is the recogniser's for it, 0..1, where words have one. `other` is what it may be instead: the number
    that is said elsewhere, or the name that it is near.
    """

    kind: FlagKind
    line: int
    start: float | None
    end: float | None
    text: str
    why: FlagReason
    probability: float | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody made of the text of a line."""

    meeting_id: str
    line: int
    before: str
    after: str
