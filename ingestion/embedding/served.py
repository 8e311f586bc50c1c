"""What is known of an embedding model that a server has, by the name that the server gives it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from ingestion.errors import BadInputError
from ingestion.models.card import Capabilities, ModelTask
from ingestion.models.catalogue import Catalogue
from ingestion.settings import IngestionSettings


class Served(BaseModel):
    """An embedding model behind a server: its name there, the length of its vectors, and how texts are given to it.

    With `asks_dimensions` the server is asked for vectors of that length, which is not the model's own. A text is cut
    to about `context_tokens`; `most_texts` is how many go into one request.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    dimensions: int = Field(ge=1)
    asks_dimensions: bool = False
    context_tokens: int = Field(default=8192, ge=1)
    most_texts: int = Field(default=2048, ge=1)
    query_prefix: str = ""
    passage_prefix: str = ""
    unrelated_below: dict[str, float] = Field(default_factory=dict[str, float])


def served_model(settings: IngestionSettings, catalogue: Catalogue) -> Served:
    """The model that the settings name. Raises BadInputError when the length of its vectors is not known."""
    name, wanted = settings.embedding_model, settings.embedding_dimensions
    known = _of_service(name) or _of_catalogue(name, catalogue)
    if known is None and wanted is None:
        raise BadInputError(
            f"nothing is known of the embedding model {name} on the server",
            "set HUIMAI_INGESTION__EMBEDDING_DIMENSIONS to the length of its vectors",
        )
    model = known or Served(name=name, dimensions=wanted or 0)
    changes: dict[str, object] = {"name": name, "most_texts": min(model.most_texts, settings.embedding_batch)}
    if wanted not in (None, model.dimensions):
        changes |= {"dimensions": wanted, "asks_dimensions": True}
    if settings.embedding_query_prefix is not None:
        changes["query_prefix"] = settings.embedding_query_prefix
    return model.model_copy(update=changes)


def _of_service(name: str) -> Served | None:
    return next((model for model in _services() if model.name == _plain(name)), None)


@cache
def _services() -> tuple[Served, ...]:
    text = files("ingestion.embedding").joinpath("served.toml").read_text(encoding="utf-8")
    return tuple(Served.model_validate(model) for model in tomllib.loads(text)["model"])


def _of_catalogue(name: str, catalogue: Catalogue) -> Served | None:
    """What the card says whose name the server's is, or begins: a tag or a quantisation may follow it."""
    plain = _plain(name)
    cards = [card for card in catalogue.of(ModelTask.EMBEDDING) if (plain + "-").startswith(card.name.lower() + "-")]
    if not cards:
        return None
    card = max(cards, key=lambda card: len(card.name))
    return _served(name, card.capabilities)


def _served(name: str, can: Capabilities) -> Served | None:
    if can.dimensions is None or can.context_tokens is None:
        return None
    return Served(
        name=name,
        dimensions=can.dimensions,
        context_tokens=can.context_tokens,
        query_prefix=can.query_prefix,
        passage_prefix=can.passage_prefix,
        unrelated_below=can.unrelated_below,
    )


def _plain(name: str) -> str:
    """A served name as a card is called: both Qwen/Qwen3-Embedding-4B and qwen3-embedding:4b are qwen3-embedding-4b."""
    return name.rsplit("/", 1)[-1].lower().replace(":", "-")
