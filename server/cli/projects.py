"""`huimai projects`: bodies of meetings that share people and terms."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import typer

from server.cli.messages import say, word
from server.cli.options import Json, ListByDefault, Yes, example

Name = Annotated[str, typer.Argument(help="Name of the project.", metavar="NAME")]

app = typer.Typer(
    cls=ListByDefault,
    help="List, make, edit and delete projects.",
    epilog=example("huimai projects", 'huimai projects create "Atlas mobile"'),
)


@app.command("list", epilog=example("huimai projects list --json"))
def list_projects(as_json: Json = False) -> None:
    """The projects by name. This is what `huimai projects` alone does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, table

    with connect() as client:
        found = client.get(f"{API}/projects").json()
    if as_json:
        print_json({"projects": found})
        return
    columns = ("name", "meetings", "private", "created")
    rows = [(p["name"], p["meetings"], word("yes") if p["private"] else "", p["created_at"][:10]) for p in found]
    table(columns, rows)


@app.command("create", epilog=example('huimai projects create "Atlas mobile"'))
def create_project(
    name: Name,
    private: Annotated[
        bool, typer.Option("--private", help="No server outside your control is told anything of it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a project. `huimai ingest` makes it too, when it is new."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        project = client.post(f"{API}/projects", json={"name": name, "private": private}).json()
    if as_json:
        print_json(project)
    tell(say("created", what=project["name"]))


@app.command("edit", epilog=example('huimai projects edit "Atlas mobile" --private'))
def edit_project(
    name: Name,
    private: Annotated[
        bool,
        typer.Option("--private/--not-private", help="Whether servers outside your control are told nothing of it."),
    ],
    as_json: Json = False,
) -> None:
    """Make a project private, or let it be so no longer. What has been sent before is not called back."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        project = client.patch(f"{API}/projects/{quote(name, safe='')}", json={"private": private}).json()
    if as_json:
        print_json(project)
    tell(say("made_private" if private else "made_not_private", what=project["name"]))


@app.command("delete", epilog=example('huimai projects delete "Atlas mobile"'))
def delete_project(name: Name, yes: Yes = False, as_json: Json = False) -> None:
    """Delete a project and its glossary. Its meetings have to be deleted first."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, tell

    if not yes:
        typer.confirm(say("confirm_delete", what=one_line(name)), abort=True, err=True)
    with connect() as client:
        client.delete(f"{API}/projects/{quote(name, safe='')}")
    if as_json:
        print_json({"deleted": name})
    tell(say("deleted", what=name))
