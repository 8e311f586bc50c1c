"""Following durable jobs to their end: a bar for each job at work, one for all of them."""

from __future__ import annotations

import time
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.text import Text

from server.cli.connection import API
from server.cli.messages import say, word
from server.cli.render import Document, clock, err, one_line, tell

if TYPE_CHECKING:
    import httpx

_POLL_SECONDS = 0.5
_ENDS = ("ready", "failed")
_LONGEST_LABEL = 40


def follow(client: httpx.Client, meeting_ids: Collection[str] | None = None) -> list[Document]:
    """Wait until the jobs of these meetings (all, when None) have ended; returns them as they ended.

    A job whose meeting was deleted meanwhile is left out.
    """
    wanted = set(meeting_ids) if meeting_ids is not None else None
    with _board() as board:
        while True:
            jobs = [job for job in list_jobs(client) if wanted is None or job["meeting_id"] in wanted]
            board.update(jobs)
            if all(job["stage"] in _ENDS for job in jobs):
                return jobs
            time.sleep(_POLL_SECONDS)


def list_jobs(client: httpx.Client, *, active: bool = False) -> list[Document]:
    """The jobs as the server lists them."""
    return client.get(f"{API}/jobs", params={"active": active}).json()


@contextmanager
def _board() -> Generator[_Bars | _Lines]:
    console = err()
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[state]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bars(progress)


class _Bars:
    """Live bars on a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def update(self, jobs: Sequence[Document]) -> None:
        for job in jobs:
            if job["stage"] in _ENDS:
                self._remove(job["id"])
            elif job["stage"] != "queued" or len(jobs) == 1:
                self._show(job)
        self._show_total(jobs)

    def _show(self, job: Document) -> None:
        self._set(job["id"], label(job), job["progress"], 1.0, _state(job))

    def _show_total(self, jobs: Sequence[Document]) -> None:
        if len(jobs) > 1:
            ended = sum(job["stage"] in _ENDS for job in jobs)
            self._set("", "Σ", ended, len(jobs), f"{ended}/{len(jobs)}")

    def _set(self, key: str, description: str, done: float, total: float, state: str) -> None:
        if key not in self._tasks:
            self._tasks[key] = self._progress.add_task(description, total=total, state=state)
        self._progress.update(self._tasks[key], completed=done, total=total, state=state)

    def _remove(self, key: str) -> None:
        task = self._tasks.pop(key, None)
        if task is not None:
            self._progress.remove_task(task)


class _Lines:
    """A line at each change of stage, where nobody watches live."""

    def __init__(self) -> None:
        self._stages: dict[str, str] = {}

    def update(self, jobs: Sequence[Document]) -> None:
        for job in jobs:
            if self._stages.get(job["id"]) != job["stage"]:
                self._stages[job["id"]] = job["stage"]
                tell(f"{label(job)}: {word(job['stage'])}")


def label(job: Document) -> str:
    """What a job works on, short: meetings of one series often share a title."""
    text = Text(one_line(job["title"] or job["id"]))
    text.truncate(_LONGEST_LABEL, overflow="ellipsis")
    return f"{text.plain} · {job['date']}"


def _state(job: Document) -> str:
    parts = [word(job["stage"]), f"{job['progress']:.0%}"]
    if job.get("eta_seconds") is not None:
        parts.append(say("left", time=clock(job["eta_seconds"])))
    return " · ".join(parts)
