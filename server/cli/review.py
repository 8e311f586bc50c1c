"""`huimai review`: what of a meeting deserves a listen, and that it was right."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from server.cli.messages import say, word
from server.cli.options import Json, MeetingFirst, Project, example

app = typer.Typer(
    cls=MeetingFirst,
    help="List the numbers, names and speakers of a meeting that deserve a listen, and confirm them.",
    epilog=example("huimai review 3f9c1a2b7d40", "huimai review right 3f9c1a2b7d40 18 42"),
)


@app.command("list", epilog=example("huimai review list 3f9c1a2b7d40 --json", "huimai review --project Atlas"))
def list_flags(
    id: Annotated[str | None, typer.Argument(help="Id of the meeting.", metavar="ID", show_default=False)] = None,
    project: Project = None,
    as_json: Json = False,
) -> None:
    """What of a meeting deserves a listen, line by line; of every meeting of a project with --project. This is what
    `huimai review` with an id alone does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    if (id is None) == (project is None):
        raise typer.BadParameter(say("meeting_or_project"), param_hint="'ID' / '--project'")
    with connect() as client:
        meetings = [client.get(f"{API}/meetings/{id}").json()] if id else list(_ready(client, project))
        found = [(meeting, client.get(f"{API}/meetings/{meeting['id']}/review").json()) for meeting in meetings]
    if as_json:
        print_json({"flags": [{"meeting_id": meeting["id"], **flag} for meeting, flags in found for flag in flags]})
        return
    for meeting, flags in found:
        _show(meeting, flags)
    if any(flags for _, flags in found):
        tell(say("review_next"))
    else:
        tell(say("nothing_to_review"))


@app.command("right", epilog=example("huimai review right 3f9c1a2b7d40 18 42"))
def right(
    id: Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")],
    lines: Annotated[list[int], typer.Argument(help="Numbers of the lines.", show_default=False)],
    by: Annotated[str | None, typer.Option(help="Who listened, for the record.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Say that lines were listened to and are right. They stay as they are; `huimai corrections undo` takes it back."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    body = {"lines": lines, **({"made_by": by} if by else {})}
    with connect() as client:
        made = client.post(f"{API}/meetings/{id}/review", json=body).json()
    if as_json:
        print_json({"corrections": made})
    tell(say("found_right", lines=len(made), id=id))


def _ready(client: Any, project: str | None) -> Any:
    """The meetings of a project that are ready, page by page."""
    from server.cli.connection import API

    cursor: str | None = ""
    while cursor is not None:
        params = {"project": project, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{API}/meetings", params=params).json()
        yield from (meeting for meeting in page["meetings"] if meeting["stage"] == "ready")
        cursor = page["next"]


def _show(meeting: dict[str, Any], flags: list[dict[str, Any]]) -> None:
    from server.cli.render import clock, one_line, show, table

    if not flags:
        return
    show(f"{meeting['date']} · {one_line(meeting['title'])}  [{meeting['id']}]", "cyan")
    rows = [(f["line"], clock(f["start"]), word(f["kind"]), f["text"], _why(f)) for f in flags]
    table(("line", "at", "kind", "says", "why"), rows)


def _why(flag: dict[str, Any]) -> str:
    probability = f"{flag['probability'] or 0:.2f}"
    match flag["why"]:
        case "unclear":
            return say("why_unclear", probability=probability)
        case "sounds-like":
            return say("why_sounds_like", other=flag["other"])
        case "near-name":
            return say("why_near_name", other=flag["other"], probability=probability)
        case _:
            return say("why_overlap")
