"""Voices of a sound window by window, with doubles for the two networks that hear the level of the sound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples
from ingestion.speakers.domain import HeardVoice
from ingestion.speakers.listening import voices_in
from ingestion.speakers.speech_turns import FIRST_FRAME_SECONDS, FRAME_SECONDS, WINDOW_SECONDS

FIRST, SECOND, BOTH = 0.1, 0.2, 0.3
"""The levels at which one speaks, the other, and both."""
NEAR = 0.05


class TurnsByLevel:
    """Whose level the middle of each frame has; what was heard last goes on when the sound has ended."""

    def speaking(self, windows: Sequence[Samples]) -> NDArray[np.bool_]:
        frames = int((WINDOW_SECONDS - FIRST_FRAME_SECONDS) / FRAME_SECONDS)
        middles = ((FIRST_FRAME_SECONDS + FRAME_SECONDS * np.arange(frames)) * SAMPLE_RATE).astype(int)
        size = round(WINDOW_SECONDS * SAMPLE_RATE)
        found: list[NDArray[np.bool_]] = []
        for window in windows:
            level = np.pad(window, (0, size - window.size), "edge" if window.size else "constant")[middles]
            people = [np.isclose(level, own) | np.isclose(level, BOTH) for own in (FIRST, SECOND)]
            found.append(np.stack([*people, np.zeros(frames, bool)], axis=1))
        return np.stack(found)


class VectorByLevel:
    """Which level the sound has most of; `mixed` is the largest share of others that it was given."""

    def __init__(self) -> None:
        self.mixed = 0.0

    def vector(self, samples: Samples) -> NDArray[np.float32]:
        shares = np.array([np.isclose(samples, level).mean() for level in (FIRST, SECOND)])
        self.mixed = max(self.mixed, 1 - float(shares.max()))
        return (shares == shares.max()).astype(np.float32)


def sound(seconds: float, *spoken: tuple[float, float, float]) -> Samples:
    """Silence with levels, each from a second to another."""
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    for level, start, end in spoken:
        samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = level
    return samples


def listened(samples: Samples, start: float = 0.0, **given: Any) -> list[HeardVoice]:
    return voices_in(samples, start, cast("Any", TurnsByLevel()), cast("Any", VectorByLevel()), **given)


def spoken(voices: Sequence[HeardVoice], vector: tuple[float, ...] | None) -> list[tuple[float, float]]:
    """When a voice is heard, without the cuts inside."""
    spans = [(voice.span.start, voice.span.end) for voice in voices if voice.vector == vector]
    begins = [0, *(at for at in range(1, len(spans)) if spans[at][0] > spans[at - 1][1] + NEAR)]
    return [(spans[at][0], spans[last - 1][1]) for at, last in zip(begins, [*begins[1:], len(spans)], strict=True)]


def near(*spans: tuple[float, float]) -> list[Any]:
    return [pytest.approx(span, abs=NEAR) for span in spans]


ONE, OTHER = (1.0, 0.0), (0.0, 1.0)


def test_times_are_those_of_the_recording() -> None:
    voices = listened(sound(40, (FIRST, 2, 7), (SECOND, 21, 29.5)), start=600.0)
    assert spoken(voices, ONE) == near((602, 607))
    assert spoken(voices, OTHER) == near((621, 629.5))


def test_every_moment_is_heard_once_and_in_order() -> None:
    voices = listened(sound(61.3, (FIRST, 0, 61.3)))
    assert sum(voice.seconds for voice in voices) == pytest.approx(61.3, rel=0.01)
    assert all(one.span.end <= after.span.start + 0.02 for one, after in pairwise(voices))
    assert spoken(voices, ONE) == near((0, 61.3))


@pytest.mark.parametrize("seconds", [1.6, 9.0, 10.0, 10.01, 12.3, 15.0, 27.7])
def test_the_end_is_heard_and_nothing_after_it(seconds: float) -> None:
    voices = listened(sound(seconds, (FIRST, seconds - 1.5, seconds)), start=5.0)
    assert spoken(voices, ONE) == near((5 + seconds - 1.5, 5 + seconds))
    assert voices[-1].span.end <= 5 + seconds + 1e-6


def test_three_seconds_of_sound() -> None:
    voices = listened(sound(3, (FIRST, 0.5, 3)), start=10.0)
    assert spoken(voices, ONE) == near((10.5, 13))
    assert not any(voice.shared for voice in voices)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 3.0, 25.0])
def test_nobody_is_heard_in_silence(seconds: float) -> None:
    assert listened(sound(seconds)) == []


def test_where_several_speak_at_once_nobody_has_a_voice() -> None:
    samples = sound(20, (FIRST, 0, 4), (BOTH, 4, 9), (SECOND, 9, 12))
    vectors = VectorByLevel()
    voices = voices_in(samples, 0.0, cast("Any", TurnsByLevel()), cast("Any", vectors))
    assert spoken(voices, ONE) == near((0, 4))
    assert spoken(voices, OTHER) == near((9, 12))
    shared = [voice for voice in voices if voice.shared]
    assert spoken(shared, None) == near((4, 9))
    assert vectors.mixed < 0.05, "a voice was heard with others"


def test_a_sound_that_is_too_short_has_no_voice() -> None:
    (voice,) = listened(sound(10, (FIRST, 4, 4.1)))
    assert (voice.vector, voice.shared) == (None, False)
    assert voice.seconds == pytest.approx(0.1, abs=NEAR)


def test_a_change_of_speaker_that_the_network_misses_shows_in_the_voices() -> None:
    class Deaf(TurnsByLevel):
        """Takes everybody for the same person."""

        def speaking(self, windows: Sequence[Samples]) -> NDArray[np.bool_]:
            heard = super().speaking(windows)
            return heard.any(axis=2, keepdims=True) & np.array([True, False, False])

    samples = sound(60, (FIRST, 0, 30), (SECOND, 30, 60))
    voices = voices_in(samples, 0.0, cast("Any", Deaf()), cast("Any", VectorByLevel()))
    ((_, first),), ((second, _),) = spoken(voices, ONE), spoken(voices, OTHER)
    assert first == pytest.approx(30, abs=1.5)
    assert second == pytest.approx(30, abs=1.5)


def test_progress_rises_to_the_whole() -> None:
    shares: list[float] = []
    listened(sound(120, (FIRST, 0, 5)), progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 1
    assert shares[-1] == 1.0
