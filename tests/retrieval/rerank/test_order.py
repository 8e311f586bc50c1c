"""Searches with a reranker: its order, and what happens when it may not read or does not work."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pytest

from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, HuimaiError, ModelFailedError, ModelMissingError
from ingestion.outbound import Outbound
from ingestion.repository import ProjectRepository
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.retrieval.conftest import Memory

GATEWAY, ATLAS = SearchFilter(projects=("支付网关升级",)), SearchFilter(projects=("Atlas Mobile",))
QUERY = "退款接口的超时"


class Recorder:
    """A Reranker that puts passages in the order of their length, longest last, unless told to fail."""

    def __init__(self, *, remote: bool = False, level: bool = False) -> None:
        self.remote, self._level = remote, level
        self.asked: list[tuple[str, list[str]]] = []
        self.failure: HuimaiError | None = None

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        Outbound().require("the recorder", remote=self.remote)
        self.asked.append((query, list(passages)))
        if self.failure:
            raise self.failure
        return [0.5 if self._level else -float(len(passage)) for passage in passages]

    def unload(self) -> None:
        pass


def service(memory: Memory, reranker: Recorder | None, **settings: Any) -> RetrievalService:
    chosen = RetrievalSettings(**{"reranker": "any", **settings})
    return RetrievalService(memory.database, memory.store, memory.embedder, chosen, reranker)


def places(found: Any) -> list[tuple[str, int, int]]:
    return [(evidence.meeting_id, evidence.first, evidence.last) for evidence in found]


def make_private(memory: Memory, project: str) -> None:
    with memory.database.session() as session:
        ProjectRepository(session).named(project).private = True


def test_with_a_reranker_its_order_is_the_default(memory: Memory) -> None:
    reranker = Recorder()
    result = service(memory, reranker).search(QUERY)
    assert result.recipe == "hybrid-rerank"
    ((asked, passages),) = reranker.asked
    assert asked == QUERY
    assert "陈晨: 退款接口还有一个超时的问题，我这周修好。" in passages, "with the speaker, as a reader sees it"
    shortest = min(passages, key=len)
    assert shortest in result.results[0].text
    assert result.results[0].score == -len(shortest), "the score is the reranker's"
    scores = [found.score for found in result.results]
    assert scores == sorted(scores, reverse=True)
    assert result.results != service(memory, reranker).search(QUERY, recipe="hybrid").results
    assert len(reranker.asked) == 1, "a plain recipe asks no reranker"


def test_equal_scores_keep_the_fused_order(memory: Memory) -> None:
    level = service(memory, Recorder(level=True)).search(QUERY)
    plain = memory.service.search(QUERY)
    assert places(level.results) == places(plain.results)
    assert (level.recipe, plain.recipe) == ("hybrid-rerank", "hybrid")


def test_only_the_best_candidates_are_read_and_packed_evidence_begins_with_them(memory: Memory) -> None:
    reranker = Recorder()
    packed = service(memory, reranker, rerank_candidates=2).pack(QUERY, budget_words=10)
    ((_, passages),) = reranker.asked
    assert len(passages) == 2
    best = min(passages, key=len)
    assert all(evidence.text in best or best in evidence.text for evidence in packed)


def test_as_many_are_read_as_results_are_asked_for(memory: Memory) -> None:
    reranker = Recorder()
    found = service(memory, reranker, rerank_candidates=1).search(QUERY, limit=10)
    assert len(found.results) >= 3
    assert len(reranker.asked[0][1]) > 3


def test_nothing_found_is_nothing(empty: Memory) -> None:
    assert service(empty, Recorder()).search(QUERY).results == ()
    assert service(empty, Recorder()).pack(QUERY) == ()


def test_a_remote_reranker_never_sees_a_scope_with_a_private_project(memory: Memory) -> None:
    make_private(memory, "Atlas Mobile")
    reranker = Recorder(remote=True)
    remote = service(memory, reranker)
    for where in (SearchFilter(), ATLAS, SearchFilter(meeting_ids=("a1",)), SearchFilter(speakers=("Priya",))):
        for recipe in (None, "hybrid-rerank"):
            found = remote.search(QUERY, where, recipe=recipe)
            assert found.recipe == "hybrid"
            assert found.results == memory.service.search(QUERY, where).results
            assert remote.pack(QUERY, where, recipe=recipe) == memory.service.pack(QUERY, where)
    assert reranker.asked == []
    assert remote.search(QUERY, GATEWAY).recipe == "hybrid-rerank"
    assert all("Maya" not in passage for _, passages in reranker.asked for passage in passages)


def test_a_reranker_on_this_machine_reads_private_projects(memory: Memory) -> None:
    make_private(memory, "Atlas Mobile")
    assert service(memory, Recorder()).search("crash rate", ATLAS).recipe == "hybrid-rerank"


def test_the_default_goes_on_without_a_reranker_that_fails_and_says_so_once(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    reranker = Recorder()
    tried = service(memory, reranker)
    reranker.failure = ModelFailedError("the reranking server cannot be reached", "start it")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            found = tried.search(QUERY)
            assert found.recipe == "hybrid"
            assert found.results == memory.service.search(QUERY).results
            assert tried.pack(QUERY, budget_words=40) == memory.service.pack(QUERY, budget_words=40)
    (record,) = caplog.records
    assert "cannot be reached; start it" in record.getMessage()
    reranker.failure = None
    assert tried.search(QUERY).recipe == "hybrid-rerank"
    reranker.failure = ModelMissingError("gone", "pull it")
    with caplog.at_level(logging.WARNING):
        tried.search(QUERY)
    assert len(caplog.records) == 2, "a new failure is said again"


def test_a_recipe_that_was_asked_for_by_name_fails_with_the_reason(memory: Memory) -> None:
    reranker = Recorder()
    reranker.failure = ModelMissingError("model bge: is not on this machine", "run `huimai models pull bge`")
    tried = service(memory, reranker)
    for call in (tried.search, tried.pack, tried.gather):
        with pytest.raises(ModelMissingError, match="bge"):
            call(QUERY, recipe="hybrid-rerank")
    with pytest.raises(BadInputError, match="no reranker is set") as caught:
        memory.service.search(QUERY, recipe="hybrid-rerank")
    assert "HUIMAI_RETRIEVAL__RERANKER" in caught.value.hint
