"""The SQL database: SQLite in WAL mode on one machine, PostgreSQL on a team server; the same tables on both."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine

from ingestion.storage import storage_full


class Database:
    """An engine and its sessions. The request or the job that opens a session commits it, nobody below does."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, connect_args=_connect_args(url))
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _configure_sqlite)

    @contextmanager
    def session(self) -> Generator[Session]:
        """A session that commits on a clean exit and rolls back on an exception.

        Raises StorageFullError when the disk is full.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except OperationalError as error:
                session.rollback()
                full = storage_full(error)
                if full is None:
                    raise
                raise full from error

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _connect_args(url: str) -> dict[str, Any]:
    return {"check_same_thread": False, "timeout": 30} if url.startswith("sqlite") else {}


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
