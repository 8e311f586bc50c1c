"""Voices and voiceprints follow who speaks."""

from __future__ import annotations

import numpy as np
import pytest

from ingestion.corrections.domain import Reach
from ingestion.domain import Span
from ingestion.repository import TranscriptRepository
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice
from ingestion.speakers.memory import VoiceMemory
from ingestion.stored_values import vector_from_text, voices_to_json
from ingestion.voice_repository import VoiceRepository
from tests.doubles import direction
from tests.ingestion.corrections.conftest import House

LINES = [(0.0, 4.0, "We begin."), (5.0, 9.0, "I have the numbers."), (10.0, 14.0, "Then we ship.")]


ALONE = (8.0, [1.0, round(float(direction(1) @ direction(2)), 2)])
"""The first voice by itself."""


@pytest.fixture
def call(house: House) -> str:
    """One voice was told of three lines, though the second sounds like somebody else."""
    house.hear("call", *LINES)
    sounds = [direction(1), direction(2), direction(1)]
    voices = [HeardVoice(Span(s, e), tuple(v.tolist())) for (s, e, _), v in zip(LINES, sounds, strict=True)]
    with house.database.session() as session:
        transcripts, repository = TranscriptRepository(session), VoiceRepository(session)
        transcripts.piece("call", 0).voices = voices_to_json(voices)
        transcripts.replace_turns("call", [SpeakerTurn(1, s, e) for s, e, _ in LINES])
        repository.replace_voices("call", "scripted", [SpeakerVoice(1, tuple(direction(3).tolist()), 12.0)])
    house.derive("call")
    VoiceMemory(house.database).name("call", {1: "Ann"}, "Ann")
    house.derive("call")
    return "call"


def sounds(house: House) -> list[tuple[float, list[float]]]:
    """The voice of the meeting and the voiceprints: seconds, and how much of the first and of the second direction."""
    with house.database.session() as session:
        repository = VoiceRepository(session)
        (voice,) = repository.voices("call")
        kept = repository.voiceprints(voice.person_id or "")
        return [
            (one.seconds, [round(float(np.array(vector_from_text(one.vector)) @ direction(n)), 2) for n in (1, 2)])
            for one in (voice, *kept)
        ]


def test_a_line_that_is_anothers_leaves_the_voice_and_its_voiceprint(house: House, call: str) -> None:
    (made,) = house.corrector.give_speaker(call, 1, "Ben")
    assert sounds(house) == [ALONE] * 2
    house.derive(call)
    assert sounds(house) == [ALONE] * 2
    house.corrector.undo(made.correction_id)
    (voice, kept) = sounds(house)
    assert voice == kept
    assert voice[0] == 12.0
    assert voice[1][1] > 0.3


def test_a_voice_told_anew_does_not_stand_on_what_is_known_to_be_anothers(house: House, call: str) -> None:
    house.corrector.give_speaker(call, 1, "Ben")
    with house.database.session() as session:
        told = [SpeakerVoice(1, tuple(direction(3).tolist()), 12.0)]
        VoiceRepository(session).replace_voices(call, "scripted", told)
        session.flush()
    VoiceMemory(house.database).name(call, {1: "Ann"})
    house.derive(call)
    assert sounds(house)[0] == ALONE


def test_a_voice_whose_lines_are_all_called_otherwise_sounds_as_before(house: House, call: str) -> None:
    (made,) = house.corrector.give_speaker(call, 0, "Ben", Reach.MEETING)
    assert [speaker for speaker, _ in house.said(call)] == ["Ben"] * 3
    (voice, kept) = sounds(house)
    assert (voice, voice[0]) == (kept, 12.0)
    house.corrector.undo(made.correction_id)
    assert sounds(house) == [voice, kept]
