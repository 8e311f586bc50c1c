"""What the voice of a speaker stands on: the stretches in which the speaker is heard, and nobody else."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ingestion.domain import Span
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice
from ingestion.speakers.mean import unit_mean


def voice_of(
    speaker: int, voices: Sequence[HeardVoice], turns: Sequence[SpeakerTurn], given_away: Sequence[Span] = ()
) -> SpeakerVoice:
    """How a speaker sounds: the mean over what of the recording's voices is heard in the speaker's turns, but in
    nobody else's, and in none of the spans given away, which were another's after all. Turns and spans are in order;
    those of one speaker do not overlap."""
    spoken: dict[int, list[Span]] = defaultdict(list)
    for turn in turns:
        spoken[turn.speaker].append(Span(turn.start, turn.end))
    own = _Spans(spoken.pop(speaker, []))
    others = [_Spans(spans) for spans in (given_away, *spoken.values())]
    stands = [
        voice
        for voice in voices
        if voice.vector is not None and own.hold(voice.middle) and not any(one.hold(voice.middle) for one in others)
    ]
    if not stands:
        return SpeakerVoice(speaker, None, 0.0)
    seconds = np.array([voice.seconds for voice in stands])
    mean = unit_mean(np.array([voice.vector for voice in stands], np.float32), seconds)
    return SpeakerVoice(speaker, tuple(mean.tolist()), float(seconds.sum()))


class _Spans:
    """Spans in order that do not overlap."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def hold(self, time: float) -> bool:
        """Whether one of them holds the time."""
        at = bisect_right(self._starts, time) - 1
        return at >= 0 and time < self._spans[at].end
