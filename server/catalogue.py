"""The model store of this machine and the cards of chat models: what is shipped, and the user's own."""

from __future__ import annotations

from importlib.resources import files

from agents.llm.card_catalogue import OWN_CARDS, CardCatalogue
from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from ingestion.outbound import Outbound
from server.settings import Settings


def open_models(settings: Settings) -> ModelStore:
    """The catalogue (`models.toml` of ingestion and agents, then the data home's own) over the models' folder."""
    shipped = [files(package) / "models.toml" for package in ("ingestion", "agents")]
    catalogue = Catalogue.load([*shipped, settings.home / OWN_CARDS])
    return ModelStore(settings.models_dir, catalogue, Outbound(settings.offline))


def open_cards(settings: Settings) -> CardCatalogue:
    """What chat models can do and what they cost: the cards that come along, then the data home's own."""
    return CardCatalogue.load(settings.home / OWN_CARDS)
