"""What every reranker promises, held by the double and by the real engines alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingestion.outbound import Outbound
from retrieval.ports import Reranker
from retrieval.rerank.cross_encoder import CrossEncoderReranker
from retrieval.rerank.http import DIALECTS, HttpReranker
from retrieval.settings import RerankerKind
from tests.conftest import SHIPPED_CATALOGUES
from tests.doubles import OverlapReranker
from tests.retrieval.rerank.rerank_server import FakeRerankServer, serving
from tests.retrieval.rerank.tiny import TEXTS, card, save_chat_model, save_classifier, shipped_template

QUESTION = "When does the rollout pause?"


def served_reranker(url: str, kind: RerankerKind) -> HttpReranker:
    return HttpReranker(
        Outbound(), url, "m", remote=False, dialect=DIALECTS[kind], instruction="find it", most_tokens=64, seconds=10
    )


@pytest.fixture(
    scope="module",
    params=[
        "double",
        *DIALECTS,
        pytest.param("classifier", marks=pytest.mark.slow),
        pytest.param("chat model", marks=pytest.mark.slow),
    ],
)
def reranker(request: pytest.FixtureRequest) -> Iterator[Reranker]:
    if request.param == "double":
        yield OverlapReranker()
    elif request.param in DIALECTS:
        with serving(FakeRerankServer(request.param)) as server:
            yield served_reranker(server.url, request.param)
    else:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("model") / "tiny"
        if request.param == "classifier":
            save_classifier(folder)
            yield CrossEncoderReranker(lambda: folder, card(), 1024)
        else:
            save_chat_model(folder)
            yield CrossEncoderReranker(lambda: folder, card(2048, shipped_template(SHIPPED_CATALOGUES[0])), 1024)


def test_a_finite_score_for_each_passage_in_the_order_given(reranker: Reranker) -> None:
    scores = reranker.rerank(QUESTION, [*TEXTS, "", "  "])
    assert len(scores) == 6
    assert all(type(score) is float and math.isfinite(score) for score in scores)
    backwards = reranker.rerank(QUESTION, [*TEXTS, "", "  "][::-1])
    assert backwards[::-1] == pytest.approx(scores, abs=1e-4)


def test_no_passage_gives_no_score(reranker: Reranker) -> None:
    assert reranker.rerank(QUESTION, []) == []


def test_a_score_is_that_of_the_pair_alone(reranker: Reranker) -> None:
    together = reranker.rerank(QUESTION, [TEXTS[2], TEXTS[0] * 20, TEXTS[3], TEXTS[1]])
    alone = [reranker.rerank(QUESTION, [text])[0] for text in (TEXTS[2], TEXTS[0] * 20, TEXTS[3], TEXTS[1])]
    assert together == pytest.approx(alone, abs=1e-4)
    assert reranker.rerank(TEXTS[3], TEXTS) != pytest.approx(reranker.rerank(QUESTION, TEXTS), abs=1e-4)


def test_what_is_too_long_is_cut_not_refused(reranker: Reranker) -> None:
    long = "the same words again " * 50_000
    assert len(reranker.rerank(QUESTION, [long, TEXTS[0]])) == 2
    of_long_question = reranker.rerank(QUESTION + long, TEXTS)
    assert len(set(of_long_question)) > 1, "a long question leaves room for the passage"


def test_it_works_again_after_unload(reranker: Reranker) -> None:
    before = reranker.rerank(QUESTION, TEXTS)
    reranker.unload()
    assert reranker.rerank(QUESTION, TEXTS) == pytest.approx(before, abs=1e-5)


def test_threads_share_it(reranker: Reranker) -> None:
    alone = reranker.rerank(QUESTION, TEXTS)
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda _: reranker.rerank(QUESTION, TEXTS), range(8)))
    assert all(scores == pytest.approx(alone, abs=1e-4) for scores in shared)
