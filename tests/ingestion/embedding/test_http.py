"""Embedding by a server: what it is asked, and what is said when it goes wrong or may not be asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from ingestion.embedding.http import HttpEmbedder
from ingestion.embedding.served import Served
from ingestion.errors import ModelFailedError
from ingestion.http_calls import Patience, told_tokens
from ingestion.outbound import Outbound, PrivacyError, about
from tests.ingestion.embedding.embedding_server import DIMENSIONS, KEY, FakeEmbeddingServer, serving, tokens

TEXTS = ["the budget of the pilot", "lunch is at noon", "预算批准了"]
QUICK = Patience(5.0, (0.01, 0.02))


@pytest.fixture
def server() -> Iterator[FakeEmbeddingServer]:
    with serving(FakeEmbeddingServer()) as fake:
        yield fake


def embedder(url: str, *, patience: Patience = QUICK, offline: bool = False, **other: Any) -> HttpEmbedder:
    known = {"name": "served/model", "dimensions": DIMENSIONS, **other.pop("known", {})}
    return HttpEmbedder(
        Outbound(offline), url, Served.model_validate(known), **{"remote": False, "patience": patience, **other}
    )


def failure(one: HttpEmbedder) -> ModelFailedError:
    with pytest.raises(ModelFailedError) as caught:
        one.embed_passages(TEXTS)
    assert caught.value.hint
    assert KEY not in caught.value.message + caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value


def test_what_is_asked(server: FakeEmbeddingServer) -> None:
    known = {"query_prefix": "Instruct: find it\nQuery:", "passage_prefix": "passage: "}
    one = embedder(server.url, api_key=SecretStr(KEY), known=known)
    one.embed_passages(TEXTS[:2])
    one.embed_query(TEXTS[2])
    assert server.requests == [
        {"model": "served/model", "input": [f"passage: {text}" for text in TEXTS[:2]], "encoding_format": "float"},
        {"model": "served/model", "input": [f"Instruct: find it\nQuery:{TEXTS[2]}"], "encoding_format": "float"},
    ]
    assert server.keys == [f"Bearer {KEY}"] * 2


def test_nothing_asks_nothing_and_no_key_sends_none(server: FakeEmbeddingServer) -> None:
    one = embedder(server.url)
    assert one.embed_passages([]).shape == (0, DIMENSIONS)
    assert server.requests == []
    one.embed_query("budget")
    assert server.keys == [None]


def test_texts_go_in_batches_and_come_back_in_order(server: FakeEmbeddingServer) -> None:
    server.kind = "dashscope"
    texts = [f"number {at}" for at in range(25)]
    rows = embedder(server.url, known={"most_texts": 10}).embed_passages(texts)
    assert [len(asked["input"]) for asked in server.requests] == [10, 10, 5]
    alone = np.stack([embedder(server.url).embed_query(text) for text in texts])
    np.testing.assert_allclose(rows, alone, atol=1e-6)


def test_other_dimensions_are_asked_for(server: FakeEmbeddingServer) -> None:
    server.kind = "dashscope"
    one = embedder(server.url, known={"dimensions": 64, "asks_dimensions": True})
    assert one.embed_passages(TEXTS).shape == (3, 64)
    assert server.requests[0]["dimensions"] == 64


def test_a_server_that_cannot_shorten_vectors_says_so(server: FakeEmbeddingServer) -> None:
    known = {"dimensions": 64, "asks_dimensions": True}
    refused = failure(embedder(server.url, known=known))
    assert "refused the request (400): Model" in refused.message
    assert "matryoshka" in refused.message
    server.kind = "llama.cpp"
    ignored = failure(embedder(server.url, known=known))
    assert ignored.message.endswith(f"sent vectors of {DIMENSIONS} numbers instead of 64")
    assert "HUIMAI_INGESTION__EMBEDDING_DIMENSIONS" in ignored.hint


@pytest.mark.parametrize("kind", ["vllm", "llama.cpp", "dashscope"])
def test_what_is_too_long_is_cut_alone(server: FakeEmbeddingServer, kind: str) -> None:
    server.kind = kind
    long = "the same words again " * 400
    rows = embedder(server.url).embed_passages([TEXTS[0], long, TEXTS[1]])
    sent = [asked["input"] for asked in server.requests]
    assert sent == [
        [TEXTS[0], long, TEXTS[1]],
        *([text] for text in (TEXTS[0], long, long[:4200], long[:2100], long[:1050], TEXTS[1])),
    ]
    np.testing.assert_allclose(rows[2], embedder(server.url).embed_query(TEXTS[1]), atol=1e-6)


def test_a_server_that_finds_everything_too_long_is_given_up(server: FakeEmbeddingServer) -> None:
    server.status, server.failures = 413, 10_000
    error = failure(embedder(server.url))
    assert "does not read so long a text (413)" in error.message
    assert len(server.requests) < 20


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_passes_is_tried_again(server: FakeEmbeddingServer, status: int) -> None:
    server.status, server.failures = status, 2
    assert embedder(server.url).embed_passages(TEXTS).shape == (3, DIMENSIONS)
    assert len(server.requests) == 3


def test_a_failure_that_stays_is_given_up(server: FakeEmbeddingServer) -> None:
    server.failures = 99
    assert failure(embedder(server.url)).message.endswith("failed (500)")
    assert len(server.requests) == 3


@pytest.mark.parametrize("when", ["3600", "3600.5", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_server_that_wants_to_be_left_alone_for_too_long_is_given_up_at_once(
    server: FakeEmbeddingServer, when: str
) -> None:
    server.status, server.failures, server.retry_after = 429, 99, when
    assert "failed (429)" in failure(embedder(server.url)).message
    assert len(server.requests) == 1


@pytest.mark.parametrize("when", ["soon", "²", "nan"])
def test_a_wish_that_says_nothing_is_nothing(server: FakeEmbeddingServer, when: str) -> None:
    server.status, server.failures, server.retry_after = 429, 1, when
    assert embedder(server.url).embed_passages(TEXTS).shape == (3, DIMENSIONS)


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        (400, "refused the request (400): it broke ***", "log"),
        (401, "refused the API key (401)", "HUIMAI_INGESTION__EMBEDDING_API_KEY"),
        (403, "refused the API key (403)", "HUIMAI_INGESTION__EMBEDDING_API_KEY"),
        (404, "has no model 'served/model' (404)", "HUIMAI_INGESTION__EMBEDDING_MODEL"),
    ],
)
def test_a_refusal_is_not_tried_again(server: FakeEmbeddingServer, status: int, said: str, hint: str) -> None:
    server.status, server.failures = status, 99
    error = failure(embedder(server.url, api_key=SecretStr(KEY)))
    assert said in error.message
    assert hint in error.hint
    assert len(server.requests) == 1


def test_an_unknown_model_is_said_to_be_so(server: FakeEmbeddingServer) -> None:
    assert "has no model 'elsewhere'" in failure(embedder(server.url, known={"name": "elsewhere"})).message


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("missing", "did not embed each of 3 texts once"),
        ("twice", "did not embed each of 3 texts once"),
        ("nan", "points nowhere"),
        ("zero", "points nowhere"),
        ("uneven", f"sent vectors of {DIMENSIONS - 1} or {DIMENSIONS} numbers instead of {DIMENSIONS}"),
        ("other", "not the embedding protocol's"),
        ("html", "sent a web page"),
    ],
)
def test_an_answer_that_is_wrong_is_an_error(server: FakeEmbeddingServer, mode: str, said: str) -> None:
    server.mode = mode
    assert said in failure(embedder(server.url)).message


def test_an_answer_that_does_not_come_is_given_up_in_time(server: FakeEmbeddingServer) -> None:
    server.mode = "hang"
    assert "did not answer within 0.3 s" in failure(embedder(server.url, patience=Patience(0.3))).message


@pytest.mark.parametrize("key", ["two words", "密钥", "line\nbreak"])
def test_a_key_that_no_header_can_carry_is_not_sent(server: FakeEmbeddingServer, key: str) -> None:
    error = failure(embedder(server.url, api_key=SecretStr(key)))
    assert "cannot be given the API key" in error.message
    assert key not in error.message
    assert server.requests == []


def test_a_server_that_is_not_there_is_said_to_be_so() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = failure(embedder(f"http://127.0.0.1:{port}/v1"))
    assert error.message == f"the embedding server at 127.0.0.1:{port} cannot be reached"
    assert "HUIMAI_INGESTION__EMBEDDING_BASE_URL" in error.hint


def test_each_answered_request_is_told_with_the_tokens_that_the_server_counts(server: FakeEmbeddingServer) -> None:
    told: list[tuple[str, int | None, float]] = []
    one = embedder(server.url, known={"most_texts": 2}, on_answered=lambda *answer: told.append(answer))
    one.embed_passages(TEXTS)
    one.embed_query(TEXTS[0])
    counted = [tokens(TEXTS[0]) + tokens(TEXTS[1]), tokens(TEXTS[2]), tokens(TEXTS[0])]
    assert [(model, found) for model, found, _ in told] == [("served/model", number) for number in counted]
    assert all(seconds > 0 for *_, seconds in told)
    server.failures = 99
    failure(one)
    assert len(told) == 3


@pytest.mark.parametrize(
    ("usage", "found"),
    [
        ({"prompt_tokens": 7, "total_tokens": 7}, 7),
        ({"total_tokens": 0}, 0),
        ({"total_tokens": -5}, None),
        ({"total_tokens": True}, None),
        ({"total_tokens": "7"}, None),
        ({"total_tokens": 7.5}, None),
        ({}, None),
        ([7], None),
        (None, None),
    ],
)
def test_tokens_that_a_server_does_not_tell_plainly_are_not_known(usage: object, found: int | None) -> None:
    assert told_tokens(usage) == found


def test_a_remote_server_is_told_only_what_somebody_said_is_not_private(server: FakeEmbeddingServer) -> None:
    one = embedder(server.url, remote=True)
    with pytest.raises(PrivacyError):
        one.embed_passages(TEXTS)
    with about(private=True), pytest.raises(PrivacyError):
        one.embed_query(TEXTS[0])
    assert server.requests == []
    with about(private=False):
        one.embed_query(TEXTS[0])
        with pytest.raises(PrivacyError):
            embedder(server.url, remote=True, offline=True).embed_query(TEXTS[0])
    assert len(server.requests) == 1
