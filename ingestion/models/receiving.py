"""Receiving files: kept as `.part` until whole, hashed as they grow, named only when their hash is right."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from ingestion.errors import BadInputError, ModelFailedError, ModelMissingError
from ingestion.storage import disk_full_is_said

BLOCK = 1 << 20
OTHER_DISK = "free some space, or set HUIMAI_MODELS_DIR to another disk"

BytesProgress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


class SourceError(ModelMissingError):
    """A source does not have a file or cannot be reached; another source may."""


class WrongHashError(ModelFailedError):
    """A source delivered other bytes than the card names. They were deleted."""


@contextmanager
def storage_errors(folder: Path) -> Generator[None]:
    """Turn "no space left" into StorageFullError and a folder that may not be written into BadInputError."""
    try:
        with disk_full_is_said(folder, OTHER_DISK):
            yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            hint = "set HUIMAI_MODELS_DIR to a folder that you may write to"
            raise BadInputError(f"{folder} may not be written to", hint) from error
        raise


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, a block at a time."""
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield block


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    for block in blocks_of(path):
        digest.update(block)
    return digest.hexdigest()


class Tally:
    """Counts bytes over all files of a pull and reports them."""

    def __init__(self, total: int, progress: BytesProgress | None) -> None:
        self.total = total
        self.done = 0
        self._progress = progress

    def add(self, count: int) -> None:
        """Count bytes; negative when some were thrown away."""
        self.done += count
        if self._progress is not None:
            self._progress(self.done, self.total)


class IncomingFile:
    """A file that arrives at `target`. What an earlier try left in `<target>.part` is hashed again and kept.

    Use it as a context manager; leaving without `finish` keeps the part for the next try.
    """

    def __init__(self, target: Path, tally: Tally) -> None:
        self.target = target
        self.part = target.with_name(target.name + ".part")
        self.size = 0
        self._digest = hashlib.sha256()
        self._tally = tally

    def __enter__(self) -> IncomingFile:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if self.target.is_file():
            self.target.replace(self.part)
        self._file = self.part.open("ab")
        for block in blocks_of(self.part):
            self._count(block)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, block: bytes) -> None:
        """Append. Raises StorageFullError."""
        with storage_errors(self.target.parent):
            self._file.write(block)
            self._file.flush()
        self._count(block)

    def restart(self) -> None:
        """Throw away what is there."""
        self._file.truncate(0)
        self._tally.add(-self.size)
        self.size = 0
        self._digest = hashlib.sha256()

    def cut(self, size: int) -> None:
        """Keep only the first `size` bytes, for the next try. Nothing more can be written in this one."""
        self._file.truncate(size)
        self._file.close()

    def finish(self, size: int, sha256: str | None) -> str:
        """Close and name the file; its SHA-256. With a wrong size or hash it is deleted and WrongHashError raised."""
        self._file.close()
        found = self._digest.hexdigest()
        if self.size != size or (sha256 is not None and found != sha256):
            self.part.unlink()
            raise WrongHashError(
                f"{self.target.name} has {self.size} bytes and SHA-256 {found[:12]}…, "
                f"expected {size} bytes and {(sha256 or 'any')[:12]}…"
            )
        self.part.replace(self.target)
        return found

    def _count(self, block: bytes) -> None:
        self._digest.update(block)
        self.size += len(block)
        self._tally.add(len(block))
