"""Reranking models in the sentence-transformers CrossEncoder format, on torch.

Encoders with a classifier (bge-reranker) and chat models that answer yes or no (Qwen3-Reranker) alike: the library
scores the latter by the log-odds of the two answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingestion.errors import MissingExtraError, ModelFailedError
from ingestion.models.card import ModelCard
from ingestion.models.lazy import LazyModel
from retrieval.rerank.length import readable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 16
"""Pairs scored at once."""


class CrossEncoderReranker(LazyModel["CrossEncoder"]):
    """A Reranker on this machine; a GPU is used when torch finds one. A score is the probability that a passage is
    relevant, 0..1.

    Weights stay as they are stored on a GPU and are float32 on a CPU. One call runs at a time.
    """

    def __init__(self, model_folder: Callable[[], Path], card: ModelCard, most_tokens: int) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError.

        A query and a passage are cut to `most_tokens` together, and to the card's context.
        """
        super().__init__(model_folder, "reranking", card.name)
        self._tokens = min(most_tokens, card.capabilities.context_tokens or most_tokens)
        self._template = card.capabilities.pair_template
        self._one_at_a_time = threading.Lock()

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        """See Reranker."""
        if not passages:
            return []
        model = self._loaded()
        asked, texts = readable(query, passages, self._tokens)
        try:
            with self._one_at_a_time:
                found = model.predict([(asked, text) for text in texts], batch_size=_BATCH, show_progress_bar=False)
        except (RuntimeError, ValueError) as error:
            raise self._failed(str(error).splitlines()[0]) from error
        scores = np.asarray(found, dtype=np.float64)
        if scores.shape != (len(passages),) or not np.isfinite(scores).all():
            raise self._failed("it does not give one number for each passage")
        return scores.tolist()

    def _load(self, folder: Path) -> CrossEncoder:
        try:
            import torch
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise MissingExtraError(f"reranking model {self._name}", "torch") from error
        options: dict[str, Any] = {"dtype": "auto" if torch.cuda.is_available() else torch.float32}
        # a folder's own template may be one for chats, which shows a model neither the query nor the passage
        template = {"chat_template": self._template} if self._template else {}
        model = CrossEncoder(
            str(folder),
            local_files_only=True,
            model_kwargs=options,
            processor_kwargs=template,
            activation_fn=torch.nn.Sigmoid(),
        )
        model.max_seq_length = min(self._tokens, model.max_seq_length or self._tokens)
        return model

    def _failed(self, why: str) -> ModelFailedError:
        return ModelFailedError(
            f"reranking model {self._name} failed: {why}",
            f"run `huimai models verify {self._name}`, or unset HUIMAI_RETRIEVAL__RERANKER",
        )
