"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore

ROOT = Path(__file__).parent.parent
SHIPPED_CATALOGUES = [ROOT / "ingestion" / "models.toml", ROOT / "agents" / "models.toml"]


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Where `huimai models pull` put the models: HUIMAI_MODELS_DIR, else the user's cache."""
    return Path(os.environ.get("HUIMAI_MODELS_DIR") or platformdirs.user_cache_path("huimai") / "models")


@pytest.fixture(scope="session")
def model_store(models_dir: Path) -> ModelStore:
    """The store of the real models."""
    return ModelStore(models_dir, Catalogue.load(SHIPPED_CATALOGUES))
