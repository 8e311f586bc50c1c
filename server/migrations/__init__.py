"""The database's schema, step by step. `migrate` brings a database to the newest one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from ingestion.database import Database
from ingestion.errors import ConflictError

_FOLDER = Path(__file__).parent


def newest_revision() -> str:
    """The revision that this release needs. Revisions are numbered files: 0001_first.py, 0002_next.py."""
    return max(path.name.split("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*_*.py"))


def current_revision(database: Database) -> str | None:
    """The revision that a database is at; None for an empty one."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database) -> None:
    """Bring a database to the newest revision. Raises ConflictError when a newer release has used it."""
    current, newest = current_revision(database), newest_revision()
    if current == newest:
        return
    if current is not None and current > newest:
        raise ConflictError(
            f"the data home was used by a newer release (schema {current}, this one knows {newest})",
            "install the newer release of huimai again, or restore a backup made with this one",
        )
    # imported here because a database that is up to date, the usual case, does not need Alembic
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, newest)
