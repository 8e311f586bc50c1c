"""Picks the reranker that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable

from ingestion.addresses import is_outside
from ingestion.errors import BadInputError
from ingestion.http_calls import OnAnswered
from ingestion.models.card import ModelTask
from ingestion.models.store import ModelStore
from ingestion.outbound import Outbound
from retrieval.ports import Reranker
from retrieval.settings import RetrievalSettings

OpenReranker = Callable[[RetrievalSettings, ModelStore, Outbound, str, OnAnswered | None], Reranker]
"""From the settings, the models on this machine, the door to servers, a model's name and who hears of each answer of a
server to a reranker that has not loaded it."""


def open_reranker(
    settings: RetrievalSettings, models: ModelStore, outbound: Outbound, on_answered: OnAnswered | None = None
) -> Reranker | None:
    """The reranker of the settings, its model not yet loaded; null when they name none.

    Raises NotFoundError for an unknown model, BadInputError when its card is of another task or its engine is unknown.
    """
    if settings.reranker is None:
        return None
    engine = _ENGINES[_engine(settings, models, settings.reranker)]
    return engine(settings, models, outbound, settings.reranker, on_answered)


def is_remote_reranker(settings: RetrievalSettings) -> bool:
    """Whether the reranking server of the settings is outside the user's control."""
    return is_outside(settings.reranker_base_url, settings.reranker_remote)


def _engine(settings: RetrievalSettings, models: ModelStore, name: str) -> str:
    if settings.reranker_base_url:
        return _HTTP
    card = models.catalogue.get(name)
    if card.task is not ModelTask.RERANKER or card.engine not in _ENGINES:
        raise BadInputError(
            f"model {name} ({card.task}, {card.engine}) cannot rerank",
            "set HUIMAI_RETRIEVAL__RERANKER to a reranker of `huimai models list`",
        )
    return card.engine


def _cross_encoder(
    settings: RetrievalSettings, models: ModelStore, _outbound: Outbound, name: str, _on_answered: OnAnswered | None
) -> Reranker:
    from retrieval.rerank.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(lambda: models.path(name), models.catalogue.get(name), settings.rerank_tokens)


def _http(
    settings: RetrievalSettings, _models: ModelStore, outbound: Outbound, name: str, on_answered: OnAnswered | None
) -> Reranker:
    from retrieval.rerank.http import DIALECTS, HttpReranker

    return HttpReranker(
        outbound,
        settings.reranker_base_url or "",
        name,
        api_key=settings.reranker_api_key,
        dialect=DIALECTS[settings.reranker_kind],
        instruction=settings.reranker_instruction,
        remote=is_remote_reranker(settings),
        most_tokens=settings.rerank_tokens,
        seconds=settings.reranker_timeout_seconds,
        on_answered=on_answered,
    )


_HTTP = "http"
_ENGINES: dict[str, OpenReranker] = {"cross-encoder": _cross_encoder, _HTTP: _http}
