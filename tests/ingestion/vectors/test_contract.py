"""What every vector store promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ingestion.domain import ChunkPoint, SearchFilter, SparseVector
from ingestion.ports import VectorStore

EVERYTHING = SearchFilter()
MakePoint = Callable[..., ChunkPoint]


def along(axis: int) -> list[float]:
    return [1.0 if i == axis else 0.0 for i in range(8)]


def terms(*indices: int) -> SparseVector:
    return SparseVector(indices, (1.0,) * len(indices))


def test_dense_search_is_cosine_best_first(store: VectorStore, point: MakePoint) -> None:
    near, far = point("near", axis=2), point("far", axis=5)
    store.upsert([far, near])
    hits = store.search_dense(near.dense, EVERYTHING, 10)
    assert [hit.id for hit in hits] == [near.id, far.id]
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)
    assert 0 < hits[1].score < hits[0].score
    assert len(store.search_dense(near.dense, EVERYTHING, 1)) == 1


def test_snippets_are_compared_one_by_one(store: VectorStore, point: MakePoint) -> None:
    both, other = point("both", axis=0, snippets=(1, 2), first=4), point("other", axis=0, snippets=(3,))
    store.upsert([both, other])
    found = store.snippets(point("x", axis=2).dense, [both.id, other.id])
    assert set(found) == {both.id, other.id}
    assert [snippet.cosine < 0.5 for snippet in found[other.id]] == [True]
    assert [(snippet.first, snippet.last) for snippet in found[both.id]] == [(4, 4), (5, 5)]
    assert found[both.id][1].cosine == pytest.approx(1.0, abs=1e-3)
    assert found[both.id][0].cosine < 0.5


def test_snippets_of_unknown_chunks_are_left_out(store: VectorStore, point: MakePoint) -> None:
    known = point("known", axis=1)
    store.upsert([known])
    gone = point("gone").id
    assert list(store.snippets(known.dense, [gone, known.id])) == [known.id]
    assert store.snippets(known.dense, []) == {}


def test_the_rare_term_weighs_more(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point(f"common{i}", terms=(7, 100 + i)) for i in range(20)])
    store.upsert([point("rare", terms=(9, 300))])
    hits = store.search_sparse(terms(7, 9), EVERYTHING, 3)
    assert hits[0].id == point("rare").id
    assert hits[0].score > 2 * hits[1].score


def test_sparse_search_without_a_known_term_finds_nothing(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point("one", terms=(1, 2))])
    assert store.search_sparse(terms(77), EVERYTHING, 5) == []
    assert store.search_sparse(terms(), EVERYTHING, 5) == []


def test_terms_use_the_whole_u32_range(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point("large", terms=(2**32 - 1,)), point("small", terms=(3,))])
    assert [hit.id for hit in store.search_sparse(terms(2**32 - 1), EVERYTHING, 5)] == [point("large").id]


def test_hybrid_is_both_searches(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point("a", axis=1, terms=(5,)), point("b", axis=2, terms=(6,), project="Q")])
    for where in (EVERYTHING, SearchFilter(projects=("Q",))):
        dense, sparse = store.search_hybrid(along(1), terms(6), where, 5)
        assert dense == store.search_dense(along(1), where, 5)
        assert sparse == store.search_sparse(terms(6), where, 5)
        assert sparse[0].id == point("b").id


def test_upsert_replaces_a_known_id(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point("x", axis=0, terms=(1,), speakers=("Ann",))])
    store.upsert([point("x", axis=3, terms=(2,), speakers=("Bo",))])
    (hit,) = store.search_dense(along(3), EVERYTHING, 5)
    assert hit.score > 0.9
    assert store.count(SearchFilter(speakers=("Bo",))) == 1
    assert store.count(SearchFilter(speakers=("Ann",))) == 0
    assert store.search_sparse(terms(1), EVERYTHING, 5) == []
    assert store.count(EVERYTHING) == 1


def test_upserting_nothing_is_allowed(store: VectorStore) -> None:
    store.upsert([])
    assert store.count(EVERYTHING) == 0


def test_filters_hold_together(store: VectorStore, point: MakePoint) -> None:
    names = {point(name).id: name for name in "1234"}
    store.upsert(
        [
            point("1", project="支付网关升级", meeting="m1", day=date(2026, 3, 2), speakers=("王芳", "Ann")),
            point("2", project="支付网关升级", meeting="m2", day=date(2026, 3, 9), speakers=("李强",)),
            point("3", project="Atlas", meeting="m3", day=date(2026, 3, 9), speakers=("王芳",)),
            point("4", project="Atlas", meeting="m4", day=date(2026, 3, 16), speakers=()),
        ]
    )

    def found(**where: object) -> str:
        wanted = SearchFilter(**where)  # type: ignore[arg-type]
        hits = store.search_dense(along(0), wanted, 10)
        assert {h.id for h in store.search_sparse(terms(1), wanted, 10)} == {h.id for h in hits}
        assert store.count(wanted) == len(hits)
        return "".join(sorted(names[hit.id] for hit in hits))

    assert found() == "1234"
    assert found(projects=("支付网关升级",)) == "12"
    assert found(projects=("支付网关升级", "Atlas")) == "1234"
    assert found(projects=("支付网关",)) == ""
    assert found(meeting_ids=("m2", "m4")) == "24"
    assert found(speakers=("王芳",)) == "13"
    assert found(speakers=("王芳", "李强")) == "123"
    assert found(since=date(2026, 3, 9)) == "234"
    assert found(until=date(2026, 3, 9)) == "123"
    assert found(since=date(2026, 3, 9), until=date(2026, 3, 9)) == "23"
    assert found(projects=("Atlas",), speakers=("王芳",), since=date(2026, 3, 3)) == "3"
    assert found(projects=("Atlas",), meeting_ids=("m1",)) == ""


def test_delete_meeting_removes_its_chunks_alone(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point(f"a{i}", meeting="m1", first=i) for i in range(5)] + [point("b", meeting="m2")])
    store.delete_meeting("m1")
    store.delete_meeting("never there")
    assert store.ids("m1") == []
    assert store.count(EVERYTHING) == 1
    assert [hit.id for hit in store.search_dense(along(0), EVERYTHING, 10)] == [point("b").id]


def test_ids_come_in_the_order_of_the_meeting(store: VectorStore, point: MakePoint) -> None:
    points = [point(f"p{i}", first=i * 3) for i in range(1200)]
    store.upsert(points[600:])
    store.upsert(points[:600])
    assert store.ids("m1") == [p.id for p in points]


def test_clear_leaves_a_store_that_works(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point("a")])
    store.clear()
    assert store.count(EVERYTHING) == 0
    store.upsert([point("b", project="Q")])
    assert store.count(SearchFilter(projects=("Q",))) == 1


def test_relabelling_moves_a_meeting_alone_and_keeps_its_vectors(store: VectorStore, point: MakePoint) -> None:
    store.upsert([point(f"a{i}", axis=2, meeting="m1", first=i * 3, snippets=(2, 3)) for i in range(3)])
    store.upsert([point("b", meeting="m2")])
    before = store.snippets(along(2), [point("a0").id])
    store.relabel("m1", "项目", date(2026, 4, 1))
    store.relabel("never there", "Q", date(2026, 4, 1))
    assert store.count(SearchFilter(projects=("项目",), since=date(2026, 4, 1), speakers=("Ann",))) == 3
    assert store.count(SearchFilter(projects=("P",), until=date(2026, 3, 2))) == 1
    assert store.count(SearchFilter(projects=("Q",))) == 0
    assert store.ids("m1") == [point(f"a{i}").id for i in range(3)]
    assert store.snippets(along(2), [point("a0").id]) == before
    assert len(store.search_dense(along(2), SearchFilter(projects=("项目",)), 10)) == 3
