"""Which speaker said which words: recognised segments cut where the speaker changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingestion.domain import SpokenSegment, Word
from ingestion.speakers.domain import SpeakerTurn

NEAR_SECONDS = 0.6
"""A word in no turn belongs to the one at most so far away: both networks are unsure of where a sound ends."""
PASSING_SECONDS = 0.5
"""A change of speaker that lasts for less, inside a sentence, is a slip of timing."""
SURE = 0.6
"""Share of a segment's time in which its speaker, and nobody else, has to be heard for its attribution to be sure."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A segment with its speaker, null where nobody is heard; `sure` is false where others speak too."""

    segment: SpokenSegment
    speaker: int | None
    sure: bool


def attribute(segments: Sequence[SpokenSegment], turns: Sequence[SpeakerTurn]) -> list[Attributed]:
    """The segments in order, each of one speaker: one in which the speaker changes is cut there."""
    longest = max((turn.end - turn.start for turn in turns), default=0.0)
    starts = [turn.start for turn in turns]
    found: list[Attributed] = []
    for segment in segments:
        first = bisect_left(starts, segment.start - NEAR_SECONDS - longest)
        last = bisect_right(starts, segment.end + NEAR_SECONDS)
        found += _attributed(segment, [turn for turn in turns[first:last] if turn.end > segment.start - NEAR_SECONDS])
    return found


def _attributed(segment: SpokenSegment, turns: Sequence[SpeakerTurn]) -> list[Attributed]:
    if not segment.words:
        speaker = _speaker(segment.start, segment.end, turns)
        return [Attributed(segment, speaker, _is_sure(segment.start, segment.end, speaker, turns))]
    speakers = _steady([_speaker(word.start, word.end, turns) for word in segment.words], segment.words)
    found: list[Attributed] = []
    for speaker, group in groupby(zip(speakers, segment.words, strict=True), key=lambda pair: pair[0]):
        part = _part(segment, [word for _, word in group])
        found.append(Attributed(part, speaker, _is_sure(part.start, part.end, speaker, turns)))
    return found


def _speaker(start: float, end: float, turns: Sequence[SpeakerTurn]) -> int | None:
    """The speaker heard longest between two times, else the nearest."""
    heard: dict[int, float] = {}
    for turn in turns:
        heard[turn.speaker] = heard.get(turn.speaker, 0.0) + max(0.0, min(end, turn.end) - max(start, turn.start))
    if any(heard.values()):
        return max(heard, key=lambda speaker: heard[speaker])
    middle = (start + end) / 2
    away = [(max(turn.start - middle, middle - turn.end), turn.speaker) for turn in turns]
    return min(away)[1] if away and min(away)[0] <= NEAR_SECONDS else None


def _steady(speakers: list[int | None], words: Sequence[Word]) -> list[int | None]:
    """The words' speakers without changes that only pass."""
    steady = list(speakers)
    at = 0
    for _, group in groupby(speakers):
        size = len(list(group))
        passing = words[at + size - 1].end - words[at].start < PASSING_SECONDS
        if passing and size < len(words):
            steady[at : at + size] = [steady[at - 1] if at else speakers[at + size]] * size
        at += size
    return steady


def _part(segment: SpokenSegment, words: Sequence[Word]) -> SpokenSegment:
    if len(words) == len(segment.words):
        return segment
    return replace(
        segment,
        start=words[0].start,
        end=words[-1].end,
        text="".join(word.text for word in words).strip(),
        confidence=sum(word.probability for word in words) / len(words),
        words=tuple(words),
    )


def _is_sure(start: float, end: float, speaker: int | None, turns: Sequence[SpeakerTurn]) -> bool:
    if speaker is None:
        return True
    if end <= start:
        return False

    def shared(turn: SpeakerTurn) -> float:
        return max(0.0, min(end, turn.end) - max(start, turn.start))

    own = sum(shared(turn) for turn in turns if turn.speaker == speaker)
    others = sum(shared(turn) for turn in turns if turn.speaker != speaker)
    return own - others >= SURE * (end - start)
