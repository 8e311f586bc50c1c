"""The data home: where everything is kept, and who owns it. One process owns a data home at a time."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingestion.errors import ConflictError


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that owns a data home. `url` is where it answers; null for a command that will end soon."""

    pid: int
    url: str | None


class Home:
    """The folder of a data home and the paths in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "huimai.db"
        self.jobs = folder / "jobs.db"
        self.conversations = folder / "conversations.db"
        self.media = folder / "media"
        self.vectors = folder / "vectors"
        self.work = folder / "work"
        self.uploads = folder / "uploads"
        self.templates = folder / "templates"
        self._owner_file = folder / "owner.json"
        self._lock = FileLock(folder / "owner.lock")

    def create(self) -> None:
        """Make the folder, readable by its owner alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def own(self) -> None:
        """Become the owner until `disown` or the process ends. Raises ConflictError when another process is."""
        self.create()
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            raise _taken(self.folder, self.owner()) from None
        self._owner_file.unlink(missing_ok=True)

    def announce(self, url: str | None) -> None:
        """Tell other processes where the owner answers."""
        partial = self._owner_file.with_suffix(".tmp")
        partial.write_text(json.dumps(asdict(Owner(os.getpid(), url))), encoding="utf-8")
        partial.replace(self._owner_file)

    def owner(self) -> Owner | None:
        """The process that said it owns this home, as far as known."""
        try:
            return Owner(**json.loads(self._owner_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def disown(self) -> None:
        """Let another process own the home."""
        if self._lock.is_locked:
            self._owner_file.unlink(missing_ok=True)
            self._lock.release()


def _taken(folder: Path, owner: Owner | None) -> ConflictError:
    who = f"process {owner.pid}" if owner else "another process"
    return ConflictError(
        f"the data home {folder} is in use by {who}",
        "wait until it ends, or keep `huimai serve` running: commands then go through it",
    )
