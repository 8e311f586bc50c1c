"""A full disk and a database in use are recognised, whichever layer says so."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from ingestion.database import Database
from ingestion.errors import BadInputError, StorageFullError
from ingestion.storage import storage_busy, storage_full


def test_a_database_that_cannot_grow_is_a_full_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'small.db'}")
    with database.session() as session:
        session.execute(text("CREATE TABLE t (x)"))
        session.execute(text("PRAGMA max_page_count = 4"))
    with pytest.raises(StorageFullError) as caught, database.session() as session:
        session.execute(text("INSERT INTO t VALUES (zeroblob(100000))"))
    assert caught.value.hint
    with pytest.raises(OperationalError), database.session() as session:
        session.execute(text("SELECT * FROM nothing"))
    database.close()


def test_the_cause_decides() -> None:
    def caused(cause: Exception) -> Exception:
        try:
            raise RuntimeError("it failed") from cause
        except RuntimeError as error:
            return error

    own = StorageFullError("full", "free some")
    assert storage_full(caused(own)) is own
    assert storage_full(caused(OSError(errno.ENOSPC, "No space left on device"))) is not None
    assert storage_full(caused(OSError(errno.EACCES, "Permission denied"))) is None
    assert storage_full(BadInputError("disk is full", "")) is None


def test_a_database_that_somebody_else_writes_to_is_busy(tmp_path: Path) -> None:
    one, other = (Database(f"sqlite:///{tmp_path / 'shared.db'}") for _ in range(2))
    with one.session() as session:
        session.execute(text("CREATE TABLE t (x)"))
    with one.session() as holding:
        holding.execute(text("INSERT INTO t VALUES (1)"))
        with pytest.raises(OperationalError) as caught, other.session() as session:
            session.execute(text("PRAGMA busy_timeout = 0"))
            session.execute(text("INSERT INTO t VALUES (2)"))
    assert storage_busy(caught.value)
    with pytest.raises(OperationalError) as caught, one.session() as session:
        session.execute(text("SELECT * FROM nothing"))
    assert not storage_busy(caught.value)
    one.close()
    other.close()
