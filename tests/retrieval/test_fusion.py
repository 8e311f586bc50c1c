from __future__ import annotations

import pytest

from ingestion.domain import ScoredChunk
from retrieval.fusion import Search, by_meaning, by_words, fuse, reciprocal_ranks, standardised, z_scores
from retrieval.recipes import Fusion


def hits(**scores: float) -> list[ScoredChunk]:
    return [ScoredChunk(id, score) for id, score in scores.items()]


def order(fusion: Fusion, *searches: Search) -> str:
    return "".join(id for id, _ in fuse(fusion, searches))


def test_standard_scores_have_mean_0_and_deviation_1() -> None:
    assert standardised({"a": 1.0, "b": 3.0}) == {"a": -1.0, "b": 1.0}
    assert standardised({"a": 5.0, "b": 5.0}) == {"a": 0.0, "b": 0.0}
    assert standardised({}) == {}


def test_z_scores_are_added_by_weight() -> None:
    searches = [Search(1.0, {"a": 1.0, "b": 3.0}, missing=1.0), Search(0.5, {"a": 10.0}, missing=0.0)]
    assert z_scores(searches, ["a", "b"]) == {"a": pytest.approx(-0.5), "b": pytest.approx(0.5)}


def test_reciprocal_ranks_are_added_by_weight() -> None:
    searches = [Search(1.0, {"a": 1.0, "b": 3.0}, missing=0.0), Search(2.0, {"a": 10.0}, missing=0.0)]
    assert reciprocal_ranks(searches, ["a", "b"]) == {"a": pytest.approx(1 / 62 + 2 / 61), "b": pytest.approx(1 / 61)}


@pytest.mark.parametrize("fusion", Fusion)
def test_what_both_searches_find_comes_first(fusion: Fusion) -> None:
    near = by_meaning(1.0, hits(a=0.9, b=0.89, c=0.7))
    worded = by_words(1.0, hits(b=9.0, d=8.0, c=2.0), limit=3)
    assert order(fusion, near, worded)[0] == "b"
    assert sorted(order(fusion, near, worded)) == ["a", "b", "c", "d"]


def test_the_only_chunk_with_the_word_comes_first() -> None:
    near = by_meaning(1.0, hits(a=0.90, b=0.89, c=0.88, d=0.87, e=0.86))
    assert order(Fusion.Z_SCORE, near, by_words(1.0, hits(d=4.0), limit=5))[0] == "d"


def test_what_a_search_left_out_scores_as_little_as_it_can() -> None:
    assert by_words(1.0, hits(a=9.0, b=8.0), limit=3).missing == 0.0
    assert by_words(1.0, hits(a=9.0, b=8.0), limit=2).missing == 8.0
    assert by_meaning(1.0, hits(a=0.9, b=0.8)).missing == 0.8
    assert by_words(1.0, [], limit=2).missing == by_meaning(1.0, []).missing == 0.0


@pytest.mark.parametrize("fusion", Fusion)
def test_one_search_keeps_its_order(fusion: Fusion) -> None:
    assert order(fusion, by_meaning(1.0, hits(b=0.9, a=0.8))) == "ba"
    assert order(fusion, by_meaning(1.0, [])) == ""


@pytest.mark.parametrize("fusion", Fusion)
def test_equal_scores_come_in_the_same_order_every_time(fusion: Fusion) -> None:
    first = order(fusion, by_words(1.0, hits(c=1.0, a=1.0, b=1.0), limit=3))
    assert first == order(fusion, by_words(1.0, hits(b=1.0, a=1.0, c=1.0), limit=3)) == "abc"
