"""Small honest stand-ins for the collaborators that need a model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, SpokenSegment


class HashEmbedder:
    """An Embedder in which texts are near that share words or pairs of Chinese characters.

    Every term adds 1 or -1 to one place of the vector, both chosen by the term's CRC-32.
    """

    def __init__(self, dimensions: int = 384, model_id: str = "hash-embedder") -> None:
        self._dimensions = dimensions
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self._dimensions), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimensions, np.float32)
        for term in ["", *_terms(text)]:
            code = zlib.crc32(term.encode())
            vector[code % self._dimensions] += 1 if code & (1 << 31) else -1
        length = np.linalg.norm(vector)
        if not length:
            vector[0] = length = 1
        return vector / np.float32(length)

    def unrelated_below(self, language: str) -> float:
        return -1.0

    def prepare(self) -> None:
        pass

    def unload(self) -> None:
        pass


def _terms(text: str) -> list[str]:
    """Words, Chinese characters and overlapping pairs of them."""
    terms: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", text.lower()):
        terms.append(run)
        if not run.isascii():
            terms.extend(run[index : index + 2] for index in range(len(run) - 1))
    return terms


class OverlapReranker:
    """A Reranker that scores a passage by the share of the query's terms that it holds, 0..1."""

    remote = False

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        asked = set(_terms(query))
        return [len(asked.intersection(_terms(passage))) / max(len(asked), 1) for passage in passages]

    def unload(self) -> None:
        pass


class ScriptedTranscriber:
    """A Transcriber that hears the given sentences, five seconds each, in every piece."""

    model_id = "scripted"

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        if progress is not None:
            progress(1.0)
        return [
            SpokenSegment(index * 5.0, index * 5.0 + 5.0, sentence, language or "zh", 0.9)
            for index, sentence in enumerate(self._sentences)
        ]

    def unload(self) -> None:
        pass
