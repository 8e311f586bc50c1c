"""A document of the server in a file or on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ingestion.errors import ConflictError
from server.cli.messages import say

if TYPE_CHECKING:
    import httpx

Format = Annotated[
    Literal["md", "json", "html", "docx", "pdf", "ics"],
    typer.Option(help="How it is written; ics: the open commitments with a due date."),
]
Out = Annotated[Path | None, typer.Option(help="A file to write it to.", metavar="FILE", show_default=False)]

_BINARY = frozenset({"docx", "pdf"})


def require_place(format: str, out: Path | None, *, force: bool) -> None:
    """Raises BadParameter for what no screen can show, and ConflictError for a file that is there, unless `force`."""
    if out is None and format in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(say("not_for_a_screen", format=format), param_hint="'--out'")
    if out is not None and out.exists() and not force:
        raise ConflictError(say("file_exists", path=out), say("file_exists_hint"))


def deliver(client: httpx.Client, path: str, given: dict[str, Any], out: Path | None) -> None:
    """The document of a path of the API, in the format that is `given`."""
    from agents.exports.paper import BASE
    from server.cli.connection import API

    # a command that serves itself is gone when the links are followed
    base = str(client.base_url) if client.base_url.port else BASE
    answer = client.get(f"{API}/{path}", params={**given, "base": base})
    if out is not None:
        _save(answer.content, out)
    else:
        _show(answer, given["format"])


def _save(content: bytes, target: Path) -> None:
    from ingestion.media.files import temporary
    from ingestion.storage import disk_full_is_said
    from server.cli.render import size, tell

    with disk_full_is_said(target.parent), temporary(target) as part, part.open("xb") as file:
        part.chmod(0o600)
        file.write(content)
    tell(say("wrote", path=target, size=size(len(content))))


def _show(answer: httpx.Response, format: str) -> None:
    from server.cli.render import plain, print_json

    if format == "json":
        print_json(answer.json())
    elif format in _BINARY:
        sys.stdout.buffer.write(answer.content)
    else:
        sys.stdout.write(plain(answer.text) if sys.stdout.isatty() else answer.text)
