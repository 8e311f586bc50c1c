"""The model store of this machine: the shipped cards, and the user's own from the data home."""

from __future__ import annotations

from importlib.resources import files

from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from server.settings import Settings


def open_models(settings: Settings) -> ModelStore:
    """The catalogue (`models.toml` of ingestion and agents, then the data home's own) over the models' folder."""
    shipped = [files(package) / "models.toml" for package in ("ingestion", "agents")]
    return ModelStore(settings.models_dir, Catalogue.load([*shipped, settings.home / "models.toml"]))
