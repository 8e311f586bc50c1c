"""What every embedding engine shares: prefixes, batches, one loaded model for all threads."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingestion.errors import ModelFailedError
from ingestion.memory import give_back_memory
from ingestion.models.card import ModelCard

Vectors = NDArray[np.float32]
"""One unit vector a row."""

M = TypeVar("M")
T = TypeVar("T")


class CardEmbedder(ABC, Generic[M]):
    """An Embedder for a model card. The model, of type M, is loaded at the first call, once, and shared by threads."""

    def __init__(self, model_folder: Callable[[], Path], card: ModelCard, threads: int = 0, batch: int = 16) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores."""
        if card.capabilities.dimensions is None or card.capabilities.context_tokens is None:
            raise ValueError(f"card {card.name} states no dimensions or context_tokens")
        self._model_folder = model_folder
        self._name = card.name
        self._capabilities = card.capabilities
        self._dimensions = card.capabilities.dimensions
        self._context = card.capabilities.context_tokens
        self._threads = threads or os.cpu_count() or 1
        self._batch = batch
        self._lock = threading.Lock()
        self._model: M | None = None

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

        Texts are embedded longest first, so that a batch is padded little and memory peaks at once.
        """
        model = self._loaded()
        prefixed = [self._capabilities.passage_prefix + text for text in texts]
        rows = np.empty((len(texts), self._dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch]
            rows[chosen] = _normalised(self._embed(model, [prefixed[index] for index in chosen]))
        return rows

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length 1. Raises ModelMissingError."""
        return _normalised(self._embed(self._loaded(), [self._capabilities.query_prefix + text]))[0]

    def prepare(self) -> None:
        """Load and keep what of the model takes long and little memory, if anything does. Raises ModelMissingError."""

    def unload(self) -> None:
        """Free the model's memory once no call uses it; the next call loads it again."""
        with self._lock:
            self._model = None
        give_back_memory()

    @abstractmethod
    def _load(self, folder: Path) -> M:
        """The model in that folder. Anything that fails while loading may be raised as it is."""

    @abstractmethod
    def _embed(self, model: M, texts: list[str]) -> Vectors:
        """One row a text, of any length above zero; called by several threads at once."""

    def _loaded(self) -> M:
        with self._lock:
            if self._model is None:
                self._model = self._read(self._load)
            return self._model

    def _read(self, part: Callable[[Path], T]) -> T:
        """What `part` reads from the model's folder. Raises ModelMissingError, ModelFailedError."""
        folder = self._model_folder()
        try:
            return part(folder)
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelFailedError(
                f"embedding model {self._name} cannot be loaded: {error}",
                f"run `huimai models verify {self._name}`",
            ) from error


def _normalised(rows: Vectors) -> Vectors:
    """Each row scaled to length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-12)).astype(np.float32, copy=False)
