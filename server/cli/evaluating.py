"""What the commands of `huimai eval` share: a home that is thrown away, a bar, and where the figures go."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from server.cli.messages import language, say, told, word

if TYPE_CHECKING:
    from agents.settings import AgentsSettings
    from ingestion.evaluation.recordings import RecordedFolder
    from server.evaluation.report import What
    from server.services import Services

ReportFile = Annotated[
    Path | None,
    typer.Option("--report", help="Write a Markdown report to this file and its plots beside it.", dir_okay=False),
]
RecordedSeries = Annotated[
    list[Path] | None,
    typer.Option(
        "--series",
        help="A series: truth.json, <date>.truth.json, <date>.m4a; may be repeated.",
        exists=True,
        file_okay=False,
        resolve_path=True,
        show_default=False,
    ),
]
ClipFolder = Annotated[
    Path | None,
    typer.Option(
        "--audio",
        help="A folder of recordings, each with a .json of the same name that holds what is said.",
        exists=True,
        file_okay=False,
        resolve_path=True,
        show_default=False,
    ),
]
HeardFile = Annotated[
    Path | None,
    typer.Option(
        "--details", help="Write every recording with what was heard to this file, JSON Lines.", dir_okay=False
    ),
]

_REMOVAL_TRIES = 100
_REMOVAL_PAUSE_SECONDS = 0.1


def recorded_folders(series: Sequence[Path] | None, audio: Path | None) -> list[RecordedFolder]:
    """The recordings with their truth that are named. Raises BadParameter unless it is either series or clips, and
    BadInputError for wrong truth."""
    from ingestion.evaluation.recordings import read_clips, read_recorded_series

    if bool(series) == bool(audio):
        raise typer.BadParameter(say("series_or_audio"), param_hint="'--series' / '--audio'")
    return [read_clips(audio)] if audio else [read_recorded_series(folder) for folder in series or ()]


@contextmanager
def throwaway_folder() -> Generator[Path]:
    """A folder that is gone afterwards, though a job that was stopped may still write into it for a moment."""
    folder = Path(tempfile.mkdtemp(prefix="huimai-eval-"))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for _ in range(_REMOVAL_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_REMOVAL_PAUSE_SECONDS)
    shutil.rmtree(folder)


@contextmanager
def throwaway_services(agents: Mapping[str, Any] | None = None) -> Generator[Services]:
    """An empty data home with the user's models and settings, gone afterwards.

    `agents` replaces settings of the agents. Raises BadInputError when one of them is wrong.
    """
    from server.cli.environment import load_settings
    from server.home import Home
    from server.services import Services

    settings = load_settings()
    with throwaway_folder() as folder:
        own_cards = settings.home / "models.toml"
        if own_cards.is_file():
            shutil.copy(own_cards, folder)
        alone = {"home": folder, "vector_store": "edge", "database_url": None, "jobs_database_url": None}
        changed = {**alone, "agents": _replaced(settings.agents, agents or {})}
        services = Services(settings.model_copy(update=changed), Home(folder))
        services.open()
        try:
            yield services
        finally:
            services.close()


def _replaced(settings: AgentsSettings, values: Mapping[str, Any]) -> AgentsSettings:
    from pydantic import ValidationError

    from ingestion.errors import BadInputError

    try:
        replaced = type(settings).model_validate({**settings.model_dump(), **values})
    except ValidationError as error:
        first = error.errors()[0]
        name = "--" + str(first["loc"][0]).removesuffix("_base_url").replace("_", "-")
        raise BadInputError(say("bad_value", name=name, reason=told(first["msg"])), say("chat_hint")) from None
    if "chat_base_url" in values and not replaced.chat_model:
        raise BadInputError(say("no_chat_model"), say("chat_hint"))
    return replaced


def check_outputs(*files: Path | None) -> None:
    """Whether the files can be written, before hours of work are done for them. Raises BadInputError."""
    from ingestion.errors import BadInputError

    for file in files:
        if file is not None and not (file.parent.is_dir() and os.access(file.parent, os.W_OK)):
            raise BadInputError(say("folder_not_writable", path=file), say("folder_not_writable_hint"))


def deliver(
    what: What,
    figures: dict[str, Any],
    rows: Iterable[dict[str, Any]],
    details: Path | None,
    report_file: Path | None,
    as_json: bool,
) -> None:
    """Show the figures, and write the files that were asked for."""
    from server.cli.render import print_json, size, table, tell

    written: list[Path] = []
    if details:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
        details.write_text("".join(lines), encoding="utf-8")
        written.append(details)
    if report_file:
        from server.evaluation.report import write_report

        written += write_report(report_file, what, figures, language())
    for path in written:
        tell(say("wrote", path=path, size=size(path.stat().st_size)))
    if as_json:
        print_json(figures)
    else:
        from server.evaluation.report import flattened

        flat = flattened({**figures, **figures.get("latency", {})})
        table(("figure", "value"), [(name, value) for name, value in flat.items() if not isinstance(value, dict)])


@contextmanager
def shares() -> Generator[Callable[[str, float], None]]:
    """A bar for what is being done and the share of it that is."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from server.cli.render import err

    console = err()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda what, share: progress.update(task, description=word(what), completed=share)
