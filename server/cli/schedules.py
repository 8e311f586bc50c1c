"""`huimai report schedule`: comparisons that are made every week."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from server.cli.messages import say
from server.cli.options import Json, example
from server.cli.periods import ProjectNames


class AddOrList(TyperGroup):
    """Options alone add a schedule; nothing at all lists them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `add` before options, and `list` where there is nothing or only --json."""
        if not args or args == ["--json"]:
            args = ["list", *args]
        elif args[0].startswith("-") and args[0] not in ("--help", "-h"):
            args = ["add", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=AddOrList,
    help="Have projects compared every week: the seven days before with the seven before those.",
    epilog=example("huimai report schedule --project Atlas --weekly mon 09:00", "huimai report schedule list"),
)


@app.command(
    "add",
    epilog=example(
        "huimai report schedule add --project Atlas --weekly mon 09:00",
        "huimai report schedule add -p Atlas -p Borealis --weekly fri 17:30 --tz Asia/Shanghai",
    ),
)
def add(
    projects: ProjectNames,
    weekly: Annotated[
        tuple[str, str],
        typer.Option(help="A day of the week and a time: mon 09:00.", metavar="DAY TIME", show_default=False),
    ],
    zone: Annotated[
        str | None,
        typer.Option(
            "--tz",
            help="The time zone, Asia/Shanghai; that of this machine unless given.",
            metavar="ZONE",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Have a report made every week from now on. One that was missed is made when `huimai` runs again."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, tell

    body = {"projects": projects, "weekday": weekly[0], "time": weekly[1], "timezone": zone}
    with connect() as client:
        found = client.post(f"{API}/reports/schedules", json=body).json()
    if as_json:
        print_json(found)
    tell(say("scheduled", **{**_when(found), "projects": one_line(" + ".join(found["projects"]))}))


@app.command("list", epilog=example("huimai report schedule list --json"))
def list_schedules(as_json: Json = False) -> None:
    """What is made every week, and when it is due next. This is what `huimai report schedule` alone does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, table

    with connect() as client:
        found = client.get(f"{API}/reports/schedules").json()
    if as_json:
        print_json({"schedules": found})
        return
    rows = [
        (one["id"], " + ".join(one["projects"]), say("weekly_at", **_when(one)), one["next"], one["error"] or "")
        for one in found
    ]
    table(("id", "project", "every week", "next", "error"), rows)


@app.command("remove", epilog=example("huimai report schedule remove a1b2c3d4e5f6"))
def remove(
    schedule: Annotated[str, typer.Argument(help="Id of the schedule.", metavar="ID", show_default=False)],
    as_json: Json = False,
) -> None:
    """Make it no more. The reports that were made stay."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        client.delete(f"{API}/reports/schedules/{schedule}")
    if as_json:
        print_json({"removed": schedule})
    tell(say("schedule_removed"))


def _when(schedule: dict[str, Any]) -> dict[str, str]:
    """The day, the time and the zone as people read them, and the id."""
    from server.cli.messages import word

    return {
        "id": schedule["id"],
        "day": word(schedule["weekday"]),
        "time": schedule["time"],
        "zone": schedule["timezone"],
        "next": schedule["next"],
    }
