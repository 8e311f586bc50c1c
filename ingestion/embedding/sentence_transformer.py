"""Embedding models in the sentence-transformers format, on torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingestion.embedding.batches import Vectors, in_batches, normalised
from ingestion.errors import MissingExtraError, ModelFailedError
from ingestion.memory import give_back_memory
from ingestion.models.card import ModelCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEmbedder:
    """An Embedder on sentence-transformers; a GPU is used when torch finds one.

    Weights stay as they are stored on a GPU and are float32 on a CPU, where bfloat16 was no faster. The model is
    loaded at the first call, once, and shared by all threads; one call runs at a time.
    """

    def __init__(self, model_folder: Callable[[], Path], card: ModelCard, threads: int = 0, batch: int = 16) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores."""
        if card.capabilities.dimensions is None:
            raise ValueError(f"card {card.name} states no dimensions")
        self._model_folder = model_folder
        self._name = card.name
        self._capabilities = card.capabilities
        self._dimensions = card.capabilities.dimensions
        self._threads = threads or os.cpu_count() or 1
        self._batch = batch
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None

    @property
    def model_id(self) -> str:
        """Name of the model in the catalogue."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of stored text, shape (texts, dimensions), each of length 1. Raises ModelMissingError."""
        prefix = self._capabilities.passage_prefix
        return in_batches([prefix + text for text in texts], self._batch, self._dimensions, self._embed)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length 1. Raises ModelMissingError."""
        return self._embed([self._capabilities.query_prefix + text])[0]

    def unload(self) -> None:
        """Free the model's memory once no call is running; the next call loads it again."""
        with self._lock:
            self._model = None
        give_back_memory()

    def _embed(self, texts: list[str]) -> Vectors:
        with self._lock:
            if self._model is None:
                self._model = _load(self._model_folder(), self._name, self._threads, self._capabilities.context_tokens)
            # an empty prompt, because a folder may name a default one and the card's prefix is already there
            rows = self._model.encode(texts, prompt="", batch_size=len(texts), show_progress_bar=False)
        return normalised(np.asarray(rows, dtype=np.float32))


def _load(folder: Path, name: str, threads: int, context: int | None) -> SentenceTransformer:
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtraError(f"embedding model {name}", "torch") from error
    torch.set_num_threads(threads)
    options: dict[str, Any] = {"dtype": "auto" if torch.cuda.is_available() else torch.float32}
    try:
        model = SentenceTransformer(str(folder), local_files_only=True, model_kwargs=options)
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelFailedError(
            f"embedding model {name} cannot be loaded: {error}", f"run `huimai models verify {name}`"
        ) from error
    if context is not None:
        model.max_seq_length = min(context, model.max_seq_length or context)
    return model
