"""The values of corrections, and what may be written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingestion.errors import BadInputError

LONGEST_TEXT = 10_000
LONGEST_NAME = 80

_CONTROL = ("Cc", "Cs", "Zl", "Zp")
_INVISIBLE = (*_CONTROL, "Cf")
_JOINERS = "\u200c\u200d"
"""Invisible, but part of how names are spelt in some scripts."""
_NAMELESS = re.compile(r"(?:speaker|发言人|说话人|讲话人)\s*\d+", re.IGNORECASE)


class Kind(StrEnum):
    """What a correction changes: what a line says, who says it, or what a meeting is called and filed under. RIGHT
    changes nothing: somebody has listened, and the line is as it stands."""

    TEXT = "text"
    RIGHT = "right"
    SPEAKER = "speaker"
    MEETING = "meeting"


class Reach(StrEnum):
    """Which lines get another speaker: the one line, those of its speaker from it on, all of its speaker in the
    meeting, or in every meeting of the project."""

    LINE = "line"
    FOLLOWING = "following"
    MEETING = "meeting"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Line:
    """What of an utterance is corrected, or tells where it stands. `sure` is false where its speaker is a guess."""

    index: int
    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it stands, and as it was derived before anybody corrected it."""

    line: Line
    derived: Line


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stood when it was corrected. Times are seconds, null when the transcript has none."""

    index: int
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class LineEvent:
    """A correction of lines: at each place the text or the speaker becomes `after`; for RIGHT it is the text, and
    `speaker` who speaks, as somebody heard them. `reach` is null unless a speaker is corrected."""

    kind: Kind
    places: tuple[Place, ...]
    after: str | None
    reach: Reach | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What of a meeting itself can be corrected; null is left as it is, or not looked at."""

    title: str | None = None
    date: date | None = None
    project: str | None = None


def checked_text(text: str) -> str:
    """The text of a line as it is stored. Raises BadInputError."""
    stripped = text.strip()
    if not 1 <= len(stripped) <= LONGEST_TEXT:
        raise BadInputError(
            f"a line cannot have {len(stripped)} characters", f"write 1 to {LONGEST_TEXT:,}; a line is never removed"
        )
    if any(unicodedata.category(character) in _CONTROL for character in stripped):
        raise BadInputError("the text holds line breaks or control characters", "write it as one line of plain text")
    return stripped


def checked_name(name: str, what: str) -> str:
    """A person's name as it is stored. `what` says whose in the error. Raises BadInputError."""
    stripped = unicodedata.normalize("NFC", name).strip()
    visible = [c for c in stripped if c not in _JOINERS]
    if not visible or len(stripped) > LONGEST_NAME:
        raise BadInputError(f"{what} has {len(stripped)} characters", f"write 1 to {LONGEST_NAME}")
    if any(unicodedata.category(character) in _INVISIBLE for character in visible):
        raise BadInputError(f"{what} holds control or direction characters", "write it as plain text")
    return stripped


def is_nameless(speaker: str) -> bool:
    """Whether a speaker is only numbered, as recognisers do: the same number is somebody else in another meeting."""
    return _NAMELESS.fullmatch(speaker) is not None
