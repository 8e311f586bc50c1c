"""`huimai rehear` and `huimai rehearings`: a span of a recording heard again, and that taken back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from server.cli.messages import say, word
from server.cli.options import Json, MeetingFirst, checked_seconds, example

EXAMPLE = example(
    "huimai rehear 3f9c1a2b7d40 --from 12:30 --to 13:05",
    "huimai rehear 3f9c1a2b7d40 --from 12:30 --to 13:05 --language en --model whisper-large-v3-turbo",
)

MeetingId = Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")]

app = typer.Typer(
    cls=MeetingFirst,
    help="List what was heard again in a meeting, and undo it.",
    epilog=example("huimai rehearings 3f9c1a2b7d40", "huimai rehearings undo b41c0ffee812"),
)


def rehear(
    id: MeetingId,
    start: Annotated[
        float, typer.Option("--from", parser=checked_seconds, metavar="TIME", help="Where the span begins: 12:30.")
    ],
    end: Annotated[float, typer.Option("--to", parser=checked_seconds, metavar="TIME", help="Where it ends: 13:05.")],
    language: Annotated[
        str | None,
        typer.Option(
            help="What is spoken there: zh, en, ... or auto; unless given, the meeting's language if it has only one.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Another recogniser that is on this machine.", show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who asks, for the record.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Hear a span of a recording again. Lines, search and answers follow; corrections and names stay.

    Shows what was heard before and now. At most ten minutes at once.
    """
    from server.cli.connection import API, connect

    wanted = {"start": start, "end": end, "language": language, "model": model, "made_by": by}
    body = {name: value for name, value in wanted.items() if value is not None}
    with connect() as client:
        asked = client.post(f"{API}/meetings/{id}/rehearings", json=body).json()
        _follow(client, asked["meeting_id"])
        heard = client.get(f"{API}/rehearings/{asked['id']}").json()
    _report(heard, as_json)


@app.command("list", epilog=example("huimai rehearings list 3f9c1a2b7d40 --json"))
def list_rehearings(id: MeetingId, as_json: Json = False) -> None:
    """What was heard again in a meeting, newest first. This is what `huimai rehearings` with an id alone does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        found = client.get(f"{API}/meetings/{id}/rehearings").json()
    if as_json:
        print_json({"rehearings": found})
        return
    for one in found:
        _show(one)
    if not found:
        tell(say("none"))


@app.command("undo", epilog=example("huimai rehearings undo b41c0ffee812"))
def undo(
    rehearing: Annotated[str, typer.Argument(help="Id of the rehearing.", metavar="ID")], as_json: Json = False
) -> None:
    """Give back what was heard before. Spans that were heard again since stay."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        undone = client.delete(f"{API}/rehearings/{rehearing}").json()
        _follow(client, undone["meeting_id"])
    if as_json:
        print_json(undone)
    tell(say("rehearing_undone"))


def _follow(client: Any, meeting_id: str) -> None:
    """Wait for the meeting's job. Raises HuimaiError when it failed."""
    from ingestion.errors import HuimaiError
    from server.cli.following import follow

    for job in follow(client, [meeting_id]):
        if job["stage"] == "failed":
            raise HuimaiError(job["error"], job["hint"] or "")


def _report(heard: dict[str, Any], as_json: bool) -> None:
    from ingestion.errors import HuimaiError
    from server.cli.render import print_json, tell

    if as_json:
        print_json(heard)
    else:
        _show(heard)
    if heard["error"]:
        raise HuimaiError(heard["error"], say("rehearing_failed"))
    tell(say("reheard", id=heard["id"]))


def _show(one: dict[str, Any]) -> None:
    """What stood there and what was heard, under a heading."""
    from server.cli.render import clock, one_line, show

    state = word("undone") if one["undone_at"] else None if one["done_at"] else word("queued")
    span = f"{clock(one['start'])}-{clock(one['end'])}"
    parts = (one["id"], one["created_at"][:16].replace("T", " "), span, one["model"], one["made_by"], state)
    show(" · ".join(one_line(part) for part in parts if part), "cyan")
    show(f"  - {one_line(one['before']) or say('nothing_said')}")
    if one["error"]:
        show(f"  ! {one_line(one['error'])}")
    elif one["after"] is not None:
        show(f"  + {one_line(one['after']) or say('nothing_said')}")
