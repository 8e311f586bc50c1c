"""`huimai items edit`, `add`, `remove`, `merge`, `split`, `history` and `undo`: what a person says of items."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from agents.ledger.domain import LinkType
from server.cli.items import ItemId, Kind
from server.cli.messages import say
from server.cli.options import Json, checked_day, example


class Told(StrEnum):
    """How a person may say that a matter stands."""

    IN_PROGRESS = "in_progress"
    DONE = "done"
    ANSWERED = "answered"
    GROWING = "growing"
    RESOLVED = "resolved"


def checked_lines(value: str) -> list[int]:
    """Numbers of lines, with commas between. Raises BadParameter."""
    numbers = value.replace("，", ",").split(",")
    if not all(number.strip().isdecimal() for number in numbers):
        raise typer.BadParameter(say("not_lines", value=value))
    return [int(number) for number in numbers]


Text = Annotated[str | None, typer.Option(help="What it says, in your words.", show_default=False)]
Owner = Annotated[str | None, typer.Option(help="Whose it is.", show_default=False)]
Due = Annotated[
    str | None, typer.Option(parser=checked_day, metavar="DATE", help="By when it is promised.", show_default=False)
]
Name = Annotated[str | None, typer.Option(help="What a measure is called.", show_default=False)]
Value = Annotated[str | None, typer.Option(help="The number of a measure.", show_default=False)]
Unit = Annotated[str | None, typer.Option(help="The unit of a measure.", show_default=False)]
KindOf = Annotated[Kind | None, typer.Option(help="What the item is.", show_default=False)]


def edit(
    item: ItemId,
    owner: Owner = None,
    no_owner: Annotated[bool, typer.Option("--no-owner", help="Nobody is known to own it.")] = False,
    due: Due = None,
    no_due: Annotated[bool, typer.Option("--no-due", help="No day was said.")] = False,
    text: Text = None,
    kind: KindOf = None,
    name: Name = None,
    value: Value = None,
    unit: Unit = None,
    status: Annotated[Told | None, typer.Option(help="How its matter stands.", show_default=False)] = None,
    on: Annotated[
        str | None,
        typer.Option(parser=checked_day, metavar="DATE", help="Since when it stands so.", show_default="today"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Set fields of an item by hand. They stay however often the meetings are read; quotes stay as they are.

    The id of a matter changes what is told of it now, that of a later step what that says.
    """
    given = _given(owner=owner, due=due, text=text, kind=kind, name=name, value=value, unit=unit, status=status, on=on)
    cleared = {field: None for field, wanted in (("owner", no_owner), ("due", no_due)) if wanted}
    if not given and not cleared:
        raise typer.BadParameter(say("edit_what"), param_hint="'--owner' / '--due' / '--text'")
    if cleared.keys() & given.keys():
        raise typer.BadParameter(say("set_or_not"), param_hint="'--no-owner' / '--no-due'")
    _report("PATCH", f"items/{item}", {**given, **cleared}, as_json, "edited")


def add(
    meeting: Annotated[str, typer.Argument(help="Id of the meeting.", metavar="MEETING", show_default=False)],
    kind: Annotated[Kind, typer.Option(help="What the item is.", show_default=False)],
    lines: Annotated[
        str, typer.Option(parser=checked_lines, metavar="N,N", help="Numbers of its lines.", show_default=False)
    ],
    text: Text = None,
    owner: Owner = None,
    due: Due = None,
    name: Name = None,
    value: Value = None,
    unit: Unit = None,
    as_json: Json = False,
) -> None:
    """Say that lines of a meeting tell of something that reading did not find. The quote is what they say.

    Lines are numbered from 0: `huimai meetings show ID --json` shows the numbers as "i".
    """
    given = _given(text=text, owner=owner, due=due, name=name, value=value, unit=unit)
    body = {"meeting_id": meeting, "kind": kind.value, "lines": lines, **given}
    _report("POST", "items", body, as_json, "item_added")


def remove(item: ItemId, as_json: Json = False) -> None:
    """Say that an item is none: it is not found again. The id of a matter removes all that was said of it."""
    from server.cli.render import print_json, tell

    removed = _send("DELETE", f"items/{item}")
    if as_json:
        print_json({"edits": removed})
    tell(say("item_removed", id=removed[0]["id"]))


