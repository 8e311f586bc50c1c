"""Recordings as files that are named by their content: `<folder>/ab/abcdef….ext`, uploads first in `incoming/`.

What is derived from a recording stands beside it as `abcdef…-kind`, and goes with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ingestion.errors import BadInputError, TooLargeError
from ingestion.storage import disk_full_is_said

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_SHOWN_NAME = 80


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that is whole on disk but not yet kept."""

    sha256: str
    size: int
    path: Path


class MediaStore:
    """Content-addressed files under one folder. Names that users give never become paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    def receive(self, chunks: Iterable[bytes], name: str, max_bytes: int) -> Received:
        """Write an upload to `incoming/`, hashing as it streams; durable on return, gone on any failure.

        `name` is only shown in errors. Raises TooLargeError, BadInputError for an empty upload, StorageFullError.
        """
        path = self._incoming / uuid4().hex
        with disk_full_is_said(self._folder):
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                sha256, size = _write(path, chunks, name, max_bytes)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return Received(sha256, size, path)

    def commit(self, received: Received, extension: str) -> Path:
        """Keep an upload under its content's name; when the same content is kept already, that file wins."""
        existing = self.find(received.sha256)
        if existing is not None:
            received.path.unlink(missing_ok=True)
            return existing
        target = self.path(received.sha256, extension)
        with disk_full_is_said(self._folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            received.path.replace(target)
            _sync_folder(target.parent)
        return target

    def discard(self, received: Received) -> None:
        """Drop an upload that is not wanted after all."""
        received.path.unlink(missing_ok=True)

    def path(self, sha256: str, extension: str) -> Path:
        """Where content of that hash and kind is kept. An extension that is not plain letters becomes `bin`."""
        plain = extension.lower().removeprefix(".")
        return self._shelf(sha256) / f"{sha256}.{plain if _EXTENSION.fullmatch(plain) else 'bin'}"

    def find(self, sha256: str) -> Path | None:
        """The file that holds this content, or None."""
        return next(iter(sorted(self._shelf(sha256).glob(f"{sha256}.*"))), None)

    def derived(self, sha256: str, kind: str) -> Path:
        """Where what is derived from content of that hash is kept, see `keep_derived`."""
        return self._shelf(sha256) / f"{sha256}-{kind}"

    def keep_derived(self, sha256: str, kind: str, content: bytes) -> None:
        """Keep what was derived from stored content, whole or not at all, for as long as that is stored."""
        part = self._incoming / uuid4().hex
        with disk_full_is_said(self._folder):
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("xb") as out:
                    out.write(content)
                    out.flush()
                    os.fsync(out.fileno())
                # a recording that was deleted meanwhile may have left no folder
                with contextlib.suppress(FileNotFoundError):
                    part.replace(self.derived(sha256, kind))
            finally:
                part.unlink(missing_ok=True)
        if self.find(sha256) is None:
            self.delete(sha256)

    def delete(self, sha256: str) -> bool:
        """Remove the content and what was derived from it; False when it was not there."""
        files = list(self._shelf(sha256).glob(f"{sha256}.*"))
        for file in files:
            file.unlink(missing_ok=True)
        # only now, so that none can be kept after this was looked for
        for file in self._shelf(sha256).glob(f"{sha256}-*"):
            file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._shelf(sha256).rmdir()
        return bool(files)

    def sweep(self, older_than_hours: float = 24.0) -> int:
        """Remove uploads that were never kept and have not grown for that long; returns how many."""
        if not self._incoming.is_dir():
            return 0
        limit = time.time() - older_than_hours * 3600
        stale = [path for path in self._incoming.iterdir() if path.stat().st_mtime < limit]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _shelf(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise BadInputError("this is not the SHA-256 of a recording", "Use the id that the listing shows.")
        return self._folder / sha256[:2]


def _write(path: Path, chunks: Iterable[bytes], name: str, max_bytes: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > max_bytes:
                raise TooLargeError(
                    f"{shown_name(name)} is larger than the limit of {max_bytes / 1e6:,.0f} MB",
                    "Raise max_upload_bytes, or export the recording with a lower bit rate.",
                )
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size == 0:
        raise BadInputError(
            f"{shown_name(name)}: the file is empty (0 bytes)",
            "The recording or its upload failed; get the file again.",
        )
    return digest.hexdigest(), size


def shown_name(name: str) -> str:
    """A user's file name made fit for one line of a message: no folders, no control characters, not long."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(char for char in last if char.isprintable()).strip()
    return (printable[:_SHOWN_NAME] + "…" if len(printable) > _SHOWN_NAME else printable) or "the file"


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
