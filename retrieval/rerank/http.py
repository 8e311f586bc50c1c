"""Reranking by a server: vLLM, llama.cpp, Jina, Cohere and others that speak the same protocol.

Protocol: POST /rerank with `{model, query, documents, top_n}`, answered by `{results: [{index, relevance_score}]}` in
any order; https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html, https://docs.cohere.com/reference/rerank.
The prompt that a model wants around the two texts is the server's affair.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, FiniteFloat, SecretStr, ValidationError

from ingestion.errors import ModelFailedError
from retrieval.rerank.length import readable

_CONNECT_SECONDS = 2.0
_PAUSES = (0.2, 0.4)
"""Seconds before each new attempt after a refused connection or a status 429 or 5xx."""
_LARGEST_ANSWER = 16 * 1024**2
"""Bytes; servers may repeat the documents in their answer."""
_LOOK_AT_LOG = "look at the reranking server's own log, or unset HUIMAI_RETRIEVAL__RERANKER"


class _PassingError(ModelFailedError):
    """A failure after which a new attempt may help."""


class _Result(BaseModel):
    index: int
    relevance_score: FiniteFloat


class _Answer(BaseModel):
    results: list[_Result]


class HttpReranker:
    """A Reranker behind a server. What the scores mean is the server's affair; most give 0..1."""

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: SecretStr | None = None,
        remote: bool,
        most_tokens: int,
        seconds: float,
    ) -> None:
        """`base_url` is that which `/rerank` follows, `seconds` the longest time for one whole call, retries included.

        A query and a passage are cut to about `most_tokens` together: the server's tokenizer is not known here.
        """
        self._url, self._model, self._remote = f"{base_url}/rerank", model, remote
        self._tokens = most_tokens
        self._seconds = seconds
        self._label = f"the reranking server at {urlsplit(base_url).netloc}"
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {api_key.get_secret_value()}"} if api_key else {},
            # proxies of the environment lead out of the machine
            trust_env=remote,
        )

    @property
    def remote(self) -> bool:
        """See Reranker."""
        return self._remote

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        """See Reranker."""
        if not passages:
            return []
        asked, documents = readable(query, passages, self._tokens)
        body = {"model": self._model, "query": asked, "documents": documents, "top_n": len(documents)}
        return self._scores(self._asked(body), len(documents))

    def unload(self) -> None:
        """Nothing: the model is the server's."""

    def _asked(self, body: Mapping[str, object]) -> bytes:
        """The answer's bytes, after new attempts where they may help."""
        deadline = time.monotonic() + self._seconds
        for pause in _PAUSES:
            try:
                return self._answer(body, deadline)
            except _PassingError:
                time.sleep(pause)
        return self._answer(body, deadline)

    def _answer(self, body: Mapping[str, object], deadline: float) -> bytes:
        try:
            status, answer = self._sent(body, deadline)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as error:
            raise _PassingError(f"{self._label} cannot be reached", _CHECK_ADDRESS) from error
        except httpx.TimeoutException as error:
            raise self._failed(f"did not answer within {self._seconds:g} s", _SLOW) from error
        except httpx.HTTPError as error:
            raise self._failed("broke off inside the answer", _LOOK_AT_LOG) from error
        if status != 200:
            raise self._refused(status)
        return answer

    def _sent(self, body: Mapping[str, object], deadline: float) -> tuple[int, bytes]:
        left = max(deadline - time.monotonic(), 0.001)
        timeout = httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS))
        answer = bytearray()
        with self._client.stream("POST", self._url, json=body, timeout=timeout) as response:
            for piece in response.iter_bytes():
                answer += piece
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer trickles")
                if len(answer) > _LARGEST_ANSWER:
                    raise httpx.ReadError("the answer does not end")
        return response.status_code, bytes(answer)

    def _scores(self, answer: bytes, count: int) -> list[float]:
        try:
            results = _Answer.model_validate_json(answer).results
        except ValidationError as error:
            raise self._failed("sent an answer that is not the rerank protocol's", _LOOK_AT_LOG) from error
        scores = {result.index: result.relevance_score for result in results}
        if len(results) != count or scores.keys() != set(range(count)):
            raise self._failed(f"did not score each of {count} passages once", _LOOK_AT_LOG)
        return [scores[index] for index in range(count)]

    def _refused(self, status: int) -> ModelFailedError:
        if status in (401, 403):
            return self._failed(f"refused the API key ({status})", "set HUIMAI_RETRIEVAL__RERANKER_API_KEY")
        if status == 404:
            return self._failed(f"has no model '{self._model}' ({status})", _CHECK_ADDRESS)
        if status == 429 or status >= 500:
            return _PassingError(f"{self._label} failed ({status})", _LOOK_AT_LOG)
        return self._failed(f"refused the request ({status})", _LOOK_AT_LOG)

    def _failed(self, why: str, hint: str) -> ModelFailedError:
        return ModelFailedError(f"{self._label} {why}", hint)


_CHECK_ADDRESS = (
    "start it, or correct HUIMAI_RETRIEVAL__RERANKER and HUIMAI_RETRIEVAL__RERANKER_BASE_URL (most addresses end in "
    "/v1); `huimai doctor` tries it"
)
_SLOW = "lower HUIMAI_RETRIEVAL__RERANK_CANDIDATES, or raise HUIMAI_RETRIEVAL__RERANKER_TIMEOUT_SECONDS"