def merge(
    one: ItemId,
    other: Annotated[str, typer.Argument(help="Id of another item.", metavar="OTHER", show_default=False)],
    does: Annotated[
        LinkType | None,
        typer.Option("--as", help="What the later one does to the earlier one.", show_default="by what differs"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say that two matters are one, of one meeting or of two."""
    _report("POST", f"items/{one}/merge", {"with": other, **_given(type=does)}, as_json, "items_merged")


def split(
    item: ItemId,
    lines: Annotated[
        list[str] | None, typer.Option(metavar="N,N", help="Lines of a part; once for each.", show_default=False)
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option(help="What a part says, in the order of --lines; else what its lines say.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Take a step out of its matter; or, with --lines for each part, split an item that says several things."""
    texts = text or []
    if len(texts) > len(lines or []):
        raise typer.BadParameter(say("text_of_part"), param_hint="'--text'")
    parts = [
        {"lines": checked_lines(given), "text": texts[number] if number < len(texts) else None}
        for number, given in enumerate(lines or [])
    ]
    _report("POST", f"items/{item}/split", {"parts": parts}, as_json, "item_split")


def history(
    item: Annotated[str | None, typer.Argument(help="Id of an item.", metavar="ID", show_default=False)] = None,
    project: Annotated[
        str | None, typer.Option("--project", "-p", help="Name of a project.", show_default=False)
    ] = None,
    lost: Annotated[
        bool, typer.Option("--lost", help="Only what could not be kept up: its lines are gone or read otherwise.")
    ] = False,
    as_json: Json = False,
) -> None:
    """What people said of an item, or of all of a project, the newest first."""
    from server.cli.render import print_json

    if bool(item) == bool(project):
        raise typer.BadParameter(say("item_or_project"), param_hint="'ID' / '--project'")
    params = {"project": project, "lost": lost} if project else None
    found = _send("GET", f"items/{item}/history" if item else "edits", params=params)
    found = [one for one in found if not lost or (not one["applied"] and not one["undone_at"])]
    if as_json:
        print_json({"edits": found})
    else:
        _show(found)


def undo(
    id: Annotated[str, typer.Argument(help="Id of the edit.", metavar="EDIT", show_default=False)],
    as_json: Json = False,
) -> None:
    """Take an edit back. Edits made since stay, and so does the record of this one."""
    from server.cli.render import print_json, tell

    undone = _send("DELETE", f"edits/{id}")
    if as_json:
        print_json({"edits": undone})
    tell(say("edit_undone", item=undone[0]["item_id"]))


def add_to(app: typer.Typer) -> None:
    """Add the commands to those of `huimai items`."""
    commands = {
        edit: (
            "huimai items edit 7d40c0ffee12 --owner Mina --due 2026-03-31",
            "huimai items edit 7d40c0ffee12 --status done",
        ),
        add: ("huimai items add 3f9c1a2b7d40 --kind commitment --lines 12,13 --owner Mina",),
        remove: ("huimai items remove 7d40c0ffee12",),
        merge: ("huimai items merge 7d40c0ffee12 5eed00112233",),
        split: ("huimai items split 5eed00112233", "huimai items split 7d40c0ffee12 --lines 12 --lines 13"),
        history: ("huimai items history 7d40c0ffee12", "huimai items history --project Atlas --lost"),
        undo: ("huimai items undo 9a1b2c3d4e5f",),
    }
    for command, examples in commands.items():
        app.command(epilog=example(*examples))(command)


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _send(method: str, path: str, body: dict[str, Any] | None = None, params: dict[str, Any] | None = None) -> Any:
    from server.cli.connection import API, connect

    with connect() as client:
        return client.request(method, f"{API}/{path}", json=body, params=params).json()


def _report(method: str, path: str, body: dict[str, Any], as_json: bool, message: str) -> None:
    """Send an edit, and show how its matter stands."""
    from server.cli.items import show_matter
    from server.cli.render import print_json, tell

    found = _send(method, path, body)
    if as_json:
        print_json(found)
    else:
        show_matter(found)
    tell(say(message, id=found["id"]))


def _show(edits: list[dict[str, Any]]) -> None:
    from server.cli.ledger_words import field_words, operation_word
    from server.cli.render import minute, one_line, show, tell

    for one in edits:
        undone = say("was_undone", at=minute(one["undone_at"])) if one["undone_at"] else ""
        lost = "" if one["applied"] or one["undone_at"] else say("not_applied")
        items = one["item_id"] + (f" {one['other_id']}" if one["other_id"] else "")
        parts = (one["id"], minute(one["made_at"]), operation_word(one["operation"]), undone, lost)
        show(f"{' · '.join(one_line(part) for part in parts if part)}  [{items}]", "cyan")
        for sign, fields in (("-", one["before"]), ("+", one["after"])):
            if fields:
                show(f"  {sign} {one_line(field_words(fields))}")
    if not edits:
        tell(say("none"))
