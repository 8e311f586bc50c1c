"""Voices matched with known ones. A voice is an angle in the plane; the cosine of two is that of their difference."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from ingestion.speakers.domain import SpeakerVoice
from ingestion.speakers.recognition import LEAST_SECONDS, Recognised, recognise


def at(degrees: float) -> tuple[float, float]:
    return cos(radians(degrees)), sin(radians(degrees))


def voices(*degrees: float, seconds: float = 60.0) -> list[SpeakerVoice]:
    return [SpeakerVoice(number, at(angle), seconds) for number, angle in enumerate(degrees, 1)]


def said(found: list[Recognised]) -> list[tuple[int, str, bool]]:
    return [(one.speaker, one.person, one.known) for one in found]


def test_each_voice_is_the_person_who_sounds_like_it_the_likest_first() -> None:
    found = recognise(voices(100, 5), {"ann": [at(0)], "ben": [at(90)]})
    assert said(found) == [(2, "ann", True), (1, "ben", True)]
    assert [one.cosine for one in found] == pytest.approx([cos(radians(5)), cos(radians(10))])


@pytest.mark.parametrize(("angle", "known"), [(52, [True]), (54, [False]), (62, [False]), (64, []), (180, [])])
def test_a_voice_that_is_hardly_like_is_only_a_proposal_and_one_that_is_not_is_nobodys(
    angle: float, known: list[bool]
) -> None:
    assert [one.known for one in recognise(voices(angle), {"ann": [at(0)]})] == known


def test_a_voice_between_two_people_is_only_a_proposal() -> None:
    people = {"ann": [at(0)], "ben": [at(30)]}
    assert said(recognise(voices(14), people)) == [(1, "ann", False)]
    assert said(recognise(voices(-1), people)) == [(1, "ann", True)]


def test_of_two_like_voices_the_likest_is_the_person_and_nobody_is_two() -> None:
    assert said(recognise(voices(20, 10), {"ann": [at(0)]})) == [(2, "ann", True)]


def test_who_is_the_likest_is_not_given_away_so_that_another_fits_better() -> None:
    # 1 sounds most like Ann and a little like Ben, 2 a little less like Ann and not at all like Ben
    people = {"ann": [at(0)], "ben": [at(70)]}
    assert said(recognise(voices(10, -25), people)) == [(1, "ann", True)]


def test_a_person_is_known_by_the_mean_of_their_voices() -> None:
    found = recognise(voices(0), {"ann": [at(-50), at(50)], "ben": [at(40)]})
    assert said(found) == [(1, "ann", True)]
    assert found[0].cosine == pytest.approx(1.0)


def test_a_voice_of_which_too_little_was_heard_is_nobodys() -> None:
    people = {"ann": [at(0)]}
    assert recognise(voices(0, seconds=LEAST_SECONDS - 0.1), people) == []
    assert len(recognise(voices(0, seconds=LEAST_SECONDS), people)) == 1
    assert recognise([SpeakerVoice(1, None, 60.0)], people) == []


def test_where_nobody_is_known_or_heard_nobody_is_recognised() -> None:
    assert recognise(voices(0), {}) == []
    assert recognise(voices(0), {"ann": []}) == []
    assert recognise([], {"ann": [at(0)]}) == []
