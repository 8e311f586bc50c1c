"""A full disk and a database that is in use, recognised whichever layer says so; the first is told in one way."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import StorageFullError

FREE_SPACE = "free some space, then run the command again"

# SQLite's shared memory file cannot grow on a full disk, which it calls an I/O error.
_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_SYSTEM_FULL = (errno.ENOSPC, errno.EDQUOT)


def storage_full(error: BaseException) -> StorageFullError | None:
    """The error to show when `error`, or what caused it, is a full disk; None when it is something else."""
    for cause in _causes(error):
        if isinstance(cause, StorageFullError):
            return cause
        if _is_full(cause):
            return disk_full()
    return None


def storage_busy(error: BaseException) -> bool:
    """Whether SQLite was written to by somebody else for longer than it waits."""
    # the lower byte is the kind of error, the others say more of it
    codes = [getattr(cause, "sqlite_errorcode", 0) & 0xFF for cause in _causes(error)]
    return sqlite3.SQLITE_BUSY in codes


@contextmanager
def disk_full_is_said(folder: Path, hint: str = FREE_SPACE) -> Generator[None]:
    """Turn the system's "no space left" into StorageFullError that names `folder`."""
    try:
        yield
    except OSError as error:
        if _is_full(error):
            raise disk_full(folder, hint) from error
        raise


def disk_full(folder: Path | None = None, hint: str = FREE_SPACE) -> StorageFullError:
    """The error of the disk that holds `folder`, or the data home when none is named."""
    return StorageFullError(f"the disk that holds {folder or 'the data home'} is full; nothing more was stored", hint)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
    return isinstance(error, OSError) and error.errno in _SYSTEM_FULL
