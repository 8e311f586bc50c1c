"""Searches whose questions an embedding server on another machine would be told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingestion.domain import SearchFilter
from ingestion.repository import ProjectRepository
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.doubles import OverlapReranker, RemoteEmbedder
from tests.retrieval.conftest import Memory

GATEWAY, ATLAS = SearchFilter(projects=("支付网关升级",)), SearchFilter(projects=("Atlas Mobile",))
QUERY = "退款接口的超时"


def service(memory: Memory, embedder: RemoteEmbedder) -> RetrievalService:
    return RetrievalService(memory.database, memory.store, embedder, RetrievalSettings())


def make_private(memory: Memory, project: str) -> None:
    with memory.database.session() as session:
        ProjectRepository(session).named(project).private = True


def test_what_is_not_private_is_asked_as_ever(memory: Memory) -> None:
    embedder = RemoteEmbedder()
    remote = service(memory, embedder)
    found = remote.search(QUERY)
    assert (found.recipe, found.results) == ("hybrid", memory.service.search(QUERY).results)
    assert remote.gather(QUERY) == memory.service.gather(QUERY)
    assert embedder.told == [QUERY]


@pytest.mark.parametrize("recipe", [None, "hybrid", "dense"])
def test_a_question_on_a_private_project_stays_here_and_is_searched_by_words(
    memory: Memory, recipe: str | None
) -> None:
    make_private(memory, "Atlas Mobile")
    embedder = RemoteEmbedder()
    remote = service(memory, embedder)
    for where in (ATLAS, SearchFilter(), SearchFilter(meeting_ids=("a1",))):
        query = "privacy notice"
        found = remote.search(query, where, recipe=recipe)
        assert found.recipe == "sparse"
        assert found.results == memory.service.search(query, where, recipe="sparse").results != ()
        assert remote.pack(query, where, recipe=recipe) == memory.service.pack(query, where, recipe="sparse")
        assert remote.gather(query, where, recipe=recipe) == memory.service.gather(query, where, recipe="sparse")
    assert embedder.told == []
    assert remote.search(QUERY, GATEWAY, recipe=recipe).recipe == (recipe or "hybrid")
    assert embedder.told == [QUERY]


def test_offline_every_question_is_searched_by_words(memory: Memory) -> None:
    embedder = RemoteEmbedder(offline=True)
    assert service(memory, embedder).search(QUERY).recipe == "sparse"
    assert embedder.told == []


def test_questions_side_by_side_do_not_take_each_others_leave(memory: Memory) -> None:
    make_private(memory, "Atlas Mobile")
    embedder = RemoteEmbedder()
    remote = service(memory, embedder)

    def ask(at: int) -> str:
        where = ATLAS if at % 2 else GATEWAY
        return remote.search(f"question {at}", where).recipe

    with ThreadPoolExecutor(8) as pool:
        followed = list(pool.map(ask, range(80)))
    assert followed == ["hybrid", "sparse"] * 40
    assert sorted(embedder.told) == sorted(f"question {at}" for at in range(0, 80, 2))


def test_a_reranker_on_this_machine_is_left_out_where_words_alone_are_searched(memory: Memory) -> None:
    make_private(memory, "Atlas Mobile")
    settings = RetrievalSettings(reranker="any")
    remote = RetrievalService(memory.database, memory.store, RemoteEmbedder(), settings, OverlapReranker())
    assert remote.search("privacy notice", ATLAS).recipe == "sparse"
    assert remote.search("privacy notice", GATEWAY).recipe == "hybrid-rerank"
