"""`huimai report`: a meeting by a template, and reports that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from server.cli import projections, schedules
from server.cli.archive import Force
from server.cli.delivery import Format, Out, deliver, require_place
from server.cli.items import At, Wait
from server.cli.messages import say
from server.cli.options import Json, Project, Yes, checked_seconds, example
from server.cli.periods import Earlier, Later, Month, SideName, Speakers, Week, project_of, require_one_pair

if TYPE_CHECKING:
    import httpx


class ReviewByDefault(TyperGroup):
    """What is no command is the meeting to review."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `review` before the id of a meeting and before its options."""
        named = args and args[0] not in self.commands and args[0] not in ("--help", "-h")
        return super().parse_args(ctx, ["review", *args] if named else args)


app = typer.Typer(
    cls=ReviewByDefault,
    no_args_is_help=True,
    help="Review a meeting by a template, and keep reports: they stay as they were built, and say when they are stale.",
    epilog=example(
        "huimai report 3f9c1a2b7d40 --template weekly_sync",
        "huimai report save comparison --project Atlas --week 2026-W11",
        "huimai report schedule --project Atlas --weekly mon 09:00",
    ),
)
app.command("review", epilog=projections.REVIEW_EXAMPLE)(projections.review)
app.add_typer(schedules.app, name="schedule")

ReportId = Annotated[str, typer.Argument(help="Id of the report.", metavar="ID", show_default=False)]


@app.command(
    "save",
    epilog=example(
        "huimai report save comparison --project Atlas --month 2026-03",
        "huimai report save dossier --project Atlas",
        "huimai report save review --meeting 3f9c1a2b7d40 --template sales_call",
    ),
)
def save(
    kind: Annotated[Literal["comparison", "dossier", "review"], typer.Argument(help="What it is.", show_default=False)],
    projects: Annotated[
        list[str] | None,
        typer.Option("--project", "-p", help="Name of a project; may be repeated.", show_default=False),
    ] = None,
    earlier: Earlier = None,
    later: Later = None,
    week: Week = None,
    month: Month = None,
    speakers: Speakers = None,
    side: SideName = None,
    at: At = None,
    meeting: Annotated[
        str | None, typer.Option(help="Id of the meeting to review.", metavar="ID", show_default=False)
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", "-t", help="Name of a template: `huimai templates` lists them.", show_default=False),
    ] = None,
    start: Annotated[
        float | None,
        typer.Option(parser=checked_seconds, metavar="TIME", help="Where the span begins: 12:30.", show_default=False),
    ] = None,
    end: Annotated[
        float | None,
        typer.Option(parser=checked_seconds, metavar="TIME", help="Where it ends: 13:05.", show_default=False),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call it.", show_default=False)] = None,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """Build a comparison, a dossier or a review, and keep it as it is now."""
    from server.cli.connection import API, connect
    from server.cli.reading import read_meetings
    from server.cli.render import print_json, tell

    require_one_pair(earlier, later, week, month)
    given = {"kind": kind, "projects": projects, "from": earlier, "to": later, "week": week, "month": month}
    given |= {"speakers": speakers, "side": side, "at": at, "meeting": meeting, "template": template}
    given |= {"start": start, "end": end, "name": name}
    with connect() as client:
        for project in projects or ([project_of(client, meeting)] if meeting else []):
            read_meetings(client, project, wait=wait)
        body = {name: value for name, value in given.items() if value not in (None, [])}
        found = client.post(f"{API}/reports", json=body).json()
    if as_json:
        print_json(found)
    tell(say("report_saved", **_told(found)))


@app.command("list", epilog=example("huimai report list --project Atlas --json"))
def list_reports(project: Project = None, as_json: Json = False) -> None:
    """The reports that are kept, the newest first, and which of them are stale."""
    from server.cli.connection import connect
    from server.cli.render import print_json, table

    with connect() as client:
        found = _all(client, project)
    if as_json:
        print_json({"reports": found})
        return
    rows = [(one["id"], _title(one), one["version"], one["built_at"][:10], _standing(one)) for one in found]
    table(("id", "title", "version", "date", "state"), rows)


@app.command(
    "show",
    epilog=example(
        "huimai report show 0f1e2d3c4b5a", "huimai report show 0f1e2d3c4b5a --version 1 --format pdf --out week.pdf"
    ),
)
def show(
    report: ReportId,
    version: Annotated[int | None, typer.Option(min=1, help="The newest unless given.", show_default=False)] = None,
    format: Format = "md",
    out: Out = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """A report as it was built, and whether it still holds."""
    from server.cli.connection import API, connect
    from server.cli.render import tell

    chosen = "json" if as_json else format
    require_place(chosen, out, force=force)
    with connect() as client:
        given = {"format": chosen, **({"version": version} if version else {})}
        told = client.get(f"{API}/reports/{report}").json()
        deliver(client, f"reports/{report}", given, out)
    if told["state"] != "current":
        tell(say("report_stands", **_told(told)))


@app.command("rebuild", epilog=example("huimai report rebuild 0f1e2d3c4b5a"))
def rebuild(report: ReportId, wait: Wait = True, as_json: Json = False) -> None:
    """Build a report anew. What differs becomes a new version; the old ones stay."""
    from server.cli.connection import API, connect
    from server.cli.reading import read_meetings
    from server.cli.render import print_json, tell

    with connect() as client:
        for project in client.get(f"{API}/reports/{report}").json()["projects"]:
            read_meetings(client, project, wait=wait)
        found = client.post(f"{API}/reports/{report}/rebuild").json()
    if as_json:
        print_json(found)
    tell(say("report_rebuilt", **_told(found)))


@app.command("delete", epilog=example("huimai report delete 0f1e2d3c4b5a"))
def delete(report: ReportId, yes: Yes = False, as_json: Json = False) -> None:
    """Delete a report with all its versions."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        title = _title(client.get(f"{API}/reports/{report}").json())
        if not yes:
            typer.confirm(say("confirm_delete_report", title=title), abort=True, err=True)
        client.delete(f"{API}/reports/{report}")
    if as_json:
        print_json({"deleted": report})
    tell(say("report_deleted", title=title))


def _all(client: httpx.Client, project: str | None) -> list[dict[str, Any]]:
    from server.cli.connection import API

    found: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": 100, **({"project": project} if project else {})}
    while True:
        page = client.get(f"{API}/reports", params=params).json()
        found.extend(page["reports"])
        if page["next"] is None:
            return found
        params["cursor"] = page["next"]


def _title(report: dict[str, Any]) -> str:
    from server.cli.messages import word

    return report["title"] or f"{word(report['kind'])} {' + '.join(report['projects'])}".strip()


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """What messages say of a report."""
    from server.cli.render import one_line

    title = one_line(_title(report))
    return {"id": report["id"], "title": title, "version": report["version"], "state": _standing(report)}


def _standing(report: dict[str, Any]) -> str:
    from agents.reports.domain import ReportChange, ReportState
    from agents.reports.wording import standing
    from server.cli.messages import language

    why = [ReportChange(one) for one in report["why"]]
    return standing(ReportState(report["state"]), why, report["problem"], language())
