"""Recognising a full disk, whichever layer says so."""

from __future__ import annotations

import errno
import sqlite3

from ingestion.errors import StorageFullError

# SQLite's shared memory file cannot grow on a full disk, which it calls an I/O error.
_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_SYSTEM_FULL = (errno.ENOSPC, errno.EDQUOT)


def storage_full(error: BaseException) -> StorageFullError | None:
    """The error to show when `error`, or what caused it, is a full disk; None when it is something else."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, StorageFullError):
            return cause
        if _is_full(cause):
            return disk_full()
        cause = cause.__cause__ or cause.__context__
    return None


def disk_full() -> StorageFullError:
    """The error of a full disk below the data home."""
    return StorageFullError(
        "the disk that holds the data home is full; nothing was stored", "free some space, then run the command again"
    )


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
    return isinstance(error, OSError) and error.errno in _SYSTEM_FULL
