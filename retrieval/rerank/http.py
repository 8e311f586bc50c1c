"""Reranking by a server: vLLM, llama.cpp, SGLang, DashScope, Jina, Cohere and others that speak the same protocol.

Protocol: POST /rerank with `{model, query, documents, top_n}`, answered by `{results: [{index, relevance_score}]}` in
any order; https://docs.cohere.com/reference/rerank, https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html.
Where servers differ is in `DIALECTS`. The prompt that a model wants around the two texts is the server's affair.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import AliasChoices, BaseModel, Field, FiniteFloat, SecretStr, TypeAdapter, ValidationError

from ingestion.http_calls import Advice, ModelServer, OnAnswered, Patience, told_tokens
from ingestion.outbound import Outbound
from retrieval.rerank.length import readable
from retrieval.settings import RerankerKind


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a kind of server does otherwise. `instruction` is the field that takes one, `bare` says that its answer is
    the list of results alone, and a request holds at most `most_passages` of at most `most_characters` together, each
    with the query."""

    route: str = "/rerank"
    instruction: str = ""
    bare: bool = False
    most_passages: int = 1000
    most_characters: int = 4_000_000


DIALECTS: dict[RerankerKind, Dialect] = {
    "cohere": Dialect(),
    "llama.cpp": Dialect(),
    # https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/pooling/scoring/protocol.py
    "vllm": Dialect(instruction="instruction"),
    # https://github.com/sgl-project/sglang/pull/16403
    "sglang": Dialect(instruction="instruct", bare=True),
    # 500 documents and 120,000 tokens: https://docs.qwencloud.com/api-reference/rerank/openai-rerank
    "dashscope": Dialect(route="/reranks", instruction="instruct", most_passages=500, most_characters=100_000),
}


class _Result(BaseModel):
    index: int
    relevance_score: FiniteFloat = Field(validation_alias=AliasChoices("relevance_score", "score"))


class _Answer(BaseModel):
    results: list[_Result]
    usage: object = None


_BARE = TypeAdapter(list[_Result])


class HttpReranker:
    """A Reranker behind a server. What the scores mean is the server's affair; most give 0..1."""

    def __init__(
        self,
        outbound: Outbound,
        base_url: str,
        model: str,
        *,
        remote: bool,
        api_key: SecretStr | None = None,
        dialect: Dialect = DIALECTS["cohere"],
        instruction: str = "",
        most_tokens: int,
        seconds: float,
        on_answered: OnAnswered | None = None,
    ) -> None:
        """`base_url` is that which the dialect's route follows, `seconds` the longest time for one request, retries
        included; `instruction` says what to look for where the dialect has a place for it.

        A query and a passage are cut to about `most_tokens` together: the server's tokenizer is not known here.
        """
        self._model, self._dialect, self._tokens, self._on_answered = model, dialect, most_tokens, on_answered
        self._told = {dialect.instruction: instruction} if dialect.instruction and instruction else {}
        self._server = ModelServer(
            outbound, base_url, model, remote=remote, api_key=api_key, patience=Patience(seconds), advice=_ADVICE
        )

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        """See Reranker."""
        asked, documents = readable(query, passages, self._tokens)
        return [score for some in self._requests(asked, documents) for score in self._scores(asked, some)]

    def unload(self) -> None:
        """Nothing: the model is the server's."""

    def _requests(self, query: str, documents: Sequence[str]) -> Iterator[list[str]]:
        """The documents, in order, as they go into requests together."""
        some: list[str] = []
        left = self._dialect.most_characters
        for document in documents:
            length = len(query) + len(document)
            if some and (length > left or len(some) == self._dialect.most_passages):
                yield some
                some, left = [], self._dialect.most_characters
            some.append(document)
            left -= length
        if some:
            yield some

    def _scores(self, query: str, documents: Sequence[str]) -> list[float]:
        count = len(documents)
        body = {"model": self._model, "query": query, "documents": documents, "top_n": count, **self._told}
        began = time.monotonic()
        sent = self._server.post(self._dialect.route, body)
        taken = time.monotonic() - began
        try:
            answer = self._understood(sent)
        except ValidationError as error:
            raise self._server.failed("sent an answer that is not the rerank protocol's") from error
        if self._on_answered is not None:
            self._on_answered(self._model, told_tokens(answer.usage), taken)
        scores = {result.index: result.relevance_score for result in answer.results}
        if len(answer.results) != count or scores.keys() != set(range(count)):
            raise self._server.failed(f"did not score each of {count} passages once")
        return [scores[index] for index in range(count)]

    def _understood(self, sent: bytes) -> _Answer:
        return _Answer(results=_BARE.validate_json(sent)) if self._dialect.bare else _Answer.model_validate_json(sent)


_ADVICE = Advice(
    server="the reranking server",
    address="start it, or correct HUIMAI_RETRIEVAL__RERANKER and HUIMAI_RETRIEVAL__RERANKER_BASE_URL (most addresses "
    "end in /v1); `huimai doctor` tries it",
    key="set HUIMAI_RETRIEVAL__RERANKER_API_KEY",
    slow="lower HUIMAI_RETRIEVAL__RERANK_CANDIDATES, or raise HUIMAI_RETRIEVAL__RERANKER_TIMEOUT_SECONDS",
    long="lower HUIMAI_RETRIEVAL__RERANK_TOKENS, or let it take longer texts (llama.cpp: -c and -ub)",
    log="look at the reranking server's own log, or unset HUIMAI_RETRIEVAL__RERANKER",
)
