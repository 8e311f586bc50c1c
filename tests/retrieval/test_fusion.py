from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingestion.domain import ChunkPayload, ScoredChunk
from retrieval.fusion import Search, by_rank, by_z_score, fuse, standardised
from retrieval.recipes import DENSE, HYBRID, RANKS, SPARSE, Recipe

PLAIN = Recipe("plain", dense=1.0, sparse=1.0)


def hit(id: str, score: float, meeting: str = "m", first: int = 0, speakers: tuple[str, ...] = ()) -> ScoredChunk:
    return ScoredChunk(id, score, ChunkPayload(id, meeting, date(2026, 3, 2), speakers, first, first + 4))


def order(recipe: Recipe, dense: list[ScoredChunk], sparse: list[ScoredChunk], question: str = "") -> str:
    return "".join(payload.project for payload, _ in fuse(recipe, dense, sparse, question))


def test_standard_scores_have_mean_0_and_deviation_1() -> None:
    scores = standardised({"a": 1.0, "b": 3.0})
    assert scores == {"a": -1.0, "b": 1.0}
    assert standardised({"a": 5.0, "b": 5.0}) == {"a": 0.0, "b": 0.0}
    assert standardised({}) == {}


def test_z_scores_are_added_by_weight() -> None:
    searches = [Search(1.0, {"a": 1.0, "b": 3.0}, missing=1.0), Search(0.5, {"a": 10.0}, missing=0.0)]
    assert by_z_score(searches, ["a", "b"]) == {"a": pytest.approx(-0.5), "b": pytest.approx(0.5)}


def test_reciprocal_ranks_are_added_by_weight() -> None:
    searches = [Search(1.0, {"a": 1.0, "b": 3.0}, missing=0.0), Search(2.0, {"a": 10.0}, missing=0.0)]
    assert by_rank(searches, ["a", "b"]) == {"a": pytest.approx(1 / 62 + 2 / 61), "b": pytest.approx(1 / 61)}


@pytest.mark.parametrize("recipe", [PLAIN, HYBRID, RANKS])
def test_what_both_searches_find_comes_first(recipe: Recipe) -> None:
    dense = [hit("a", 0.9, "m1"), hit("b", 0.89, "m2"), hit("c", 0.7, "m3")]
    sparse = [hit("b", 9.0, "m2"), hit("d", 8.0, "m4"), hit("c", 2.0, "m3")]
    assert order(recipe, dense, sparse)[0] == "b"


def test_the_only_chunk_with_the_word_comes_first() -> None:
    dense = [hit(name, 0.9 - i / 100, name) for i, name in enumerate("abcdef")]
    assert order(PLAIN, dense, [hit("e", 4.0, "e")])[0] == "e"


def test_one_sided_recipes_keep_the_order_of_their_search() -> None:
    assert order(DENSE, [hit("b", 0.9), hit("a", 0.8)], []) == "ba"
    assert order(SPARSE, [], [hit("b", 9.0), hit("a", 8.0)]) == "ba"
    assert order(PLAIN, [], []) == ""


def test_good_neighbours_lift_a_chunk() -> None:
    alone = hit("x", 5.1, "m1")
    among = [hit("a", 4.0, "m2", 0), hit("b", 5.0, "m2", 5), hit("c", 4.0, "m2", 10)]
    assert order(SPARSE, [], [alone, *among])[0] == "x"
    assert order(replace(SPARSE, neighbours=0.3), [], [alone, *among])[0] == "b"


def test_a_meeting_found_often_lifts_its_chunks() -> None:
    often = [hit(name, 5.0 - i / 100, "m1", 20 * i) for i, name in enumerate("bcd")]
    assert order(SPARSE, [], [hit("a", 5.02, "m2"), *often])[0] == "a"
    assert order(replace(SPARSE, meeting=1.0), [], [hit("a", 5.02, "m2"), *often])[0] == "b"


def test_a_speaker_who_is_named_lifts_their_chunks() -> None:
    hits = [hit("a", 5.1, speakers=("王芳",)), hit("b", 5.0, speakers=("李强", "Ann")), hit("c", 1.0, speakers=("A",))]
    recipe = replace(SPARSE, speaker=0.5)
    assert order(recipe, [], hits, "上线由谁负责") == "abc"
    assert order(recipe, [], hits, "李强说上线由谁负责") == "bac"
    assert order(recipe, [], hits, "what did ann say") == "bac"
    assert order(recipe, [], hits, "a short name is no name") == "abc"


def test_equal_scores_come_in_the_same_order_every_time() -> None:
    hits = [hit(name, 1.0, name) for name in "cab"]
    assert order(SPARSE, [], hits) == order(SPARSE, [], hits[::-1]) == "abc"
