"""Uploads that arrive part by part, over days if need be. Each has a folder with what has arrived and what was said of
it; how far it has come is the size of the file, so that it is right whenever the server was killed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingestion.errors import ConflictError, NotFoundError, TooLargeError
from ingestion.media.files import temporary
from ingestion.media.store import Received
from ingestion.storage import disk_full_is_said

KEPT_DAYS = 7.0

_ID = re.compile(r"[0-9a-f]{32}")
_DATA, _TAKEN, _SAID = "data", "taken", "upload.json"


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload of `length` bytes, of which `offset` have arrived. `metadata` is what the client said of it in tus's
    way. `meetings` are the ids of the meetings that it has become; null until then. `duplicates` are those among them
    that were there before."""

    id: str
    name: str
    project: str | None
    length: int
    metadata: str
    created_at: datetime
    meetings: tuple[str, ...] | None = None
    duplicates: tuple[str, ...] = ()
    offset: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.length


class PartialUploads:
    """The uploads in one folder. Blocking."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._held: set[str] = set()

    def create(self, name: str, project: str | None, length: int, metadata: str) -> Upload:
        """Begin an upload. Raises StorageFullError."""
        upload = Upload(secrets.token_hex(16), name, project, length, metadata, datetime.now(UTC))
        self._write(upload)
        (self._of(upload.id) / _DATA).touch()
        return upload

    def get(self, upload_id: str) -> Upload:
        """An upload as it is now. Raises NotFoundError."""
        folder = self._of(upload_id)
        try:
            said: dict[str, Any] = json.loads((folder / _SAID).read_bytes())
        except (FileNotFoundError, ValueError):
            raise _unknown(upload_id) from None
        created, meetings = datetime.fromisoformat(said.pop("created_at")), said.pop("meetings")
        duplicates = tuple(said.pop("duplicates", ()))
        upload = Upload(**said, created_at=created, meetings=meetings and tuple(meetings), duplicates=duplicates)
        if meetings is not None:
            return replace(upload, offset=upload.length)
        data = folder / _DATA
        return replace(upload, offset=data.stat().st_size if data.exists() else 0)

    def unfinished(self) -> list[Upload]:
        """The uploads that have become no meetings yet, oldest first."""
        found: list[Upload] = []
        for folder in self._folders():
            with contextlib.suppress(NotFoundError):
                found.append(self.get(folder.name))
        return sorted((one for one in found if one.meetings is None), key=lambda one: one.created_at)

    @contextlib.contextmanager
    def held(self, upload_id: str) -> Generator[Upload]:
        """The upload, which nobody else can change meanwhile. Raises ConflictError with status 423 while somebody
        does, and NotFoundError."""
        with self._lock:
            if upload_id in self._held:
                raise ConflictError(
                    "another request is sending to this upload",
                    "wait, then ask for the offset",
                    status=423,
                )
            self._held.add(upload_id)
        try:
            yield self.get(upload_id)
        finally:
            with self._lock:
                self._held.discard(upload_id)

    def append(self, upload: Upload, chunks: Iterable[bytes]) -> Upload:
        """Add what arrives to a held upload, durable on return. Whatever ends it early, what had come is kept.

        Raises TooLargeError for more than was announced, and StorageFullError.
        """
        size = upload.offset
        with disk_full_is_said(self._folder), (self._of(upload.id) / _DATA).open("ab") as out:
            try:
                for chunk in chunks:
                    size += len(chunk)
                    if size > upload.length:
                        raise TooLargeError(
                            f"more than the {upload.length:,} bytes that were announced", "begin a new upload"
                        )
                    out.write(chunk)
                    out.flush()
            finally:
                os.fsync(out.fileno())
        return replace(upload, offset=size)

    def received(self, upload: Upload) -> Received:
        """A whole upload as a file that can be registered, which consumes it. Where a file may have two names the
        upload itself stays, so that a server that is killed meanwhile can do it again."""
        folder = self._of(upload.id)
        data, taken = folder / _DATA, folder / _TAKEN
        with data.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        taken.unlink(missing_ok=True)
        try:
            taken.hardlink_to(data)
        except OSError:
            data.replace(taken)
        return Received(sha256, upload.length, taken)

    def finish(self, upload: Upload, meetings: Sequence[str], duplicates: Sequence[str] = ()) -> Upload:
        """Say which meetings an upload has become, and which of them were there before. That is kept for a client that
        missed the answer; the bytes go."""
        finished = replace(upload, meetings=tuple(meetings), duplicates=tuple(duplicates))
        self._write(finished)
        (self._of(upload.id) / _DATA).unlink(missing_ok=True)
        return finished

    def remove(self, upload: Upload) -> None:
        """Forget an upload with all that has arrived."""
        shutil.rmtree(self._of(upload.id), ignore_errors=True)

    def sweep(self, older_than_days: float = KEPT_DAYS) -> int:
        """Remove the uploads to which nothing has come for that long; returns how many."""
        limit = time.time() - older_than_days * 86_400
        stale = [folder for folder in self._folders() if _touched(folder) < limit]
        for folder in stale:
            shutil.rmtree(folder, ignore_errors=True)
        return len(stale)

    def _write(self, upload: Upload) -> None:
        said = asdict(upload) | {"created_at": upload.created_at.isoformat()}
        del said["offset"]
        with disk_full_is_said(self._folder), temporary(self._of(upload.id) / _SAID) as part, part.open("wb") as out:
            out.write(json.dumps(said, ensure_ascii=False).encode())
            out.flush()
            os.fsync(out.fileno())

    def _folders(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.is_dir()] if self._folder.is_dir() else []

    def _of(self, upload_id: str) -> Path:
        if not _ID.fullmatch(upload_id):
            raise _unknown(upload_id)
        return self._folder / upload_id


def _touched(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))


def _unknown(upload_id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no upload '{upload_id[:40]}'", f"begin a new one; uploads are kept for {KEPT_DAYS:g} days"
    )
