"""`huimai backup`, `restore`, `export` and `wipe`: the data home as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ingestion.errors import ConflictError
from server.cli.messages import say
from server.cli.options import Json, Project, Yes, example

if TYPE_CHECKING:
    from server.home import Home
    from server.settings import Settings

BACKUP_EXAMPLE = example("huimai backup huimai-2026-03-04.tar.gz")
RESTORE_EXAMPLE = example("huimai restore huimai-2026-03-04.tar.gz")
EXPORT_EXAMPLE = example("huimai export --project Atlas", "huimai export atlas.jsonl --project Atlas --format jsonl")
WIPE_EXAMPLE = example("huimai wipe --yes")

Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def backup(
    path: Annotated[Path, typer.Argument(help="The tar file to write, or a folder for it.", metavar="PATH")],
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write everything in the data home to one file, also while the server runs."""
    from datetime import datetime

    _download("backup", {}, path, f"huimai-{datetime.now():%Y%m%d-%H%M%S}.tar.gz", force, as_json)


def export(
    path: Annotated[
        Path | None, typer.Argument(help="The file to write, or a folder for it.", metavar="PATH", show_default=False)
    ] = None,
    project: Project = None,
    format: Annotated[
        Literal["zip", "jsonl"], typer.Option(help="zip: Markdown and JSON files; jsonl: what `ingest` reads.")
    ] = "zip",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write the transcripts to one file, for use elsewhere."""
    import re

    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", project or "huimai").strip(" .") or "huimai"
    params = {"format": format, **({"project": project} if project else {})}
    _download("export", params, path or Path(), f"{name}.{format}", force, as_json)


def restore(
    path: Annotated[Path, typer.Argument(help="A file that `huimai backup` wrote.", metavar="PATH")],
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Fill the data home from a backup; the backup is checked before anything is replaced."""
    from server.cli.render import print_json, tell
    from server.cli.restoring import restore_home

    home, _ = _owned_home()
    try:
        files = restore_home(home, path, force=force)
    finally:
        home.disown()
    if as_json:
        print_json({"home": str(home.folder), "files": files})
    tell(say("restored", files=files, home=home.folder))


def wipe(yes: Yes = False, as_json: Json = False) -> None:
    """Delete every meeting, recording, vector and conversation. Settings and models stay."""
    from server.cli.render import print_json, size, tell
    from server.cli.restoring import data_of, remove, size_of

    home, settings = _owned_home()
    try:
        _refuse_elsewhere(settings)
        found = data_of(home)
        if not yes:
            total = size(sum(size_of(path) for path in found))
            typer.confirm(say("confirm_wipe", home=home.folder, size=total), abort=True, err=True)
        for path in found:
            remove(path)
    finally:
        home.disown()
    if as_json:
        print_json({"home": str(home.folder), "deleted": [path.name for path in found]})
    tell(say("wiped", home=home.folder))


def _owned_home() -> tuple[Home, Settings]:
    """The data home, owned by this process. Raises ConflictError while another process works on it."""
    from server.cli.environment import load_settings
    from server.home import Home

    settings = load_settings()
    home = Home(settings.home)
    try:
        home.own()
    except ConflictError as error:
        raise ConflictError(error.message, say("home_busy_hint")) from None
    home.announce(None)
    return home, settings


def _refuse_elsewhere(settings: Settings) -> None:
    if settings.database_url or settings.jobs_database_url or settings.vector_store != "edge":
        raise ConflictError(say("data_elsewhere"), say("data_elsewhere_hint"))


def _download(what: str, params: dict[str, Any], path: Path, name: str, force: bool, as_json: bool) -> None:
    from ingestion.media.files import temporary
    from ingestion.storage import disk_full_is_said
    from server.cli.connection import API, connect
    from server.cli.render import print_json, size, tell

    target = path / name if path.is_dir() else path
    if target.exists() and not force:
        raise ConflictError(say("file_exists", path=target), say("file_exists_hint"))
    with (
        connect() as client,
        disk_full_is_said(target.parent),
        client.stream("GET", f"{API}/{what}", params=params) as response,
        temporary(target) as part,
        part.open("xb") as file,
    ):
        part.chmod(0o600)
        for block in response.iter_bytes():
            file.write(block)
    if as_json:
        print_json({"path": str(target), "bytes": target.stat().st_size})
    tell(say("wrote", path=target, size=size(target.stat().st_size)))
