"""`huimai meetings`: what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from server.cli.messages import say, word
from server.cli.options import Json, ListByDefault, Project, Since, Speaker, Until, Yes, example, filters

if TYPE_CHECKING:
    import httpx

MeetingId = Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")]

app = typer.Typer(
    cls=ListByDefault,
    help="List, show and delete meetings.",
    epilog=example("huimai meetings --project Atlas", "huimai meetings show 3f9c1a2b7d40 --format md"),
)


@app.command("list", epilog=example("huimai meetings list --project Atlas --since 2026-03-01"))
def list_meetings(
    project: Project = None, speaker: Speaker = None, since: Since = None, until: Until = None, as_json: Json = False
) -> None:
    """The meetings by date. This is what `huimai meetings` alone does."""
    from server.cli.connection import connect
    from server.cli.render import clock, print_json, table

    with connect() as client:
        found = all_meetings(client, filters(project, None, speaker, since, until))
    if as_json:
        print_json({"meetings": found})
        return
    columns = ("id", "date", "project", "title", "length", "status")
    table(
        columns, [(m["id"], m["date"], m["project"], m["title"], clock(m["duration"]), word(m["stage"])) for m in found]
    )


@app.command("show", epilog=example("huimai meetings show 3f9c1a2b7d40 --format srt > weekly.srt"))
def show_meeting(
    id: MeetingId,
    format: Annotated[
        Literal["json", "md", "vtt", "srt", "txt"], typer.Option(help="How the transcript is written.")
    ] = "txt",
    as_json: Json = False,
) -> None:
    """The transcript of a meeting, on stdout."""
    import sys

    from server.cli.connection import API, connect
    from server.cli.render import plain

    with connect() as client:
        wanted = "json" if as_json else format
        text = client.get(f"{API}/meetings/{id}/transcript", params={"format": wanted}).text
    text = plain(text) if sys.stdout.isatty() else text
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


@app.command("delete", epilog=example("huimai meetings delete 3f9c1a2b7d40"))
def delete_meeting(id: MeetingId, yes: Yes = False, as_json: Json = False) -> None:
    """Delete a meeting with its transcript, vectors and recording."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, tell

    with connect() as client:
        meeting = client.get(f"{API}/meetings/{id}").json()
        what = one_line(f"{meeting['title']} ({meeting['date']}, {id})")
        if not yes:
            typer.confirm(say("confirm_delete", what=what), abort=True, err=True)
        client.delete(f"{API}/meetings/{id}")
    if as_json:
        print_json({"deleted": id})
    tell(say("deleted", what=what))


def all_meetings(client: httpx.Client, where: dict[str, Any]) -> list[dict[str, Any]]:
    """Every meeting that matches, page by page."""
    from server.cli.connection import API

    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        params = {**where, "limit": 500, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{API}/meetings", params=params).json()
        found.extend(page["meetings"])
        cursor = page["next"]
        if cursor is None:
            return found
