"""Which of what somebody said of speakers still holds once they are told apart anew."""

from __future__ import annotations

import pytest

from ingestion.domain import Span
from ingestion.speakers.domain import HeardVoice, SpeakerTurn
from ingestion.speakers.telling_anew import Claim, claims, left, settled, silenced

ANN, BEN = "ann", "ben"


def turns(*spoken: tuple[int, float, float]) -> list[SpeakerTurn]:
    return [SpeakerTurn(*turn) for turn in spoken]


def kept(
    confirmed: dict[int, str | None], before: list[SpeakerTurn], after: list[SpeakerTurn]
) -> dict[int, str | None]:
    return {speaker: claim.person for speaker, claim in settled(claims(confirmed), before, after).items()}


BEFORE = turns((1, 0, 40), (2, 40, 60), (1, 60, 80))


def test_names_stay_with_the_same_turns_whatever_their_numbers_are() -> None:
    after = turns((2, 0.5, 39), (1, 40, 61), (2, 61, 80))
    assert kept({1: ANN, 2: BEN}, BEFORE, after) == {2: ANN, 1: BEN}


def test_who_is_split_in_two_halves_is_neither_of_them() -> None:
    assert kept({1: ANN, 2: BEN}, BEFORE, turns((1, 0, 35), (2, 40, 60), (3, 60, 80))) == {2: BEN}


def test_who_only_loses_a_few_words_stays_who_they_were() -> None:
    assert kept({1: ANN}, BEFORE, turns((1, 0, 40), (2, 40, 60), (1, 60, 75), (3, 75, 80))) == {1: ANN}


def test_two_people_who_become_one_speaker_are_neither() -> None:
    assert kept({1: ANN, 2: BEN}, turns((1, 0, 30), (2, 30, 60)), turns((1, 0, 60))) == {}


def test_a_person_who_was_two_speakers_may_become_one() -> None:
    before = turns((1, 0, 30), (2, 30, 60), (3, 60, 90))
    assert kept({1: ANN, 2: ANN, 3: BEN}, before, turns((1, 0, 60), (2, 60, 90))) == {1: ANN, 2: BEN}


def test_nobody_known_is_also_something_that_was_said() -> None:
    assert kept({1: None}, BEFORE, BEFORE) == {1: None}
    assert settled([], BEFORE, BEFORE) == {}


def test_people_who_speak_at_once_are_compared_each_by_themselves() -> None:
    both = turns((1, 0, 30), (2, 20, 50), (1, 45, 60))
    assert kept({1: ANN, 2: BEN}, both, both) == {1: ANN, 2: BEN}


@pytest.mark.parametrize(("seconds", "same"), [(74.0, False), (76.0, True)])
def test_three_quarters_have_to_be_the_same(seconds: float, same: bool) -> None:
    found = settled([Claim(ANN, frozenset({1}))], turns((1, 0, 100)), turns((1, 0, seconds)))
    assert bool(found) is same


def test_a_forgotten_voice_is_left_out_and_does_not_come_back() -> None:
    forgotten = turns((1, 10, 20))
    heard = [HeardVoice(Span(at, at + 5.0), (1.0, 0.0)) for at in (0.0, 5.0, 10.0, 15.0, 20.0)]
    silent = silenced(heard, forgotten)
    assert [voice.vector is None for voice in silent] == [False, False, True, True, False]
    assert [voice.span.start for voice in left(silent, forgotten)] == [0.0, 5.0, 20.0]
