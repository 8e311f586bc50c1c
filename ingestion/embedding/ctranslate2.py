"""BERT-like embedding models on CTranslate2: int8 on any CPU, without torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ingestion.embedding.batches import Vectors, in_batches, normalised
from ingestion.errors import ModelFailedError
from ingestion.memory import give_back_memory
from ingestion.models.card import ModelCard

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: Tokenizer
    encoder: Any


class CTranslate2Embedder:
    """An Embedder that averages an encoder's last states over a text's tokens and scales the result to length 1.

    The folder holds model.bin, config.json and vocabulary.json of a CTranslate2 encoder and a tokenizer.json. Texts
    beyond the card's context are cut. The model is loaded at the first call, once, and shared by all threads.
    """

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
        self._loaded: _Loaded | None = None

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
        """Free the model's memory once no call uses it; the next call loads it again."""
        with self._lock:
            self._loaded = None
        give_back_memory()

    def _embed(self, texts: list[str]) -> Vectors:
        loaded = self._load()
        encoded = loaded.tokenizer.encode_batch(texts)
        ids = [list(encoding.ids) for encoding in encoded]
        states = np.asarray(loaded.encoder.forward_batch(ids).last_hidden_state, dtype=np.float32)
        return normalised(np.stack([states[row, : len(tokens)].mean(axis=0) for row, tokens in enumerate(ids)]))

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._model_folder(), self._name, self._threads, self._context)
            return self._loaded


def _load(folder: Path, name: str, threads: int, context: int) -> _Loaded:
    import ctranslate2
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        encoder = cast(Any, ctranslate2).Encoder(str(folder), device="cpu", inter_threads=1, intra_threads=threads)
    except Exception as error:  # tokenizers raises nothing more precise
        raise ModelFailedError(
            f"embedding model {name} cannot be loaded: {error}", f"run `huimai models verify {name}`"
        ) from error
    tokenizer.enable_truncation(context)
    return _Loaded(tokenizer, encoder)
