"""Embedding by a server: vLLM, llama.cpp, Ollama, SGLang, DashScope and others that speak OpenAI's protocol.

Protocol: POST /embeddings with `{model, input, encoding_format, dimensions?}`, answered by `{data: [{index,
embedding}]}`; https://platform.openai.com/docs/api-reference/embeddings,
https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html,
https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md. Vectors travel as JSON numbers: DashScope
sends nothing else, and to read 64 of 1,024 numbers takes some 5 ms where base64 takes 1.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, SecretStr, ValidationError

from ingestion.embedding.base import Vectors
from ingestion.embedding.served import Served
from ingestion.http_calls import Advice, ModelServer, OnAnswered, Patience, TooLongError, told_tokens
from ingestion.outbound import Outbound

_CHARACTERS_A_TOKEN = 4
"""Of English; Chinese has one or two. What is still too long is cut when the server says so."""
_SHORTEST = 16
"""Characters; a text that is too long even so is not the reason."""
_SAYS_NOTHING = "-"
"""Embedded in place of a blank text, which many servers refuse."""


class _Row(BaseModel):
    index: int
    embedding: list[float]


class _Answer(BaseModel):
    data: list[_Row]
    usage: object = None


class HttpEmbedder:
    """An Embedder behind a server. Every call asks the server; nothing is loaded here.

    Calls raise ModelFailedError when the server gives no usable vectors, and PrivacyError when it is on another machine
    and what it would be told is private: see `ingestion.outbound`.
    """

    def __init__(
        self,
        outbound: Outbound,
        base_url: str,
        model: Served,
        *,
        remote: bool,
        api_key: SecretStr | None = None,
        patience: Patience,
        on_answered: OnAnswered | None = None,
    ) -> None:
        """`base_url` is that which `/embeddings` follows."""
        self._model, self._on_answered = model, on_answered
        self._server = ModelServer(
            outbound, base_url, model.name, remote=remote, api_key=api_key, patience=patience, advice=_ADVICE
        )

    @property
    def model_id(self) -> str:
        """Name of the model on the server."""
        return self._model.name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._model.dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of stored text, shape (texts, dimensions), each of length 1."""
        rows = [np.empty((0, self.dimensions), np.float32)]
        for start in range(0, len(texts), self._model.most_texts):
            batch = texts[start : start + self._model.most_texts]
            rows.append(self._vectors([self._cut(self._model.passage_prefix, text) for text in batch]))
        return np.concatenate(rows)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length 1."""
        return self._vectors([self._cut(self._model.query_prefix, text)])[0]

    def unrelated_below(self, language: str) -> float:
        """See Embedder."""
        return self._model.unrelated_below.get(language, -1.0)

    def prepare(self) -> None:
        """Nothing: the model is the server's."""

    def unload(self) -> None:
        """Nothing: the model is the server's."""

    def _cut(self, prefix: str, text: str) -> str:
        said = text if text.strip() else _SAYS_NOTHING
        return (prefix + said)[: self._model.context_tokens * _CHARACTERS_A_TOKEN]

    def _vectors(self, texts: list[str]) -> Vectors:
        try:
            return self._asked(texts)
        except TooLongError:
            if len(texts) > 1:
                # each alone: how one is cut must not depend on those beside it
                return np.concatenate([self._vectors([text]) for text in texts])
            if len(texts[0]) <= _SHORTEST:
                raise
            return self._vectors([texts[0][: len(texts[0]) // 2]])

    def _asked(self, texts: list[str]) -> Vectors:
        body: dict[str, object] = {"model": self._model.name, "input": texts, "encoding_format": "float"}
        if self._model.asks_dimensions:
            body["dimensions"] = self.dimensions
        began = time.monotonic()
        sent = self._server.post("/embeddings", body)
        taken = time.monotonic() - began
        try:
            answer = _Answer.model_validate_json(sent)
        except ValidationError as error:
            raise self._server.failed("sent an answer that is not the embedding protocol's") from error
        if self._on_answered is not None:
            self._on_answered(self._model.name, told_tokens(answer.usage), taken)
        found = {row.index: row.embedding for row in answer.data}
        if found.keys() != set(range(len(texts))):
            raise self._server.failed(f"did not embed each of {len(texts)} texts once")
        lengths = {len(vector) for vector in found.values()}
        if lengths != {self.dimensions}:
            found_lengths = " or ".join(map(str, sorted(lengths)))
            why = f"sent vectors of {found_lengths} numbers instead of {self.dimensions}"
            raise self._server.failed(why, _OTHER_LENGTH)
        return self._normalised(np.array([found[index] for index in range(len(texts))], np.float32))

    def _normalised(self, rows: Vectors) -> Vectors:
        """Each row scaled to length 1, whatever the server has done."""
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.all()):
            raise self._server.failed("sent a vector that points nowhere")
        return rows / lengths


_ADVICE = Advice(
    server="the embedding server",
    address="start it, or correct HUIMAI_INGESTION__EMBEDDING_MODEL and HUIMAI_INGESTION__EMBEDDING_BASE_URL (most "
    "addresses end in /v1); `huimai doctor` tries it",
    key="set HUIMAI_INGESTION__EMBEDDING_API_KEY",
    slow="lower HUIMAI_INGESTION__EMBEDDING_BATCH, or raise HUIMAI_INGESTION__EMBEDDING_TIMEOUT_SECONDS",
    long="let it take longer texts (llama.cpp: -c and -ub, vLLM: --max-model-len)",
    log="look at the embedding server's own log, and at what `huimai doctor` says of it",
)
_OTHER_LENGTH = (
    "set HUIMAI_INGESTION__EMBEDDING_DIMENSIONS to what it sends (the index is then built anew), or let the server "
    "shorten them (vLLM: --hf-overrides '{\"is_matryoshka\": true}')"
)
