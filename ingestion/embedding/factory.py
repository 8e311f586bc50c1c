"""Picks the embedder that runs a card's engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ingestion.addresses import is_outside
from ingestion.errors import BadInputError
from ingestion.http_calls import OnAnswered, Patience
from ingestion.models.card import ModelCard, ModelTask
from ingestion.models.catalogue import Catalogue
from ingestion.outbound import Outbound
from ingestion.ports import Embedder
from ingestion.settings import IngestionSettings

_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds; an ingest can wait for a server that is restarted or refuses the many for a while."""


class EmbedderFactory(Protocol):
    """Makes an embedder without loading its model."""

    def __call__(self, model_folder: Callable[[], Path], card: ModelCard, threads: int, batch: int) -> Embedder:
        """`threads` 0 means all cores; `batch` texts are embedded at once."""
        ...


def open_embedder(model_folder: Callable[[], Path], card: ModelCard, threads: int = 0, batch: int = 16) -> Embedder:
    """An embedder for the card. Raises BadInputError when the card is of another task or its engine is unknown."""
    if card.task is not ModelTask.EMBEDDING or card.engine not in _ENGINES:
        raise BadInputError(
            f"model {card.name} ({card.task}, {card.engine}) cannot embed text",
            "set HUIMAI_INGESTION__EMBEDDING_MODEL to an embedding model of `huimai models list`",
        )
    return _ENGINES[card.engine]()(model_folder, card, threads, batch)


def is_remote_embedder(settings: IngestionSettings) -> bool:
    """Whether the embedding server of the settings is outside the user's control."""
    return is_outside(settings.embedding_base_url, settings.embedding_remote)


def open_served_embedder(
    settings: IngestionSettings, catalogue: Catalogue, outbound: Outbound, on_answered: OnAnswered | None = None
) -> Embedder:
    """The embedder behind the server of the settings, which is not asked yet. Raises BadInputError when the length of
    the model's vectors is not known."""
    from ingestion.embedding.http import HttpEmbedder
    from ingestion.embedding.served import served_model

    return HttpEmbedder(
        outbound,
        settings.embedding_base_url or "",
        served_model(settings, catalogue),
        remote=is_remote_embedder(settings),
        api_key=settings.embedding_api_key,
        patience=Patience(settings.embedding_timeout_seconds, _PAUSES),
        on_answered=on_answered,
    )


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
