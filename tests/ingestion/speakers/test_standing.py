"""What a speaker's voice stands on."""

from __future__ import annotations

import numpy as np
import pytest

from ingestion.domain import Span
from ingestion.speakers.domain import HeardVoice, SpeakerTurn
from ingestion.speakers.standing import voice_of
from tests.doubles import direction

TURNS = (SpeakerTurn(1, 0.0, 4.0), SpeakerTurn(2, 3.5, 8.0), SpeakerTurn(1, 10.0, 12.0))


def heard(start: float, end: float, sounds: int | None, shared: bool = False) -> HeardVoice:
    return HeardVoice(Span(start, end), None if sounds is None else tuple(direction(sounds).tolist()), shared)


VOICES = (heard(0, 3, 1), heard(3.4, 4.2, None, shared=True), heard(4.2, 8, 2), heard(10, 11, 3), heard(11, 11.2, None))


def test_a_voice_is_the_mean_of_its_clear_stretches_by_their_length() -> None:
    voice = voice_of(1, VOICES, TURNS)
    mean = 3 * direction(1) + direction(3)
    assert np.array(voice.vector) == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)
    assert (voice.speaker, voice.seconds) == (1, 4.0)


def test_what_was_anothers_does_not_count() -> None:
    voice = voice_of(1, VOICES, TURNS, [Span(1, 2), Span(9, 12)])
    assert (voice.vector, voice.seconds) == (None, 0.0), "the middle of both stretches was given away"
    voice = voice_of(1, VOICES, TURNS, [Span(2, 3), Span(9, 12)])
    assert np.array(voice.vector) == pytest.approx(direction(1), abs=1e-6)


def test_nobody_sounds_like_nothing() -> None:
    assert voice_of(3, VOICES, TURNS).vector is None
    assert voice_of(1, (), ()).vector is None


def test_what_others_say_meanwhile_on_the_other_side_of_a_call_does_not_count() -> None:
    turns = (SpeakerTurn(1, 0.0, 10.0), SpeakerTurn(2, 1.0, 9.0), SpeakerTurn(3, 2.0, 3.0), SpeakerTurn(2, 20.0, 22.0))
    sides = (heard(0, 1.4, 1), heard(1.4, 4, 1), heard(1, 2, 2), heard(2, 3, 3), heard(5, 9, 2), heard(20, 22, 4))
    alone = voice_of(1, sides, turns)
    assert np.array(alone.vector) == pytest.approx(direction(1), abs=1e-6)
    assert alone.seconds == 1.4
    assert np.array(voice_of(2, sides, turns).vector) == pytest.approx(direction(4), abs=1e-6)
    assert voice_of(3, sides, turns).vector is None, "never heard alone"
