"""Made-up voices told apart. What is compared is who speaks at every moment, not where a constant cuts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from ingestion.domain import Span
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, Told
from ingestion.speakers.telling_apart import tell_apart
from tests.doubles import ScriptedDiarizer, direction, unit

ALMOST = 0.95


def talk(speakers: int, seconds: float, turn: float = 8.0) -> list[SpeakerTurn]:
    """Speakers take turns, numbered in the order in which they first speak, with a pause after each turn."""
    random = np.random.default_rng(speakers)
    turns: list[SpeakerTurn] = []
    at, known, last = 0.5, 0, 0
    while at < seconds - 1:
        new = known < speakers and (len(turns) % 3 == 0 or known < 2)
        others = [speaker for speaker in range(1, known + 1) if speaker != last or speakers == 1]
        last = known + 1 if new else int(random.choice(others))
        known = max(known, last)
        end = min(at + turn * random.uniform(0.5, 1.5), seconds - 0.5)
        turns.append(SpeakerTurn(last, at, end))
        at = end + 0.6
    return turns


def told(diarizer: ScriptedDiarizer, seconds: float, piece: float = 300.0, bounds: Bounds = Bounds()) -> Told:
    voices: list[HeardVoice] = []
    for start in np.arange(0.0, seconds, piece).tolist():
        voices += diarizer.listen(np.zeros(round(min(piece, seconds - start) * 16_000), np.float32), start)
    return tell_apart(voices, bounds)


def alike(found: Sequence[SpeakerTurn], true: Sequence[SpeakerTurn]) -> float:
    """The share of the time in which exactly the right speakers speak."""
    times = np.arange(0.0, max(turn.end for turn in true), 0.1)
    right = [_at(found, time) == _at(true, time) for time in times.tolist()]
    return sum(right) / len(right)


def _at(turns: Sequence[SpeakerTurn], time: float) -> set[int]:
    return {turn.speaker for turn in turns if turn.start <= time < turn.end}


@pytest.mark.parametrize(("speakers", "seconds"), [(1, 60), (2, 120), (3, 180), (12, 900)])
def test_as_many_speakers_as_there_are(speakers: int, seconds: float) -> None:
    true = talk(speakers, seconds)
    assert len({turn.speaker for turn in true}) == speakers
    found = told(ScriptedDiarizer(true), seconds).turns
    assert {turn.speaker for turn in found} == set(range(1, speakers + 1))
    assert alike(found, true) >= ALMOST


def test_one_speaker_for_two_hours() -> None:
    true = talk(1, 7200, turn=40)
    found = told(ScriptedDiarizer(true, noise=0.5), 7200).turns
    assert {turn.speaker for turn in found} == {1}
    heard_for = sum(turn.end - turn.start for turn in found)
    assert heard_for == pytest.approx(sum(turn.end - turn.start for turn in true), rel=0.02)


def test_turns_are_in_order_and_speakers_numbered_as_they_come() -> None:
    found = told(ScriptedDiarizer(talk(5, 300)), 300).turns
    assert [turn.start for turn in found] == sorted(turn.start for turn in found)
    assert list(dict.fromkeys(turn.speaker for turn in found)) == [1, 2, 3, 4, 5]
    for speaker in range(1, 6):
        own = [turn for turn in found if turn.speaker == speaker]
        assert all(one.end < after.start for one, after in pairwise(own))


@pytest.mark.parametrize("piece", [17.0, 60.0, 200.0, 240.0])
def test_pieces_do_not_show(piece: float) -> None:
    true = talk(3, 240)
    assert alike(told(ScriptedDiarizer(true), 240, piece).turns, true) >= ALMOST


def test_people_who_speak_at_once_both_have_a_turn() -> None:
    true = [*talk(2, 60), SpeakerTurn(1, 61.0, 67.0), SpeakerTurn(2, 64.0, 69.0), SpeakerTurn(2, 71.0, 79.0)]
    found = told(ScriptedDiarizer(true), 80).turns
    assert _at(found, 62.0) == {1}
    assert _at(found, 65.5) == {1, 2}
    assert alike(found, true) >= ALMOST


def test_the_number_of_speakers_can_be_bounded_from_above() -> None:
    found = told(ScriptedDiarizer(talk(4, 240)), 240, bounds=Bounds(most=2)).turns
    assert {turn.speaker for turn in found} == {1, 2}


def test_voices_that_sound_alike_are_told_apart_when_it_is_known_how_many_there_are() -> None:
    true = talk(2, 180)
    twins = {1: direction(1), 2: unit(direction(1) + 0.5 * direction(2))}
    diarizer = ScriptedDiarizer(true, twins, noise=0.1)
    assert {turn.speaker for turn in told(diarizer, 180).turns} == {1}
    assert alike(told(diarizer, 180, bounds=Bounds(least=2, most=2)).turns, true) >= ALMOST


def test_a_number_that_is_right_anyway_changes_nothing() -> None:
    diarizer = ScriptedDiarizer(talk(3, 180))
    assert told(diarizer, 180, bounds=Bounds(least=3, most=3)) == told(diarizer, 180)


def test_a_stray_sound_is_not_one_of_the_speakers_that_are_known_to_be_there() -> None:
    true = talk(2, 180)
    twins = {1: direction(1), 2: unit(direction(1) + 0.5 * direction(2))}
    stray = HeardVoice(Span(181.0, 183.0), tuple(direction(77).tolist()))
    voices = ScriptedDiarizer(true, twins, noise=0.1).listen(np.zeros(180 * 16_000, np.float32), 0.0)
    assert alike(tell_apart([*voices, stray], Bounds(2, 2)).turns, true) >= ALMOST


def test_two_groups_of_one_voice_become_one_speaker_when_there_are_fewer() -> None:
    true = talk(3, 240)
    near = {2: unit(direction(1) + 1.6 * direction(2)), 1: direction(1)}
    voices = ScriptedDiarizer(true, near, noise=0.1).listen(np.zeros(240 * 16_000, np.float32), 0.0)
    assert len({turn.speaker for turn in tell_apart(voices, alike=0.7).turns}) == 3
    joined = [SpeakerTurn(1 if turn.speaker == 2 else turn.speaker, turn.start, turn.end) for turn in true]
    found = tell_apart(voices, Bounds(most=2), alike=0.7).turns
    assert alike([SpeakerTurn({1: 1, 2: 3}[t.speaker], t.start, t.end) for t in found], joined) >= 0.8


def test_three_seconds_are_not_five_people() -> None:
    found = told(ScriptedDiarizer([SpeakerTurn(1, 0.4, 2.8)]), 3.0, bounds=Bounds(5, 5))
    assert {turn.speaker for turn in found.turns} <= {1, 2}
    assert alike(found.turns, [SpeakerTurn(1, 0.4, 2.8)]) >= ALMOST


def test_one_voice_that_is_said_to_be_two_ends_as_two_at_most() -> None:
    found = told(ScriptedDiarizer(talk(1, 120)), 120, bounds=Bounds(2, 2))
    assert len({turn.speaker for turn in found.turns}) <= 2
    assert [voice.speaker for voice in found.voices] == sorted({turn.speaker for turn in found.turns})


def test_nobody_is_heard_in_silence() -> None:
    assert tell_apart([]) == Told()


@pytest.mark.parametrize("vector", [None, tuple(direction(1).tolist())], ids=["too short to tell", "short"])
def test_short_sounds_alone_are_one_speaker(vector: tuple[float, ...] | None) -> None:
    found = tell_apart([HeardVoice(Span(at, at + 0.8), vector) for at in (2.0, 12.0, 22.0)]).turns
    assert [(turn.speaker, turn.start) for turn in found] == [(1, 2.0), (1, 12.0), (1, 22.0)]


@pytest.mark.parametrize("seconds", [0.6, 1.8])
def test_a_stray_sound_is_nobody_new(seconds: float) -> None:
    stray = HeardVoice(Span(121.0, 121.0 + seconds), tuple(direction(77).tolist()))
    voices = [*ScriptedDiarizer(talk(2, 120)).listen(np.zeros(120 * 16_000, np.float32), 0.0), stray]
    assert {turn.speaker for turn in tell_apart(voices).turns} == {1, 2}


def test_a_meeting_of_three_seconds() -> None:
    true = [SpeakerTurn(1, 0.4, 2.8)]
    (turn,) = told(ScriptedDiarizer(true), 3.0).turns
    assert (turn.speaker, turn.start, turn.end) == (1, pytest.approx(0.4, abs=0.05), pytest.approx(2.8, abs=0.05))


def test_each_speaker_has_the_voice_that_was_heard() -> None:
    true = talk(3, 180)
    voices = told(ScriptedDiarizer(true), 180).voices
    assert [voice.speaker for voice in voices] == [1, 2, 3]
    for voice in voices:
        assert voice.vector is not None
        assert np.linalg.norm(voice.vector) == pytest.approx(1, abs=1e-3)
        assert np.array(voice.vector) @ direction(voice.speaker) > 0.95
        spoken = sum(turn.end - turn.start for turn in true if turn.speaker == voice.speaker)
        assert voice.seconds == pytest.approx(spoken, rel=0.25)


def test_who_was_never_clear_has_no_voice() -> None:
    told = tell_apart([HeardVoice(Span(2.0, 2.8), shared=True), HeardVoice(Span(2.8, 3.0))])
    assert {turn.speaker for turn in told.turns} == {1}
    assert [voice for voice in told.voices if voice.vector is not None] == []
