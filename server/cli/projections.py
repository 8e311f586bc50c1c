"""`huimai dossier`, `compare` and `report`: what is known of a project, what changed, and a meeting by a template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ingestion.errors import ConflictError
from server.cli.archive import Force
from server.cli.items import At, ProjectName, Wait
from server.cli.messages import say
from server.cli.options import Json, checked_seconds, example

if TYPE_CHECKING:
    import httpx

DOSSIER_EXAMPLE = example(
    "huimai dossier Atlas",
    "huimai dossier Atlas --at 2026-03-31 > atlas.md",
    "huimai dossier Atlas --format pdf --out atlas.pdf",
)
COMPARE_EXAMPLE = example(
    "huimai compare --project Atlas",
    "huimai compare --project Atlas --week 2026-W11",
    "huimai compare --project Atlas --from 2026-02 --to 2026-03",
)
REPORT_EXAMPLE = example(
    "huimai report 3f9c1a2b7d40 --template weekly_sync",
    "huimai report 3f9c1a2b7d40 --template sales_call --from 12:30 --to 20:00",
)

Format = Annotated[
    Literal["md", "json", "html", "docx", "pdf", "ics"],
    typer.Option(help="How it is written; ics: the open commitments with a due date."),
]
Out = Annotated[Path | None, typer.Option(help="A file to write it to.", metavar="FILE", show_default=False)]

_BINARY = frozenset({"docx", "pdf"})


def dossier(
    project: Annotated[str, typer.Argument(help="Name of a project.", show_default=False)],
    format: Format = "md",
    at: At = None,
    out: Out = None,
    force: Force = False,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """What is known of a project: people, decisions, commitments, questions, risks, measures, a timeline.

    Every statement stands with what was said, by whom and when.
    """
    from urllib.parse import quote

    given = {"format": "json" if as_json else format, **({"at": at} if at else {})}
    _write(f"dossiers/{quote(project, safe='')}", lambda _: project, given, out, wait=wait, force=force)


def compare(
    project: ProjectName,
    earlier: Annotated[
        str | None,
        typer.Option(
            "--from", help="A meeting's id, 2026-03-02, 2026-W11, 2026-03, or A..B.", metavar="WHEN", show_default=False
        ),
    ] = None,
    later: Annotated[
        str | None,
        typer.Option("--to", help="What that is compared with.", metavar="WHEN", show_default=False),
    ] = None,
    week: Annotated[
        str | None,
        typer.Option(help="A week, 2026-W11, with the one before.", metavar="WEEK", show_default=False),
    ] = None,
    format: Format = "md",
    out: Out = None,
    force: Force = False,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """What is new, changed, closed, carried on, dropped or in conflict, both sides in the words that were said.

    The last two days of meetings are compared unless others are named.
    """
    if (earlier is None) != (later is None) or (week is not None and earlier is not None):
        raise typer.BadParameter(say("compare_what"), param_hint="'--from' / '--to' / '--week'")
    given = {"project": project, "from": earlier, "to": later, "week": week, "format": "json" if as_json else format}
    where = {name: value for name, value in given.items() if value}
    _write("reports/compare", lambda _: project, where, out, wait=wait, force=force)


def report(
    id: Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")],
    template: Annotated[
        str, typer.Option("--template", "-t", help="Name of a template: `huimai templates` lists them.")
    ] = "weekly_sync",
    start: Annotated[
        float | None,
        typer.Option(
            "--from", parser=checked_seconds, metavar="TIME", help="Where the span begins: 12:30.", show_default=False
        ),
    ] = None,
    end: Annotated[
        float | None,
        typer.Option("--to", parser=checked_seconds, metavar="TIME", help="Where it ends: 13:05.", show_default=False),
    ] = None,
    format: Annotated[Literal["md", "json", "html", "docx", "pdf"], typer.Option(help="How it is written.")] = "md",
    out: Out = None,
    force: Force = False,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """Review a meeting by a template: what was said for each of its sections, word for word.

    With --from or --to, only what is said in that span.
    """
    from urllib.parse import quote

    given = {"template": template, "from": start, "to": end, "format": "json" if as_json else format}
    where = {name: value for name, value in given.items() if value is not None}
    path = f"meetings/{quote(id, safe='')}"
    _write(f"{path}/review-report", lambda client: _project_of(client, path), where, out, wait=wait, force=force)


def _project_of(client: httpx.Client, path: str) -> str:
    from server.cli.connection import API

    return client.get(f"{API}/{path}").json()["project"]


def _write(
    path: str,
    project: Callable[[httpx.Client], str],
    given: dict[str, Any],
    out: Path | None,
    *,
    wait: bool,
    force: bool,
) -> None:
    """The document in a file or on stdout, once the project's meetings are read; what of them is missing on stderr."""
    import sys

    from agents.exports.paper import BASE
    from server.cli.connection import API, connect
    from server.cli.reading import read_meetings

    format = given["format"]
    if out is None and format in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(say("not_for_a_screen", format=format), param_hint="'--out'")
    if out is not None and out.exists() and not force:
        raise ConflictError(say("file_exists", path=out), say("file_exists_hint"))
    with connect() as client:
        read_meetings(client, project(client), wait=wait)
        # a command that serves itself is gone when the links are followed
        base = str(client.base_url) if client.base_url.port else BASE
        answer = client.get(f"{API}/{path}", params={**given, "base": base})
    if out is not None:
        _save(answer.content, out)
    else:
        _show(answer, format)


def _save(content: bytes, target: Path) -> None:
    from ingestion.media.files import temporary
    from ingestion.storage import disk_full_is_said
    from server.cli.render import size, tell

    with disk_full_is_said(target.parent), temporary(target) as part, part.open("xb") as file:
        part.chmod(0o600)
        file.write(content)
    tell(say("wrote", path=target, size=size(len(content))))


def _show(answer: httpx.Response, format: str) -> None:
    import sys

    from server.cli.render import plain, print_json

    if format == "json":
        print_json(answer.json())
    elif format in _BINARY:
        sys.stdout.buffer.write(answer.content)
    else:
        sys.stdout.write(plain(answer.text) if sys.stdout.isatty() else answer.text)
