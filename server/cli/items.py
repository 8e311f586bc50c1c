"""`huimai items`: what matters in a project's meetings, and how one thing led to another."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.ledger.threads import Status
from server.cli.messages import say
from server.cli.options import Json, ListByDefault, checked_day, example

if TYPE_CHECKING:
    import httpx

app = typer.Typer(
    cls=ListByDefault,
    help="Decisions, commitments, questions, risks and measures of a project, and how they changed.",
    epilog=example("huimai items --project Atlas --kind commitment", "huimai items show 7d40c0ffee12"),
)


class Kind(StrEnum):
    """The kinds of items that can be asked for."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    QUESTION = "question"
    RISK = "risk"
    METRIC = "metric"
    AIM = "aim"
    OUTCOME = "outcome"
    TOPIC = "topic"
    ROLE = "role"


ProjectName = Annotated[str, typer.Option("--project", "-p", help="Name of a project.", show_default=False)]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until every meeting has been read.")]
At = Annotated[
    str | None,
    typer.Option(
        "--at", parser=checked_day, metavar="DATE", help="As it stood on a day: 2026-03-02.", show_default=False
    ),
]
ItemId = Annotated[str, typer.Argument(help="Id of an item.", metavar="ID", show_default=False)]
Later = Annotated[str, typer.Argument(help="Id of the later item.", metavar="LATER", show_default=False)]
Earlier = Annotated[str, typer.Argument(help="Id of the earlier item.", metavar="EARLIER", show_default=False)]


@app.command("list", epilog=example("huimai items list --project Atlas --status dropped --json"))
def list_items(
    project: ProjectName,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(
            help="What it is; may be repeated. Aims, outcomes, topics and roles are listed only so.", show_default=False
        ),
    ] = None,
    status: Annotated[
        list[Status] | None, typer.Option(help="How it stands; may be repeated.", show_default=False)
    ] = None,
    owner: Annotated[
        str | None, typer.Option(help="Whose it is: a name, or a part of one.", show_default=False)
    ] = None,
    at: At = None,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """What matters, one entry a matter, oldest first. This is what `huimai items` alone does."""
    from server.cli.connection import connect
    from server.cli.reading import not_read, read_meetings
    from server.cli.render import one_line, print_json, show, tell

    given = {"project": project, "kind": kind, "status": status, "owner": owner, "at": at}
    with connect() as client:
        missing = not_read(read_meetings(client, project, wait=wait))
        found, coverage = _all(client, {name: value for name, value in given.items() if value})
    if as_json:
        print_json({"items": found, "coverage": coverage, "not_read": missing})
        return
    for item in found:
        _head(item)
        show(f"   {one_line(_short(item))}")
    if not found:
        tell(say("none"))
    tell(say("coverage", **{**coverage, "failed": len(coverage["failed"])}))


