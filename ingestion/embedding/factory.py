"""Picks the embedder that runs a card's engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ingestion.errors import BadInputError
from ingestion.models.card import ModelCard, Task
from ingestion.ports import Embedder


class EmbedderFactory(Protocol):
    """Makes an embedder without loading its model."""

    def __call__(self, model_folder: Callable[[], Path], card: ModelCard, threads: int, batch: int) -> Embedder:
        """`threads` 0 means all cores; `batch` texts are embedded at once."""
        ...


def open_embedder(model_folder: Callable[[], Path], card: ModelCard, threads: int = 0, batch: int = 16) -> Embedder:
    """An embedder for the card. Raises BadInputError when the card is of another task or its engine is unknown."""
    if card.task is not Task.EMBEDDING or card.engine not in _ENGINES:
        raise BadInputError(
            f"model {card.name} ({card.task}, {card.engine}) cannot embed text",
            "set HUIMAI_INGESTION__EMBEDDING_MODEL to an embedding model of `huimai models list`",
        )
    return _ENGINES[card.engine]()(model_folder, card, threads, batch)


def _ctranslate2() -> EmbedderFactory:
    from ingestion.embedding.ctranslate2 import CTranslate2Embedder

    return CTranslate2Embedder


def _sentence_transformers() -> EmbedderFactory:
    from ingestion.embedding.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder


_ENGINES: dict[str, Callable[[], EmbedderFactory]] = {
    "ctranslate2": _ctranslate2,
    "sentence-transformers": _sentence_transformers,
}
