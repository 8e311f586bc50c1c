"""Writing files that appear whole or not at all, and saying plainly when the disk is full."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

from ingestion.errors import StorageFullError


@contextlib.contextmanager
def disk_full_is_said(folder: Path) -> Generator[None]:
    """Turn the system's "no space left" into StorageFullError that names `folder`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFullError(
                f"the disk is full, nothing more can be written to {folder}",
                "Free some space (or move HUIMAI_HOME to a larger disk) and try again.",
            ) from error
        raise


@contextlib.contextmanager
def temporary(target: Path) -> Generator[Path]:
    """A path beside `target` to write to: renamed to `target` on success, removed on any failure."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        yield part
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
