"""Errors of telling speakers apart, counted by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingestion.domain import Span
from ingestion.evaluation.diarization import (
    ScoredSpeakers,
    SpeakerTruth,
    attributed,
    compare_turns,
    named,
    owners,
    score,
    shared_words,
    summary,
)
from ingestion.evaluation.transcripts import HeardLine, SpokenText
from ingestion.speakers.domain import SpeakerTurn

Times = Sequence[tuple[float, float]]


def speech(*speakers: Times) -> list[list[Span]]:
    return [[Span(start, end) for start, end in turns] for turns in speakers]


TWO = speech([(0, 4), (8, 10)], [(4, 8)])
"""Six and four seconds."""


@pytest.mark.parametrize(
    ("said", "heard", "missed", "false_alarm", "confused", "jaccard"),
    [
        pytest.param(TWO, TWO, 0, 0, 0, 0, id="perfect"),
        pytest.param(TWO, speech([(4, 8)], [(0, 4), (8, 10)]), 0, 0, 0, 0, id="called otherwise"),
        pytest.param(TWO, speech([(0, 3), (8, 10)], [(4, 8)]), 1, 0, 0, 1 / 6, id="missed"),
        pytest.param(TWO, speech([(0, 4), (8, 12)], [(4, 8)]), 0, 2, 0, 2 / 8, id="false alarm"),
        # the first is heard for seven seconds, the second for three of its four
        pytest.param(TWO, speech([(0, 5), (8, 10)], [(5, 8)]), 0, 0, 1, 1 / 7 + 1 / 4, id="confusion"),
        pytest.param(TWO, speech([(0, 10)]), 0, 0, 4, 4 / 10 + 1, id="one for two"),
        # the third has no partner: its two seconds are confused, and the first has only two thirds of its own
        pytest.param(TWO, speech([(0, 4)], [(4, 8)], [(8, 10)]), 0, 0, 2, 2 / 6, id="three for two"),
        pytest.param(TWO, [], 10, 0, 0, 2, id="nothing heard"),
        pytest.param([], TWO, 0, 10, 0, 0, id="nothing said"),
        pytest.param([], [], 0, 0, 0, 0, id="nothing at all"),
    ],
)
def test_known_errors(
    said: list[list[Span]],
    heard: list[list[Span]],
    missed: float,
    false_alarm: float,
    confused: float,
    jaccard: float,
) -> None:
    found = compare_turns(said, heard)
    assert (found.missed, found.false_alarm) == pytest.approx((missed, false_alarm))
    assert (found.confused, found.jaccard) == pytest.approx((confused, jaccard))
    assert found.spoken == sum(span.end - span.start for turns in said for span in turns)
    assert (found.speakers, found.found) == (len(said), len(heard))


def test_overlap_counts_for_each_who_speaks() -> None:
    both = speech([(0, 6)], [(4, 10)])
    found = compare_turns(both, speech([(0, 6)], [(6, 10)]))
    assert found.spoken == 12
    assert (found.missed, found.false_alarm, found.confused) == (2, 0, 0)
    assert found.jaccard == pytest.approx(2 / 6)
    # two are heard where two speak, one of them wrongly
    found = compare_turns(both, speech([(0, 6)], [(6, 10)], [(4, 6)]))
    assert (found.missed, found.false_alarm, found.confused) == (0, 0, 2)


def test_nothing_is_forgiven_at_the_edges_and_nothing_is_rounded() -> None:
    found = compare_turns(speech([(0.0001, 1)]), speech([(0, 1)]))
    assert found.false_alarm == pytest.approx(0.0001)
    assert found.missed == 0


def test_turns_of_one_speaker_that_overlap_are_one() -> None:
    found = compare_turns(speech([(0, 3), (2, 5), (5, 6), (5, 5)]), speech([(0, 6)]))
    assert (found.spoken, found.missed, found.false_alarm, found.confused) == (6, 0, 0, 0)


def test_a_speaker_who_never_speaks_is_none() -> None:
    found = compare_turns(speech([(0, 2)], [(1, 1)]), speech([(0, 2)], []))
    assert (found.speakers, found.found, found.jaccard) == (1, 1, 0)


def test_the_pairings_of_the_two_rates_may_differ() -> None:
    found = compare_turns(speech([(0, 10)], [(10, 12)]), speech([(0, 5), (10, 12)], [(5, 7)]))
    # five seconds of the first with the first are more than four crosswise, but leave the second entirely wrong
    assert (found.missed, found.confused) == pytest.approx((3, 4))
    assert found.jaccard == pytest.approx((1 - 2 / 10) + (1 - 2 / 7))


def drawn(draw: random.Random, speakers: int) -> list[list[Span]]:
    starts = [[draw.uniform(0, 100) for _ in range(6)] for _ in range(speakers)]
    return [[Span(start, start + draw.uniform(0.1, 15)) for start in one] for one in starts]


@pytest.mark.parametrize("seed", range(20))
def test_names_and_order_never_matter(seed: int) -> None:
    draw = random.Random(seed)
    said, heard = drawn(draw, 4), drawn(draw, draw.randint(1, 6))
    found = compare_turns(said, heard)
    other = compare_turns(draw.sample(said, 4), [draw.sample(turns, 6) for turns in draw.sample(heard, len(heard))])
    assert (found.missed, found.false_alarm, found.confused, found.jaccard, found.spoken) == pytest.approx(
        (other.missed, other.false_alarm, other.confused, other.jaccard, other.spoken)
    )
    same = compare_turns(said, draw.sample(said, 4))
    assert (same.missed, same.false_alarm, same.confused, same.jaccard) == pytest.approx((0, 0, 0, 0))
    assert 0 <= found.jaccard <= 4
    assert found.missed + found.confused <= found.spoken


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_counting_fine_frames_comes_to(seed: int) -> None:
    draw = random.Random(seed)
    said, heard = drawn(draw, 3), drawn(draw, 2)
    missed = false_alarm = 0.0
    for frame in range(6000):
        at = (frame + 0.5) / 50
        real, sounding = (sum(any(s.start <= at < s.end for s in one) for one in side) for side in (said, heard))
        missed += max(0, real - sounding) / 50
        false_alarm += max(0, sounding - real) / 50
    found = compare_turns(said, heard)
    assert (found.missed, found.false_alarm) == pytest.approx((missed, false_alarm), abs=0.3)


LINES = (("Ann", "we ship on friday"), ("Bob", "no we wait"), ("Ann", "all of it"))


def heard(*lines: tuple[str | None, str]) -> list[HeardLine]:
    return [HeardLine(text, text, speaker) for speaker, text in lines]


def test_words_are_shared_by_who_said_and_who_is_heard_saying_them() -> None:
    shared = shared_words(LINES, heard(("S1", "we ship on Friday no"), ("S2", "we waited"), (None, "all of it")))
    assert shared == {("Ann", "S1"): 4, ("Bob", "S1"): 1, ("Bob", "S2"): 1, ("Ann", None): 3}
    assert attributed(shared) == 5  # nobody's words are not right


def test_words_of_nobody_we_know_are_not_asked_for() -> None:
    assert shared_words(((None, "we ship"), ("Bob", "no")), heard(("S1", "we ship no"))) == {("Bob", "S1"): 1}


def test_heard_speakers_are_given_to_real_ones_so_that_most_words_are_right() -> None:
    shared = {("Ann", "S1"): 5, ("Ann", "S2"): 4, ("Bob", "S1"): 4, ("Bob", None): 9}
    assert attributed(shared) == 8
    assert attributed({("Ann", "S1"): 5, ("Bob", "S1"): 4}) == 5
    assert attributed({("Ann", "S1"): 5, ("Ann", "S2"): 4}) == 5
    assert attributed({("Ann", None): 5}) == 0
    assert attributed({}) == 0


def scored(name: str, turns: list[SpeakerTurn], lines: list[HeardLine], language: str = "en") -> ScoredSpeakers:
    by_speaker = {"Ann": ("we ship on friday", "all of it"), "Bob": ("no we wait",)}
    truth = SpeakerTruth({"Ann": [Span(0, 4), Span(8, 10)], "Bob": [Span(4, 8)]}, LINES)
    return score(name, language, SpokenText(tuple(text for _, text in LINES), by_speaker), truth, turns, lines)


RIGHT = [SpeakerTurn(1, 0, 4), SpeakerTurn(2, 4, 8), SpeakerTurn(1, 8, 10)]
RIGHT_LINES = heard(("Speaker 1", "we ship on Friday"), ("Speaker 2", "no we wait"), ("Speaker 1", "all of it"))


def test_figures_are_sums_over_sums() -> None:
    one_voice = [SpeakerTurn(1, 0, 10)]
    figures = summary(
        [
            scored("a", RIGHT, RIGHT_LINES),
            scored("b", one_voice, heard(("Speaker 1", "we ship on Friday no we wait all of it")), "zh"),
        ]
    )
    assert figures["n"] == 2
    assert (figures["der"], figures["missed"], figures["confusion"]) == (0.2, 0.0, 0.2)
    assert figures["jer"] == pytest.approx((0.4 + 1) / 4)
    assert figures["speaker_count_error"] == 0.5
    assert figures["cpwer"] == pytest.approx(6 / 20)
    assert figures["word_attribution"] == pytest.approx(17 / 20)
    assert figures["der_ci"][0] <= figures["der"] <= figures["der_ci"][1]
    assert figures["ci_by"] == "meeting"
    assert (figures["per_language"]["en"]["der"], figures["per_language"]["zh"]["der"]) == (0.0, 0.4)
    assert figures["per_file"]["b"] == {
        "language": "zh",
        "seconds": 10,
        "tokens": 10,
        "speakers": 2,
        "speakers_found": 1,
        "der": 0.4,
        "missed": 0,
        "false_alarm": 0,
        "confusion": 0.4,
        "jer": 0.7,
        "speaker_count_error": 1,
        "cpwer": 0.6,
        "word_attribution": 0.7,
        "named_right": None,
        "named_false": None,
    }


def test_a_heard_speaker_is_the_one_who_said_most_of_its_words() -> None:
    shared = {("Ann", "Speaker 1"): 5, ("Ben", "Speaker 1"): 4, ("Ann", "Speaker 2"): 3, ("Ben", "Speaker 2"): 3}
    assert owners({**shared, ("Ben", None): 9}) == {"Speaker 1": "Ann"}


def test_words_under_names_are_right_or_false_and_those_under_numbers_neither() -> None:
    shared = {("Ann", "Ann"): 5, ("Ben", "Ann"): 2, ("Ben", "Speaker 2"): 4, ("Ben", None): 1, ("Cy", "Ben"): 1}
    assert named(shared, {"Ann", "Ben"}) == (5, 3)
    one = replace(scored("a", RIGHT, RIGHT_LINES), named_right=6, named_false=2)
    figures = summary([one, scored("b", RIGHT, RIGHT_LINES)])
    assert (figures["named_right"], figures["named_false"]) == (0.6, 0.2)
    assert (figures["per_file"]["a"]["named_right"], figures["per_file"]["b"]["named_right"]) == (0.6, None)


def test_without_names_nobody_is_named_right_or_falsely() -> None:
    figures = summary([scored("a", RIGHT, RIGHT_LINES)])
    assert (figures["named_right"], figures["named_right_ci"], figures["named_false"]) == (None, None, None)


def test_a_recording_in_which_nothing_was_heard() -> None:
    figures = summary([scored("a", [], [])])
    assert (figures["der"], figures["jer"], figures["cpwer"], figures["speaker_count_error"]) == (1, 1, 1, 2)
    assert figures["word_attribution"] is None


def test_without_words_of_speakers_only_the_turns_count() -> None:
    truth = SpeakerTruth({"Ann": [Span(0, 2)]}, ())
    one = score("a", "en", SpokenText(("we ship",), {}), truth, [SpeakerTurn(1, 0, 2)], heard(("Speaker 1", "we ship")))
    figures = summary([one])
    assert (figures["der"], figures["cpwer"], figures["word_attribution"]) == (0, None, None)
