"""Picks the reranker that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable

from ingestion.addresses import is_remote
from ingestion.errors import BadInputError
from ingestion.models.card import Task
from ingestion.models.store import ModelStore
from retrieval.ports import Reranker
from retrieval.settings import RetrievalSettings

OpenReranker = Callable[[RetrievalSettings, ModelStore, str], Reranker]
"""From the settings, the models on this machine and a model's name to a reranker that has not loaded it."""


def open_reranker(settings: RetrievalSettings, models: ModelStore) -> Reranker | None:
    """The reranker of the settings, its model not yet loaded; null when they name none.

    Raises NotFoundError for an unknown model, BadInputError when its card is of another task or its engine is unknown.
    """
    if settings.reranker is None:
        return None
    return _ENGINES[_engine(settings, models, settings.reranker)](settings, models, settings.reranker)


def _engine(settings: RetrievalSettings, models: ModelStore, name: str) -> str:
    if settings.reranker_base_url:
        return _HTTP
    card = models.catalogue.get(name)
    if card.task is not Task.RERANKER or card.engine not in _ENGINES:
        raise BadInputError(
            f"model {name} ({card.task}, {card.engine}) cannot rerank",
            "set HUIMAI_RETRIEVAL__RERANKER to a reranker of `huimai models list`",
        )
    return card.engine


def _cross_encoder(settings: RetrievalSettings, models: ModelStore, name: str) -> Reranker:
    from retrieval.rerank.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(lambda: models.path(name), models.catalogue.get(name), settings.rerank_tokens)


def _http(settings: RetrievalSettings, _: ModelStore, name: str) -> Reranker:
    from retrieval.rerank.http import HttpReranker

    url = settings.reranker_base_url or ""
    return HttpReranker(
        url,
        name,
        api_key=settings.reranker_api_key,
        remote=is_remote(url) if settings.reranker_remote is None else settings.reranker_remote,
        most_tokens=settings.rerank_tokens,
        seconds=settings.reranker_timeout_seconds,
    )


_HTTP = "http"
_ENGINES: dict[str, OpenReranker] = {"cross-encoder": _cross_encoder, _HTTP: _http}
