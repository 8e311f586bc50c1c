from __future__ import annotations

import random

from ingestion.search_repository import ChunkRange
from retrieval.pack import grow, runs, said, take_lines, take_whole


def places(meeting: str, count: int, words: int = 10) -> list[ChunkRange]:
    return [ChunkRange(meeting, i * 5, i * 5 + 4, words) for i in range(count)]


def test_growing_reaches_what_stands_around_a_find_and_further_after_it_than_before() -> None:
    grown = grow(places("m1", 9) + places("m2", 2), {("m1", 20): 2.0, ("m2", 0): 0.5})
    assert [place.first for place, _ in grown if place.meeting_id == "m1"][:5] == [20, 25, 15, 30, 35]
    values = [value for _, value in grown]
    assert values == sorted(values, reverse=True)
    assert len(grown) == 11


def test_what_lies_between_two_finds_is_worth_more_than_what_lies_beside_one() -> None:
    grown = grow(places("m1", 7), {("m1", 5): 1.0, ("m1", 15): 1.0, ("m1", 30): -1.0})
    assert {place.first for place, _ in grown[:3]} == {5, 10, 15}


def test_growing_asks_only_how_far_scores_stand_apart() -> None:
    row, scores = places("m1", 9), {("m1", 5): 3.0, ("m1", 20): 2.0, ("m1", 35): 0.0}
    other = {find: score / 1000 - 7 for find, score in scores.items()}
    assert [place for place, _ in grow(row, scores)] == [place for place, _ in grow(row, other)]


def test_one_find_far_above_the_rest_outweighs_many() -> None:
    scores = {("m1", 0): 9.0, **{("m2", at * 5): 0.0 for at in range(20)}}
    grown = grow(places("m1", 9) + places("m2", 20), scores)
    assert [place.meeting_id for place, _ in grown[:3]] == ["m1", "m1", "m1"]


def test_the_best_find_leads_then_finds_in_reach_of_each_other_beat_a_lone_one() -> None:
    scores = {("m1", 0): 1.0, ("m1", 5): 1.0, ("m2", 0): 1.2, ("m3", 0): -1.0, ("m4", 0): 2.0}
    grown = grow(places("m1", 2) + places("m2", 1) + places("m3", 1) + places("m4", 1), scores)
    assert [place.meeting_id for place, _ in grown] == ["m4", "m1", "m1", "m2", "m3"]


def test_a_single_find_is_better_than_what_was_not_found() -> None:
    grown = grow(places("m", 5), {("m", 10): 0.0})
    assert grown[0][0].first == 10
    assert grown[0][1] > grown[1][1] > 0


def test_nothing_found_grows_nothing() -> None:
    assert grow(places("m", 3), {}) == []


def test_whole_chunks_are_taken_until_one_does_not_fit() -> None:
    grown = [(place, 3.0 - i) for i, place in enumerate(places("m", 3, words=40))]
    taken, next_one = take_whole(grown, 100)
    assert [place.first for place, _ in taken] == [0, 5]
    assert next_one is not None and next_one[0].first == 10
    assert take_whole(grown, 120) == (grown, None)


def test_lines_grow_from_the_one_that_speaks_of_the_question() -> None:
    lines = [
        said(i, "A", text) for i, text in enumerate(["we say hello", "more talk", "the walrus eats", "a b c", "bye"])
    ]
    assert take_lines(lines, "walrus", 3) == [2]
    assert take_lines(lines, "walrus hello", 8) == [1, 2, 3] or take_lines(lines, "walrus hello", 8) == [0, 1, 2]
    assert take_lines(lines, "walrus", 1000) == [0, 1, 2, 3, 4]


def test_a_line_of_the_speaker_who_is_named_is_preferred() -> None:
    lines = [said(0, "王芳", "同意这个方案"), said(1, "李强", "同意这个方案")]
    assert take_lines(lines, "李强同意方案", 4) == [1]


def test_lines_larger_than_the_budget_are_passed_over() -> None:
    assert take_lines([said(0, None, "walrus " * 50), said(1, None, "yes")], "walrus", 10) == [1]
    assert take_lines([said(0, None, "walrus " * 50)], "walrus", 10) == []
    assert take_lines([], "walrus", 10) == []


def test_taken_lines_are_consecutive_and_fit() -> None:
    pick = random.Random(5)
    for _ in range(200):
        lines = [said(i, "A", " ".join(pick.choices("abcdef", k=pick.randint(0, 6)))) for i in range(12)]
        budget = pick.randint(0, 30)
        taken = take_lines(lines, "a b", budget)
        assert taken == list(range(taken[0], taken[-1] + 1)) if taken else True
        assert sum(lines[i].words for i in taken) <= budget


def test_runs_join_what_is_consecutive_and_keep_the_best_score() -> None:
    chosen = {("m1", 3): 1.0, ("m1", 4): 2.0, ("m1", 7): 0.5, ("m2", 5): 0.1}
    assert runs(chosen) == [("m1", 3, 4, 2.0), ("m1", 7, 7, 0.5), ("m2", 5, 5, 0.1)]
    assert runs({}) == []
