"""`huimai correct` and `huimai corrections`: what was heard wrong, put right; and that taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from server.cli.messages import say, word
from server.cli.options import Json, MeetingFirst, checked_day, example

if TYPE_CHECKING:
    import httpx

EXAMPLE = example(
    'huimai correct 3f9c1a2b7d40 --line 5 --text "We ship on April 17."',
    "huimai correct 3f9c1a2b7d40 --line 5 --speaker Mina --reach meeting",
    'huimai correct 3f9c1a2b7d40 --title "Release weekly" --date 2026-03-05',
)
_SHOWN = 8
"""How many numbers of lines are shown of one correction."""

MeetingId = Annotated[str, typer.Argument(help="Id of the meeting.", metavar="ID")]


app = typer.Typer(
    cls=MeetingFirst,
    help="List what was corrected in a meeting, and undo it.",
    epilog=example("huimai corrections 3f9c1a2b7d40", "huimai corrections undo 7d40c0ffee12"),
)


def correct(
    id: MeetingId,
    line: Annotated[int | None, typer.Option(min=0, help="Number of the line.", show_default=False)] = None,
    text: Annotated[str | None, typer.Option(help="What the line says.", show_default=False)] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Who says it; an empty name makes it unknown.", show_default=False)
    ] = None,
    reach: Annotated[
        Literal["line", "following", "meeting", "everywhere"] | None,
        typer.Option(
            help="Which lines of that speaker change: this one, the later ones too, all of the meeting, or of the "
            "project.",
            show_default="line",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the meeting.", show_default=False)] = None,
    date: Annotated[
        str | None, typer.Option(parser=checked_day, metavar="DATE", help="When it took place.", show_default=False)
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", "-p", help="The project it belongs to.", show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who corrects, for the record.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Correct a line, its speaker, or a meeting's title, date and project. Search follows.

    Lines are numbered from 0: `huimai meetings show ID --json` shows the numbers as "i".
    """
    from server.cli.connection import API, connect

    facts = {name: value for name, value in (("title", title), ("date", date), ("project", project)) if value}
    of_line = line is not None and (text is None) != (speaker is None) and not facts
    of_meeting = line is None and text is None and speaker is None and bool(facts)
    if not of_line and not of_meeting:
        raise typer.BadParameter(say("correct_what"), param_hint="'--line' / '--title'")
    if reach is not None and speaker is None:
        raise typer.BadParameter(say("reach_of_speaker"), param_hint="'--reach'")
    who = {"made_by": by} if by else {}
    with connect() as client:
        if of_meeting:
            _report_meeting(client.patch(f"{API}/meetings/{id}", json={**facts, **who}), as_json)
            return
        changed = {"text": text} if text is not None else {"speaker": speaker or None, "reach": reach or "line"}
        made = client.post(f"{API}/meetings/{id}/corrections", json={"line": line, **changed, **who}).json()
    _report(made, as_json)


@app.command("list", epilog=example("huimai corrections list 3f9c1a2b7d40 --json"))
def list_corrections(id: MeetingId, as_json: Json = False) -> None:
    """The corrections of a meeting, newest first. This is what `huimai corrections` with an id alone does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json

    with connect() as client:
        found = client.get(f"{API}/meetings/{id}/corrections").json()
    if as_json:
        print_json({"corrections": found})
        return
    _show(found)


@app.command("undo", epilog=example("huimai corrections undo 7d40c0ffee12"))
def undo(
    correction: Annotated[str, typer.Argument(help="Id of the correction.", metavar="ID")], as_json: Json = False
) -> None:
    """Undo a correction, in every meeting that it changed. Corrections made since stay."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        undone = client.delete(f"{API}/corrections/{correction}").json()
    if as_json:
        print_json({"corrections": undone})
    tell(say("undone", meetings=len(undone)))


def _report(made: list[dict[str, Any]], as_json: bool) -> None:
    from server.cli.render import print_json, tell

    if as_json:
        print_json({"corrections": made})
    else:
        _show(made)
    lines = sum(len(one["lines"]) for one in made)
    tell(say("corrected", lines=lines, meetings=len(made), id=made[0]["id"]))


def _report_meeting(response: httpx.Response, as_json: bool) -> None:
    from server.cli.render import print_json, table, tell

    meeting = response.json()
    if as_json:
        print_json(meeting)
    else:
        table(("id", "date", "project", "title"), [tuple(meeting[f] for f in ("id", "date", "project", "title"))])
    tell(say("corrected_meeting", id=meeting["id"]))


def _show(corrections: list[dict[str, Any]]) -> None:
    """What was changed, newest first: a heading for each correction, what stood there and what does."""
    from server.cli.render import minute, one_line, show, tell

    for one in corrections:
        undone = f"{word('undone')} {minute(one['undone_at'])}" if one["undone_at"] else None
        what = f"{word(one['kind'])} {_numbers(one['lines'])}".strip()
        parts = (one["id"], minute(one["made_at"]), what, one["made_by"], undone)
        show(f"{' · '.join(one_line(part) for part in parts if part)}  [{one['meeting_id']}]", "cyan")
        if one["before"]:
            show(f"  - {one_line(_fields(one['before']))}")
        show(f"  + {one_line(_fields(one['after']))}")
    if not corrections:
        tell(say("none"))


def _numbers(lines: list[int]) -> str:
    more = f" +{len(lines) - _SHOWN}" if len(lines) > _SHOWN else ""
    return ", ".join(map(str, lines[:_SHOWN])) + more


def _fields(values: dict[str, str | None]) -> str:
    """A text or a name alone, the fields of a meeting with what they are called."""
    if "title" in values or "date" in values or "project" in values:
        shown = {field: value for field, value in values.items() if field != "date_source"}
        return "; ".join(f"{word(field)}: {value}" for field, value in shown.items())
    return "; ".join(value or say("nobody") for value in values.values())
