"""`huimai dossier`, `compare` and `report review`: what is known, what changed, and a meeting by a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from server.cli.archive import Force
from server.cli.delivery import Format, Out, deliver, require_place
from server.cli.items import At, Wait
from server.cli.messages import say
from server.cli.options import Json, checked_seconds, example
from server.cli.periods import (
    Earlier,
    Later,
    Month,
    ProjectNames,
    SideName,
    Speakers,
    Week,
    project_of,
    require_one_pair,
)

if TYPE_CHECKING:
    import httpx

DOSSIER_EXAMPLE = example(
    "huimai dossier Atlas",
    "huimai dossier Atlas --at 2026-03-31 > atlas.md",
    "huimai dossier Atlas --since 2026-03-02",
    "huimai dossier Atlas --format pdf --out atlas.pdf",
)
COMPARE_EXAMPLE = example(
    "huimai compare --project Atlas",
    "huimai compare --project Atlas --week 2026-W11",
    "huimai compare --project Atlas --month 2026-03 --side customer",
    "huimai compare --project Atlas --project Borealis --from 2026-02 --to 2026-03",
)
REVIEW_EXAMPLE = example(
    "huimai report review 3f9c1a2b7d40 --template weekly_sync",
    "huimai report review 3f9c1a2b7d40 --template sales_call --from 12:30 --to 20:00",
)


def dossier(
    project: Annotated[str, typer.Argument(help="Name of a project.", show_default=False)],
    format: Format = "md",
    at: At = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Only what it says otherwise than on a day, or in a version.", metavar="WHEN", show_default=False
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(help="Why it says one thing: the `key` of a claim in --json.", metavar="KEY", show_default=False),
    ] = None,
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
    if since is None and why is None:
        _write(f"dossiers/{quote(project, safe='')}", lambda _: [project], given, out, wait=wait, force=force)
        return
    if given["format"] not in ("md", "json") or (since is not None and why is not None):
        raise typer.BadParameter(say("dossier_part"), param_hint="'--since' / '--why'")
    path, asked = ("dossier-changes", {"since": since}) if since is not None else ("dossier-claims", {"key": why})
    _write(path, lambda _: [project], {"project": project, **given, **asked}, out, wait=wait, force=force)


def compare(
    projects: ProjectNames,
    earlier: Earlier = None,
    later: Later = None,
    week: Week = None,
    month: Month = None,
    speakers: Speakers = None,
    side: SideName = None,
    format: Format = "md",
    out: Out = None,
    force: Force = False,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """What is new, changed, closed, carried on, dropped or in conflict, both sides in the words that were said.

    The last two days of meetings are compared unless others are named.
    """
    require_one_pair(earlier, later, week, month)
    given = {"project": projects, "from": earlier, "to": later, "week": week, "month": month}
    given |= {"speaker": speakers, "side": side, "format": "json" if as_json else format}
    where = {name: value for name, value in given.items() if value}
    _write("reports/compare", lambda _: projects, where, out, wait=wait, force=force)


def review(
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
    _write(f"{path}/review-report", lambda client: [project_of(client, id)], where, out, wait=wait, force=force)


def _write(
    path: str,
    projects: Callable[[httpx.Client], Sequence[str]],
    given: dict[str, Any],
    out: Path | None,
    *,
    wait: bool,
    force: bool,
) -> None:
    """The document in a file or on stdout, once the projects' meetings are read; what of them is missing on stderr."""
    from server.cli.connection import connect
    from server.cli.reading import read_meetings

    require_place(given["format"], out, force=force)
    with connect() as client:
        for project in projects(client):
            read_meetings(client, project, wait=wait)
        deliver(client, path, given, out)
