"""Reranking by a server, and by one that goes wrong."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound, PrivacyError, about
from retrieval.rerank.http import DIALECTS, Dialect, HttpReranker
from retrieval.settings import RerankerKind
from tests.retrieval.rerank.rerank_server import KEY, FakeRerankServer, serving

PASSAGES = ("lunch is at noon", "the budget is five million", "the budget of the pilot is approved")


@pytest.fixture
def server() -> Iterator[FakeRerankServer]:
    with serving(FakeRerankServer()) as fake:
        yield fake


def reranker(url: str, **other: Any) -> HttpReranker:
    return HttpReranker(Outbound(), url, "bge", **{"remote": False, "most_tokens": 64, "seconds": 5.0, **other})


def failure(one: HttpReranker) -> ModelFailedError:
    with pytest.raises(ModelFailedError) as caught:
        one.rerank("budget of the pilot", PASSAGES)
    assert caught.value.hint
    assert KEY not in caught.value.message + caught.value.hint
    return caught.value


def test_results_in_any_order_come_back_in_that_of_the_passages(server: FakeRerankServer) -> None:
    scores = reranker(server.url, api_key=SecretStr(KEY)).rerank("budget of the pilot", PASSAGES)
    assert scores == [0.0, 0.5, 1.0]
    (asked,) = server.requests
    assert asked == {"model": "bge", "query": "budget of the pilot", "documents": list(PASSAGES), "top_n": 3}
    assert server.keys == [f"Bearer {KEY}"]


def test_without_a_key_none_is_sent(server: FakeRerankServer) -> None:
    reranker(server.url).rerank("budget", PASSAGES)
    assert server.keys == [None]


def test_no_passage_asks_nothing(server: FakeRerankServer) -> None:
    assert reranker(server.url).rerank("budget", []) == []
    assert server.requests == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_passes_is_tried_again(server: FakeRerankServer, status: int) -> None:
    server.status, server.failures = status, 2
    assert reranker(server.url).rerank("budget", PASSAGES) == [0.0, 1.0, 1.0]
    assert len(server.requests) == 3


def test_a_failure_that_stays_is_given_up(server: FakeRerankServer) -> None:
    server.failures = 99
    assert failure(reranker(server.url)).message.endswith("failed (500)")
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "said"), [(400, "refused the request (400)"), (401, "refused the API key"), (404, "no model 'bge'")]
)
def test_a_refusal_is_not_tried_again(server: FakeRerankServer, status: int, said: str) -> None:
    server.status, server.failures = status, 99
    assert said in failure(reranker(server.url, api_key=SecretStr(KEY))).message
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("missing", "did not score each of 3 passages once"),
        ("twice", "did not score each of 3 passages once"),
        ("more", "did not score each of 3 passages once"),
        ("beyond", "did not score each of 3 passages once"),
        ("nan", "not the rerank protocol's"),
        ("other", "not the rerank protocol's"),
        ("cut-json", "not the rerank protocol's"),
        ("html", "sent a web page"),
        ("broken-off", "broke off"),
        ("redirect", "refused the request (307)"),
    ],
)
def test_an_answer_that_is_wrong_is_an_error(server: FakeRerankServer, mode: str, said: str) -> None:
    server.mode = mode
    assert said in failure(reranker(server.url)).message
    assert len(server.requests) == (3 if mode == "broken-off" else 1), "so ends a connection of a server started anew"


@pytest.mark.parametrize("mode", ["hang", "trickle"])
def test_an_answer_that_does_not_come_is_given_up_in_time(server: FakeRerankServer, mode: str) -> None:
    server.mode = mode
    assert "did not answer within 0.3 s" in failure(reranker(server.url, seconds=0.3)).message


def test_a_server_that_is_not_there_is_said_to_be_so() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = failure(reranker(f"http://127.0.0.1:{port}/v1"))
    assert error.message == f"the reranking server at 127.0.0.1:{port} cannot be reached"
    assert "HUIMAI_RETRIEVAL__RERANKER_BASE_URL" in error.hint


def test_a_proxy_of_the_environment_is_for_remote_servers_alone(
    server: FakeRerankServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert reranker(server.url).rerank("budget", PASSAGES) == [0.0, 1.0, 1.0]
    with about(private=False):
        assert "cannot be reached" in failure(reranker(server.url, remote=True)).message


@pytest.mark.parametrize(
    ("kind", "field"), [("vllm", "instruction"), ("sglang", "instruct"), ("dashscope", "instruct"), ("llama.cpp", "")]
)
def test_an_instruction_goes_where_the_kind_of_server_takes_one(kind: RerankerKind, field: str) -> None:
    with serving(FakeRerankServer(kind)) as server:
        one = reranker(server.url, dialect=DIALECTS[kind], instruction="find it")
        assert one.rerank("budget of the pilot", PASSAGES) == [0.0, 0.5, 1.0]
        assert one.rerank("budget", [""]) == [0.0]
        told = {name: asked for name, asked in server.requests[0].items() if name.startswith("instruct")}
        assert told == ({field: "find it"} if field else {})
        reranker(server.url, dialect=DIALECTS[kind]).rerank("budget", PASSAGES)
        assert server.requests[-1].keys() == {"model", "query", "documents", "top_n"}


def test_many_passages_go_in_as_few_requests_as_the_server_takes(server: FakeRerankServer) -> None:
    few = Dialect(most_passages=2, most_characters=100)
    one = reranker(server.url, dialect=few)
    assert one.rerank("budget", [*PASSAGES, "budget", "the budget " + "x" * 200, "lunch"]) == [0, 1, 1, 1, 1, 0]
    assert [len(asked["documents"]) for asked in server.requests] == [2, 2, 1, 1]


def test_a_remote_server_is_told_only_what_somebody_said_is_not_private(server: FakeRerankServer) -> None:
    one = reranker(server.url, remote=True)
    with pytest.raises(PrivacyError):
        one.rerank("budget", PASSAGES)
    assert server.requests == []
    with about(private=False):
        assert one.rerank("budget", PASSAGES) == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("vllm", [32, 19]),
        ("llama.cpp", [32, 19]),
        ("dashscope", [32, 19]),
        ("cohere", [None] * 2),
        ("sglang", [None] * 2),
    ],
)
def test_each_answered_request_is_told_with_the_tokens_that_the_server_counts(
    kind: RerankerKind, counts: list[int | None]
) -> None:
    told: list[tuple[str, int | None, float]] = []
    with serving(FakeRerankServer(kind)) as server:
        dialect = replace(DIALECTS[kind], most_passages=1)
        one = reranker(server.url, dialect=dialect, on_answered=lambda *answer: told.append(answer))
        one.rerank("budget", ["the budget is five million", "lunch at noon"])
        assert [(model, tokens) for model, tokens, _ in told] == [("bge", count) for count in counts]
        assert all(seconds > 0 for *_, seconds in told)
        server.failures = 99
        failure(one)
        assert len(told) == 2


def test_what_the_server_finds_too_long_says_which_setting_helps(server: FakeRerankServer) -> None:
    server.mode = "too-long"
    error = failure(reranker(server.url))
    assert "does not read so long a text (500)" in error.message
    assert "HUIMAI_RETRIEVAL__RERANK_TOKENS" in error.hint
    assert len(server.requests) == 1
