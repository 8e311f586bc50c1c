"""What the voice of a speaker stands on: the stretches in which the speaker is heard, and nobody else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from ingestion.domain import Span
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice


def voice_of(
    speaker: int, voices: Sequence[HeardVoice], turns: Sequence[SpeakerTurn], given_away: Sequence[Span] = ()
) -> SpeakerVoice:
    """How a speaker sounds: the mean over what of the recording's voices is heard in the speaker's turns, but in none
    of the spans given away, which were another's after all. Turns and spans are in order."""
    own = _Spans([Span(turn.start, turn.end) for turn in turns if turn.speaker == speaker])
    others = _Spans(given_away)
    stands = [v for v in voices if v.vector is not None and own.hold(_middle(v)) and not others.hold(_middle(v))]
    if not stands:
        return SpeakerVoice(speaker, None, 0.0)
    seconds = np.array([voice.seconds for voice in stands])
    mean = np.average(np.array([voice.vector for voice in stands], np.float32), axis=0, weights=seconds)
    unit = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return SpeakerVoice(speaker, tuple(unit.tolist()), float(seconds.sum()))


class _Spans:
    """Spans in order that do not overlap."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def hold(self, time: float) -> bool:
        """Whether one of them holds the time."""
        at = bisect_right(self._starts, time) - 1
        return at >= 0 and time < self._spans[at].end


def _middle(voice: HeardVoice) -> float:
    return (voice.span.start + voice.span.end) / 2
