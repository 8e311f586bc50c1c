"""Embedding models in the sentence-transformers format, on torch."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingestion.embedding.base import CardEmbedder, Vectors
from ingestion.errors import MissingExtraError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEmbedder(CardEmbedder["SentenceTransformer"]):
    """An Embedder on sentence-transformers; a GPU is used when torch finds one.

    Weights stay as they are stored on a GPU and are float32 on a CPU, where bfloat16 was no faster. One call runs at
    a time.
    """

    _one_at_a_time = threading.Lock()

    def _load(self, folder: Path) -> SentenceTransformer:
        try:
            import torch
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError(f"embedding model {self._name}", "torch") from error
        torch.set_num_threads(self._threads)
        options: dict[str, Any] = {"dtype": "auto" if torch.cuda.is_available() else torch.float32}
        model = SentenceTransformer(str(folder), local_files_only=True, model_kwargs=options)
        model.max_seq_length = min(self._context, model.max_seq_length or self._context)
        return model

    def _embed(self, model: SentenceTransformer, texts: list[str]) -> Vectors:
        with self._one_at_a_time:
            # an empty prompt, because a folder may name a default one and the card's prefix is already there
            rows = model.encode(texts, prompt="", batch_size=len(texts), show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)
