"""What `huimai doctor` says of an embedding server: whether it sends the vectors that the index is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingestion.errors import HuimaiError
from server.cli.check import Check
from server.cli.messages import say
from server.cli.server_checks import Place, key_of, look_at

if TYPE_CHECKING:
    from ingestion.models.catalogue import Catalogue
    from ingestion.outbound import Outbound
    from ingestion.settings import IngestionSettings

_NAME = "embedding"
_SECONDS = 10.0
_WORD = "Huimai"


def embedding_check(settings: IngestionSettings, catalogue: Catalogue, outbound: Outbound, *, deep: bool) -> Check:
    """Whether the server answers, has the model, and sends vectors of the length that is counted on.

    A server of the house is also asked to embed one word; one outside only with `deep`, since there it costs.
    """
    from ingestion.embedding.factory import is_remote_embedder, open_served_embedder
    from ingestion.outbound import about

    seconds = min(settings.embedding_timeout_seconds, _SECONDS)
    quick = settings.model_copy(update={"embedding_timeout_seconds": seconds})
    # nothing of any meeting is sent
    with about(private=False):
        unserved: Check | None = None
        try:
            embedder = open_served_embedder(quick, catalogue, outbound)
            answers, models = look_at(_place(settings), outbound)
            if answers.status != "ok":
                return answers
            unserved = _unserved(settings, list(models))
            if deep or not is_remote_embedder(settings):
                # a server of one model takes any name for it
                embedder.embed_query(_WORD)
                unserved = None
        except HuimaiError as error:
            return unserved or Check(_NAME, "warn", error.message, error.hint)
    text = say("embedding_served", model=embedder.model_id, dimensions=embedder.dimensions)
    return unserved or Check(_NAME, "ok", f"{answers.text}; {text}")


def _place(settings: IngestionSettings) -> Place:
    from ingestion.embedding.factory import is_remote_embedder

    return Place(
        _NAME,
        settings.embedding_base_url or "",
        key_of(settings.embedding_api_key),
        is_remote_embedder(settings),
        silent_hint=say("embedding_silent_hint"),
        refused_hint=say("embedding_refused_hint"),
    )


def _unserved(settings: IngestionSettings, models: list[str]) -> Check | None:
    if not models or settings.embedding_model in models:
        return None
    text = say("model_unserved", model=settings.embedding_model, names=", ".join(models[:3]))
    return Check(_NAME, "warn", f"{settings.embedding_base_url}: {text}", say("embedding_unserved_hint"))
