"""Recognition tasks that a server works on by itself, kept so that a crash does not have them done, and paid, twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, StringConstraints, ValidationError

from ingestion.media.files import temporary

_KEPT_SECONDS = 23 * 3600.0
"""DashScope forgets a task and its result after 24 hours."""

TaskId = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,100}$")]


class Task(BaseModel):
    """A task by the server's id, and when it was submitted (seconds since 1970). `counted` once its cost was told."""

    id: TaskId
    submitted: float
    counted: bool = False


class Tasks:
    """A folder with a small file for each task, by a key that says what is to be done. No text is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Task | None:
        """The task that was submitted for the key, as long as the server knows it."""
        try:
            task = Task.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None
        return task if time.time() - task.submitted < _KEPT_SECONDS else None

    def keep(self, key: str, task: Task) -> None:
        """Write the task down, and drop those that the server has forgotten."""
        with temporary(self._path(key)) as part:
            part.write_text(task.model_dump_json())
        for file in self._folder.glob("*.json"):
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink(missing_ok=True)

    def forget(self, key: str) -> None:
        """Drop a task that came to nothing."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