@app.command("show", epilog=example("huimai items show 7d40c0ffee12 --json"))
def show_item(item: ItemId, as_json: Json = False) -> None:
    """One matter: what every meeting said of it, word for word, and why that is taken for one matter."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json

    with connect() as client:
        found = client.get(f"{API}/items/{item}").json()
    if as_json:
        print_json(found)
    else:
        show_matter(found)


@app.command("read", epilog=example("huimai items read 3f9c1a2b7d40", "huimai items read --project Atlas"))
def read_again(
    meetings: Annotated[
        list[str] | None, typer.Argument(help="Ids of meetings.", metavar="ID...", show_default=False)
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", "-p", help="Name of a project.", show_default=False)
    ] = None,
    wait: Wait = True,
    as_json: Json = False,
) -> None:
    """Read meetings again, or all of a project. What was said of links stays. Exits 1 if a reading fails."""
    from server.cli.connection import API, connect
    from server.cli.reading import not_read, read_meetings
    from server.cli.render import print_json, tell

    if bool(meetings) == bool(project):
        raise typer.BadParameter(say("meeting_or_project"), param_hint="'ID' / '--project'")
    with connect() as client:
        body = {"project": project} if project else {"meetings": meetings}
        queued: list[str] = client.post(f"{API}/readings", json=body).json()["meetings"]
        projects = {client.get(f"{API}/meetings/{id}").json()["project"]: None for id in queued}
        found = [one for name in projects for one in read_meetings(client, name, wait=wait, only=queued)]
    if as_json:
        print_json({"readings": found})
    tell(say("read_again", read=len(found) - len(not_read(found)), meetings=len(found)))
    if any(one["state"] == "failed" for one in found):
        raise typer.Exit(1)


@app.command("confirm", epilog=example("huimai items confirm 5eed00112233 7d40c0ffee12"))
def confirm(later: Later, earlier: Earlier, as_json: Json = False) -> None:
    """Say that a link is right: both items tell of one matter."""
    _judge(later, earlier, True, as_json)


@app.command("reject", epilog=example("huimai items reject 5eed00112233 7d40c0ffee12"))
def reject(later: Later, earlier: Earlier, as_json: Json = False) -> None:
    """Say that a link is wrong: the items tell of two matters. `huimai items confirm` takes it back."""
    _judge(later, earlier, False, as_json)


def _judge(later: str, earlier: str, confirmed: bool, as_json: bool) -> None:
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        judged = client.put(f"{API}/links/{later}/{earlier}", json={"confirmed": confirmed}).json()
    if as_json:
        print_json(judged)
    tell(say("link_confirmed" if confirmed else "link_rejected"))


def _all(client: httpx.Client, where: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every matter that matches, page by page, and what they stand on."""
    from server.cli.connection import API

    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        params = {**where, "limit": 500, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{API}/items", params=params).json()
        found.extend(page["items"])
        cursor = page["next"]
        if cursor is None:
            return found, page["coverage"]


def _short(item: dict[str, Any]) -> str:
    if item["name"]:
        return f"{item['name']}: {item['value']} {item['unit'] or ''}".strip()
    return item["text"] if len(item["text"]) <= 80 else f"{item['text'][:79]}…"


def _head(item: dict[str, Any]) -> None:
    from server.cli.ledger_words import kind_word, status_word
    from server.cli.render import one_line, show

    due = say("due", day=item["due"]) if item["due"] else ""
    parts = (kind_word(item["kind"]), item["owner"], due, status_word(item["status"]), item["date"])
    show(f"{' · '.join(one_line(part) for part in parts if part)}  [{item['id']}]", "cyan")


def show_matter(item: dict[str, Any]) -> None:
    """A matter with what every meeting said of it, and what a person set."""
    from server.cli.ledger_words import fields_by_hand
    from server.cli.render import show, tell

    _head(item)
    if item["by_hand"]:
        show(f"  {say('by_hand', fields=fields_by_hand(item['by_hand']))}")
    joins = {link["item_id"]: link for link in item["links"] if link["joins"]}
    for step in item["history"]:
        _show_step(step, joins.get(step["item_id"]))
    apart = [link for link in item["links"] if not link["joins"]]
    if apart:
        show(say("links_apart"), "cyan")
    for link in apart:
        show(f"  {_linked(link)}")
    if item["links"]:
        tell(say("judge_next"))


def _show_step(step: dict[str, Any], link: dict[str, Any] | None) -> None:
    from server.cli.render import clock, one_line, show

    show(f"{step['date']}  {_linked(link)}" if link else step["date"])
    for evidence in step["evidence"]:
        where = " · ".join(one_line(part) for part in (clock(evidence["start"]), evidence["speaker"]) if part)
        show(f"  {where}" if where else "")
        for line in evidence["quote"].splitlines():
            show(f"    {one_line(line)}")


def _linked(link: dict[str, Any]) -> str:
    """What a link does, why, how sure that is, what a person said of it, and the two ids to judge it by."""
    from server.cli.ledger_words import link_word, reason_words

    said = {True: say("is_confirmed"), False: say("is_rejected"), None: ""}[link["confirmed"]]
    why = reason_words(link["reason"], link["values"])
    parts = (link_word(link["type"]), why, f"{link['confidence']:.2f}", said)
    return f"{' · '.join(part for part in parts if part)}  [{link['item_id']} {link['earlier_id']}]"
