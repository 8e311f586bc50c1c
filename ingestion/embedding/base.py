"""What every embedding engine shares: prefixes, batches, one loaded model for all threads."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ingestion.models.card import ModelCard
from ingestion.models.lazy import LazyModel

Vectors = NDArray[np.float32]
"""One unit vector a row."""

M = TypeVar("M")

_LONG = 600
"""Characters of a text that counts as one of a batch; of texts half as long a batch takes twice as many."""


class CardEmbedder(LazyModel[M]):
    """An Embedder for a model card, whose model is of type M."""

    def __init__(self, model_folder: Callable[[], Path], card: ModelCard, threads: int = 0, batch: int = 16) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores."""
        if card.capabilities.dimensions is None or card.capabilities.context_tokens is None:
            raise ValueError(f"card {card.name} states no dimensions or context_tokens")
        super().__init__(model_folder, "embedding", card.name)
        self._capabilities = card.capabilities
        self._dimensions = card.capabilities.dimensions
        self._context = card.capabilities.context_tokens
        self._threads = threads or os.cpu_count() or 1
        self._batch = batch

    @property
    def model_id(self) -> str:
        """Name of the model in the catalogue."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of stored text, shape (texts, dimensions), each of length 1. Raises ModelMissingError.

        Texts are embedded longest first, so that a batch is padded little and memory peaks at once; short ones go
        many at a time.
        """
        model = self._loaded()
        prefixed = [self._capabilities.passage_prefix + text for text in texts]
        rows = np.empty((len(texts), self._dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        start = 0
        while start < len(order):
            length = len(prefixed[order[start]])
            chosen = order[start : start + self._batch * max(1, _LONG // length)]
            rows[chosen] = _normalised(self._embed(model, [prefixed[index] for index in chosen]))
            start += len(chosen)
        return rows

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length 1. Raises ModelMissingError."""
        return _normalised(self._embed(self._loaded(), [self._capabilities.query_prefix + text]))[0]

    def unrelated_below(self, language: str) -> float:
        """The card's figure for questions in that language, -1 when it has none."""
        return self._capabilities.unrelated_below.get(language, -1.0)

    def prepare(self) -> None:
        """Load and keep what of the model takes long and little memory, if anything does. Raises ModelMissingError."""

    @abstractmethod
    def _embed(self, model: M, texts: list[str]) -> Vectors:
        """One row a text, of any length above zero; called by several threads at once."""


def _normalised(rows: Vectors) -> Vectors:
    """Each row scaled to length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-12)).astype(np.float32, copy=False)
