"""`huimai ingest`: recordings and transcripts go in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from server.cli.messages import say, word
from server.cli.options import Json, Project, SpeakerCount, checked_date, example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx
    from rich.progress import Progress

    from server.cli.files import Left, Selection

EXAMPLE = example(
    "huimai ingest recordings/ --project Atlas", "huimai ingest 2026-03-04.m4a --project Atlas --language en"
)

_BLOCK = 1 << 20


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Recordings, transcripts or folders of them.", metavar="PATH")],
    project: Project = None,
    title: Annotated[str | None, typer.Option(help="Title of the meeting; one file only.", show_default=False)] = None,
    date: Annotated[
        str | None,
        typer.Option(
            parser=checked_date,
            metavar="DATE",
            help="When it took place: 2026-03-02 or 2026-03-02T10:00+08:00. Otherwise the file says.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="Spoken language: auto, zh, en, ...")] = "auto",
    speakers: SpeakerCount = None,
    prefer: Annotated[
        Literal["recording", "transcript"], typer.Option(help="Which to take when a meeting is there in both forms.")
    ] = "recording",
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until the meetings are searchable.")] = True,
    as_json: Json = False,
) -> None:
    """Add recordings and transcripts to a project.

    Folders are walked. A transcript collection (.jsonl) may name its projects itself. Exits 1 if any file failed.
    """
    from server.cli.connection import connect
    from server.cli.files import select

    selection = select(paths, prefer)
    if title is not None and len(selection.chosen) > 1:
        raise typer.BadParameter(say("one_title"), param_hint="'--title'")
    fields = {"project": project, "title": title, "date": date, "language": language, "speakers": speakers}
    batch = _Batch({name: value for name, value in fields.items() if value})
    _report_left(selection)
    batch.failed.extend(_failure(left.path, left.reason, left.hint) for left in selection.unreadable)
    if selection.chosen:
        with connect() as client:
            batch.upload_all(client, selection.chosen)
            if wait:
                batch.wait(client)
    _finish(batch, selection, as_json, wait)


class _Batch:
    """The files of one call: `meetings` that came in, each with the path of its file, and files that `failed`."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.meetings: list[dict[str, Any]] = []
        self.failed: list[dict[str, Any]] = []
        self._fields = fields

    def upload_all(self, client: httpx.Client, paths: list[Path]) -> None:
        """Send every file; one that is refused does not stop the others."""
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        from ingestion.errors import HuimaiError
        from server.cli.render import err

        console = err()
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            for path in paths:
                try:
                    self._upload(client, path, progress)
                except HuimaiError as error:
                    self._fail(path, error)
                except OSError as error:
                    self._fail(path, HuimaiError(say("unreadable", error=error.strerror), say("unreadable_hint")))

    def wait(self, client: httpx.Client) -> None:
        """Follow the jobs of the meetings to their end; those that failed move to `failed`."""
        from ingestion.errors import HuimaiError, NotFoundError
        from server.cli.connection import API
        from server.cli.following import follow

        pending = [m["id"] for m in self.meetings if m["stage"] not in ("ready", "failed")]
        jobs = follow(client, pending) if pending else []
        # a job may have failed without being able to tell its meeting so
        failures = {
            job["meeting_id"]: {name: job[name] for name in ("stage", "error", "hint")}
            for job in jobs
            if job["stage"] == "failed"
        }
        came, self.meetings = self.meetings, []
        for meeting in came:
            try:
                current = client.get(f"{API}/meetings/{meeting['id']}").json()
            except HuimaiError as error:
                if error.status != NotFoundError.status:
                    raise
                current = {"stage": "failed", "error": say("gone"), "hint": ""}
            self._settle(meeting | current | failures.get(meeting["id"], {}))

    def _upload(self, client: httpx.Client, path: Path, progress: Progress) -> None:
        from datetime import UTC, datetime

        from server.cli.connection import API

        stat = path.stat()
        modified = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat()
        task = progress.add_task(f"{say('uploading')} {path.name}", total=stat.st_size)
        answer = client.post(
            f"{API}/uploads",
            params={"name": path.name, "modified": modified, **self._fields},
            headers={"Content-Length": str(stat.st_size), "Content-Type": "application/octet-stream"},
            content=_blocks(path, stat.st_size, lambda count: progress.advance(task, count)),
        )
        progress.remove_task(task)
        self.meetings.extend({**meeting, "path": str(path)} for meeting in answer.json()["meetings"])

    def _settle(self, meeting: dict[str, Any]) -> None:
        if meeting["stage"] != "failed":
            self.meetings.append(meeting)
            return
        failure = _failure(Path(meeting["path"]), meeting["error"] or "", meeting["hint"] or "")
        self.failed.append({**failure, "meeting_id": meeting["id"]})
        _tell_failure(failure)

    def _fail(self, path: Path, error: Any) -> None:
        failure = _failure(path, error.message, error.hint)
        self.failed.append(failure)
        _tell_failure(failure)


def _blocks(path: Path, size: int, advance: Callable[[int], None]) -> Iterator[bytes]:
    """The file's bytes, `size` at most: a recording may still be growing."""
    left = size
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
            advance(len(block))


def _failure(path: Path, error: str, hint: str) -> dict[str, Any]:
    # the server names the file in its line, and so does the report
    said = error.removeprefix(f"{path.name}: ").removeprefix(f"{path.name}：")
    return {"path": str(path), "error": said, "hint": hint}


def _tell_failure(failure: dict[str, Any]) -> None:
    from ingestion.errors import HuimaiError
    from server.cli.render import problem

    problem(HuimaiError(failure["error"], failure["hint"]), about=failure["path"])


def _report_left(selection: Selection) -> None:
    from server.cli.render import tell

    together: dict[tuple[Path, str], list[str]] = {}
    for left in selection.skipped:
        together.setdefault((left.path.parent, left.reason), []).append(left.path.name)
    for (folder, reason), names in together.items():
        tell(say("skipped", path=folder / ", ".join(names), reason=reason))
    for left in selection.unreadable:
        _tell_failure(_failure(left.path, left.reason, left.hint))


def _finish(batch: _Batch, selection: Selection, as_json: bool, waited: bool) -> None:
    from ingestion.errors import BadInputError
    from server.cli.render import print_json, tell

    if as_json:
        skipped = [_skip(left) for left in selection.skipped]
        print_json({"meetings": batch.meetings, "failed": batch.failed, "skipped": skipped})
    elif batch.meetings:
        _show(batch.meetings)
        if not waited:
            tell(say("queued"))
    if batch.failed:
        raise typer.Exit(1)
    if not batch.meetings:
        raise BadInputError(say("nothing_to_ingest"), say("nothing_hint"))


def _skip(left: Left) -> dict[str, str]:
    return {"path": str(left.path), "reason": left.reason}


def _status(meeting: dict[str, Any]) -> str:
    stage = word(meeting["stage"])
    return say("duplicate", stage=stage) if meeting["duplicate"] else stage


def _show(meetings: list[dict[str, Any]]) -> None:
    from server.cli.render import clock, show, table

    table(
        ("id", "title", "project", "date", "date from", "length", "status"),
        [
            (
                m["id"],
                m["title"],
                m["project"],
                m["date"],
                word(m["date_source"]),
                clock(m["duration"]),
                _status(m),
            )
            for m in meetings
        ],
    )
    for meeting in meetings:
        for note in meeting["notes"]:
            show(f"{meeting['id']}: {note}", "yellow")
