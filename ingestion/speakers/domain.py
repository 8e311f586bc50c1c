"""The values of telling speakers apart. Times are seconds from the start of the recording."""

from __future__ import annotations

from dataclasses import dataclass

from ingestion.domain import Span


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """A stretch of a recording in which one person speaks, or, when it is `shared`, several at once.

    `vector` is the unit vector of how the person sounds, null where it is shared or too short to tell. `channel` is 1
    or 2 in a recording whose two channels are two sides, with people of its own on each; null in every other.
    """

    span: Span
    vector: tuple[float, ...] | None = None
    shared: bool = False
    channel: int | None = None

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.span.end - self.span.start

    @property
    def middle(self) -> float:
        """The time in its middle."""
        return (self.span.start + self.span.end) / 2


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """A stretch in which one speaker speaks. Speakers are numbered from 1 in the order in which they first do."""

    speaker: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpeakerVoice:
    """How one speaker of a recording sounds: a unit vector, null where nobody was clear, over `seconds` of speech in
    which nobody else speaks."""

    speaker: int
    vector: tuple[float, ...] | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """Who speaks when in a recording: the turns in order of their start, those of different speakers may overlap, and
    the voice of each speaker."""

    turns: tuple[SpeakerTurn, ...] = ()
    voices: tuple[SpeakerVoice, ...] = ()
