"""The voices in a stretch of a recording: who of them is the same person is told later, over the whole recording."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, Span
from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples
from ingestion.speakers.domain import HeardVoice
from ingestion.speakers.speech_turns import FIRST_FRAME_SECONDS, FRAME_SECONDS, WINDOW_SECONDS, SpeechTurns
from ingestion.speakers.voice_vectors import SHORTEST_SECONDS, VoiceVectors

STEP_SECONDS = 5.0
"""From one window to the next: of each window the middle counts, where the network hears both what was and what
comes."""
LONGEST_SECONDS = 2.5
"""A longer stretch is cut into equal parts: the network misses some changes of speaker, and each part has a voice of
its own."""
_BATCH = 8
_NOBODY, _SEVERAL = -1, -2
"""What a frame is marked with where not one of the window's people speaks alone."""


def voices_in(
    samples: Samples,
    start: float,
    turns: SpeechTurns,
    vectors: VoiceVectors,
    progress: Progress | None = None,
) -> list[HeardVoice]:
    """The voices of a stretch that begins `start` seconds into the recording, in order. Raises ModelMissingError."""
    begins = _windows(samples.size / SAMPLE_RATE)
    found: list[HeardVoice] = []
    for first in range(0, len(begins), _BATCH):
        batch = begins[first : first + _BATCH]
        speaking = turns.speaking([_cut(samples, Span(begin, begin + WINDOW_SECONDS)) for begin in batch])
        for at, frames in enumerate(speaking, start=first):
            for span, shared in _stretches(frames, begins[at], _middle(begins, at, samples.size / SAMPLE_RATE)):
                vector = None if shared else _vector(_cut(samples, span), vectors)
                found.append(HeardVoice(Span(start + span.start, start + span.end), vector, shared))
        if progress is not None:
            progress((first + len(batch)) / len(begins))
    return found


def _windows(seconds: float) -> list[float]:
    """When each window begins; the last one ends with the sound, if that is long enough."""
    last = max(0.0, seconds - WINDOW_SECONDS)
    return [*np.arange(0.0, last, STEP_SECONDS).tolist(), last]


def _middle(begins: Sequence[float], at: int, seconds: float) -> Span:
    """What of a window counts: to the middle of what it shares with the window before and after."""
    first = 0.0 if at == 0 else (begins[at - 1] + WINDOW_SECONDS + begins[at]) / 2
    last = seconds if at == len(begins) - 1 else (begins[at] + WINDOW_SECONDS + begins[at + 1]) / 2
    return Span(first, last)


def _stretches(speaking: NDArray[np.bool_], begin: float, within: Span) -> Iterator[tuple[Span, bool]]:
    """Stretches in which one person speaks, or several at once, which the flag says; long ones in parts."""
    together = speaking.sum(axis=1)
    who = np.where(together == 1, speaking.argmax(axis=1), np.where(together == 0, _NOBODY, _SEVERAL))
    times = begin + FIRST_FRAME_SECONDS + np.arange(len(who)) * FRAME_SECONDS
    counted = [(int(person), float(time)) for person, time in zip(who, times, strict=True) if _holds(within, time)]
    for person, group in groupby(counted, key=lambda pair: pair[0]):
        if person == _NOBODY:
            continue
        frames = [time for _, time in group]
        begins = max(within.start, frames[0] - FRAME_SECONDS / 2)
        ends = min(within.end, frames[-1] + FRAME_SECONDS / 2)
        parts = math.ceil((ends - begins) / LONGEST_SECONDS) if person != _SEVERAL else 1
        edges = np.linspace(begins, ends, parts + 1).tolist()
        for first, last in pairwise(edges):
            yield Span(first, last), person == _SEVERAL


def _holds(span: Span, time: float) -> bool:
    return span.start <= time < span.end


def _vector(sound: Samples, vectors: VoiceVectors) -> tuple[float, ...] | None:
    return tuple(vectors.vector(sound).tolist()) if sound.size >= SHORTEST_SECONDS * SAMPLE_RATE else None


def _cut(samples: Samples, span: Span) -> Samples:
    return samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
