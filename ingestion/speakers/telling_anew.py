"""Speakers of a recording told apart once more, without giving anybody's words to somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingestion.domain import Span
from ingestion.speakers.domain import HeardVoice, SpeakerTurn

SAME_SHARE = 0.75
"""Of the time of a speaker as told before, and of one as told now, so much has to be common to both, for them to be
the same person."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said of `speakers` as they were told apart before: that they are one person, null for nobody who
    is known."""

    person: str | None
    speakers: frozenset[int]


def claims(confirmed: Mapping[int, str | None]) -> list[Claim]:
    """Every confirmed speaker by itself, and those who are one person together."""
    alone = [Claim(person, frozenset({speaker})) for speaker, person in confirmed.items()]
    people = {person for person in confirmed.values() if person is not None}
    together = [Claim(one, frozenset(s for s, person in confirmed.items() if person == one)) for one in sorted(people)]
    return alone + [claim for claim in together if len(claim.speakers) > 1]


def settled(claims: Sequence[Claim], before: Sequence[SpeakerTurn], after: Sequence[SpeakerTurn]) -> dict[int, Claim]:
    """Which claim holds for which speaker as told now, by their number: the one about those who mostly spoke at the
    same times. A speaker who is missing is unknown."""
    found: dict[int, Claim] = {}
    for speaker in sorted({turn.speaker for turn in after}):
        now = _times(after, {speaker})
        for claim in claims:
            then = _times(before, claim.speakers)
            if _common(then, now) >= SAME_SHARE * max(_length(then), _length(now)):
                found[speaker] = claim
    return found


def within(voice: HeardVoice, turns: Iterable[SpeakerTurn]) -> bool:
    """Whether one of the turns is spoken while the voice is heard."""
    return any(turn.start < voice.span.end and voice.span.start < turn.end for turn in turns)


def silenced(voices: Sequence[HeardVoice], turns: Sequence[SpeakerTurn]) -> list[HeardVoice]:
    """The voices without how those sound that are heard in one of the turns."""
    return [replace(voice, vector=None) if within(voice, turns) else voice for voice in voices]


def left(voices: Sequence[HeardVoice], turns: Sequence[SpeakerTurn]) -> list[HeardVoice]:
    """The voices without those that nobody but the speakers of the turns can have."""

    def taken(voice: HeardVoice) -> bool:
        return not voice.shared and any(turn.start <= voice.middle < turn.end for turn in turns)

    return [voice for voice in voices if voice.vector is not None or not taken(voice)]


def _times(turns: Iterable[SpeakerTurn], speakers: Collection[int]) -> list[Span]:
    """When any of the speakers speaks, in order and without overlaps."""
    times: list[Span] = []
    for turn in sorted((turn for turn in turns if turn.speaker in speakers), key=lambda turn: turn.start):
        if times and turn.start <= times[-1].end:
            times[-1] = Span(times[-1].start, max(times[-1].end, turn.end))
        else:
            times.append(Span(turn.start, turn.end))
    return times


def _length(times: Sequence[Span]) -> float:
    return sum(span.end - span.start for span in times)


def _common(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How long both last, by going once through the edges of both."""
    edges = sorted([(edge, step) for span in [*one, *other] for edge, step in ((span.start, 1), (span.end, -1))])
    common, depth = 0.0, 0
    for (start, step), (end, _) in pairwise([*edges, (edges[-1][0], 0)] if edges else []):
        depth += step
        common += (end - start) * (depth == 2)
    return common
