"""`huimai glossary changes`, `apply`, `keep`, `suggestions`: what the glossary does to stored lines, and may learn."""

from __future__ import annotations

import shlex
from typing import Annotated, Any

import typer

from server.cli.messages import say, word
from server.cli.options import Json, Project

_SHOWN = 8
"""How many lines are named of one suggestion."""


def changes(
    project: Project = None,
    limit: Annotated[int, typer.Option(min=1, help="About how many changes are shown.")] = 200,
    as_json: Json = False,
) -> None:
    """What the glossary has changed in stored lines (made), and what it would change (pending) or take back (outdated)
    now that it has become another."""
    from server.cli.connection import API, connect
    from server.cli.render import clock, print_json, table, tell

    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    with connect() as client:
        while cursor is not None and len(found) < limit:
            params = {"limit": min(limit - len(found), 1000), **_given(project=project, cursor=cursor)}
            page = client.get(f"{API}/glossary/changes", params=params).json()
            found += page["changes"]
            cursor = page["next"]
    if as_json:
        print_json({"changes": found, "more": cursor is not None})
        return
    columns = ("meeting", "line", "at", "before", "after", "reason", "state")
    rows = [
        (c["meeting_id"], c["line"], clock(c["start"]), c["before"], c["after"], word(c["reason"]), word(c["state"]))
        for c in found
    ]
    table(columns, rows)
    if cursor is not None:
        tell(say("more_changes", count=len(found)))
    if any(change["state"] != "made" for change in found):
        tell(say("apply_next"))


def apply(project: Project = None, as_json: Json = False) -> None:
    """Derive anew the stored meetings in which the glossary would change or take back something. What people corrected
    stays."""
    from server.cli.connection import API, connect
    from server.cli.following import follow
    from server.cli.render import print_json, tell

    with connect() as client:
        changed = client.post(f"{API}/glossary/changes", params=_given(project=project)).json()
        if changed["meetings"]:
            follow(client, changed["meetings"])
    if as_json:
        print_json(changed)
    tell(say("applied", count=len(changed["meetings"])))


def keep(
    id: Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")],
    line: Annotated[int, typer.Argument(min=0, help="Number of the line.", show_default=False)],
    by: Annotated[str | None, typer.Option(help="Who corrects, for the record.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Give a line its own words again, as they are without the glossary; `huimai corrections undo` takes it back."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, show, tell

    body = {"meeting_id": id, "line": line, **_given(made_by=by)}
    with connect() as client:
        made = client.post(f"{API}/glossary/keep", json=body).json()
    if as_json:
        print_json(made)
    else:
        show(f"  + {one_line(made['after']['text'])}")
    tell(say("corrected", lines=1, meetings=1, id=made["id"]))


def suggestions(project: Project = None, as_json: Json = False) -> None:
    """Terms that people wrote in corrections where something like them was heard, with the command that adds each."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, show, tell

    with connect() as client:
        found = client.get(f"{API}/glossary/suggestions", params=_given(project=project)).json()
    if as_json:
        print_json({"suggestions": found})
        return
    for one in found:
        lines = ", ".join(f"{place['meeting_id']}/{place['line']}" for place in one["lines"][:_SHOWN])
        show(say("suggestion", canonical=one_line(one["canonical"]), alias=one_line(one["alias"]), times=one["times"]))
        show(f"  {lines}", "dim")
        show(f"  {_command(one, project)}", "cyan")
    if not found:
        tell(say("none"))


def _command(suggestion: dict[str, Any], project: str | None) -> str:
    """The command that adds a suggestion and keeps what the glossary has of the term."""
    parts = ["huimai", "glossary", "add", suggestion["canonical"]]
    for alias in (*suggestion["known_aliases"], suggestion["alias"]):
        parts += ["--alias", alias]
    parts += ["--kind", suggestion["kind"]] if suggestion["kind"] else []
    parts += ["--project", project] if project else []
    return shlex.join(parts)


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
