"""`huimai jobs` and `huimai reindex`: durable work."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from server.cli.messages import say, word
from server.cli.options import Json, ListByDefault, example

JobId = Annotated[str, typer.Argument(help="Id of the job, or of its meeting.", metavar="ID")]

REINDEX_EXAMPLE = example("huimai reindex")

app = typer.Typer(
    cls=ListByDefault,
    help="See, follow, retry and cancel ingests.",
    epilog=example("huimai jobs", "huimai jobs watch"),
)


@app.command("list", epilog=example("huimai jobs list --active"))
def list_all(
    active: Annotated[bool, typer.Option("--active", help="Only those that have not ended.")] = False,
    as_json: Json = False,
) -> None:
    """The jobs and where they stand. This is what `huimai jobs` alone does."""
    from server.cli.connection import connect
    from server.cli.following import label, list_jobs
    from server.cli.render import clock, print_json, table

    with connect() as client:
        found = list_jobs(client, active=active)
    if as_json:
        print_json({"jobs": found})
        return
    columns = ("id", "project", "title", "stage", "done", "left", "error")
    table(
        columns,
        [
            (
                j["id"],
                j["project"],
                label(j),
                word(j["stage"]),
                f"{j['progress']:.0%}",
                clock(j["eta_seconds"]),
                j["error"],
            )
            for j in found
        ],
    )


@app.command("show", epilog=example("huimai jobs show 3f9c1a2b7d40"))
def show_job(id: JobId, as_json: Json = False) -> None:
    """One job in full."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, table

    with connect() as client:
        job = client.get(f"{API}/jobs/{id}").json()
    if as_json:
        print_json(job)
        return
    said = {**job, "stage": word(job["stage"]), "cancelled": word("yes") if job["cancelled"] else None}
    table(("field", "value"), [(word(name), value) for name, value in said.items() if value is not None])


@app.command("retry", epilog=example("huimai jobs retry 3f9c1a2b7d40"))
def retry_job(
    id: JobId,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until it has ended.")] = True,
    as_json: Json = False,
) -> None:
    """Try a failed job again; what it had finished is kept."""
    from server.cli.connection import API, connect
    from server.cli.render import tell

    with connect() as client:
        client.post(f"{API}/jobs/{id}/retry")
        tell(say("retrying", job=id))
        job = client.get(f"{API}/jobs/{id}").json()
        if wait:
            _follow(client, [job["meeting_id"]], as_json)
        else:
            _print([job], as_json)


@app.command("cancel", epilog=example("huimai jobs cancel 3f9c1a2b7d40"))
def cancel_job(id: JobId, as_json: Json = False) -> None:
    """Stop a job before its next step; `retry` goes on from there."""
    from server.cli.connection import API, connect
    from server.cli.render import tell

    with connect() as client:
        client.post(f"{API}/jobs/{id}/cancel")
        job = client.get(f"{API}/jobs/{id}").json()
    tell(say("cancelling", job=id))
    _print([job], as_json)


@app.command("watch", epilog=example("huimai jobs watch"))
def watch_jobs(as_json: Json = False) -> None:
    """Follow the jobs until all have ended; also does the work when no server runs. Exits 1 if one fails."""
    from server.cli.connection import connect
    from server.cli.following import list_jobs
    from server.cli.render import tell

    with connect() as client:
        active = [job["meeting_id"] for job in list_jobs(client, active=True)]
        if not active:
            tell(say("idle"))
        _follow(client, active, as_json)


def reindex(
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until it has ended.")] = True,
    as_json: Json = False,
) -> None:
    """Rebuild the search index from the stored transcripts."""
    from server.cli.connection import API, connect
    from server.cli.following import list_jobs

    with connect() as client:
        client.post(f"{API}/reindex")
        active = list_jobs(client, active=True)
        if wait:
            _follow(client, [job["meeting_id"] for job in active], as_json)
        else:
            _print(active, as_json)


def _follow(client: Any, meeting_ids: list[str], as_json: bool) -> None:
    from ingestion.errors import HuimaiError
    from server.cli.following import follow, label
    from server.cli.render import problem

    ended = follow(client, meeting_ids)
    _print(ended, as_json)
    failed = [job for job in ended if job["stage"] == "failed"]
    for job in failed:
        problem(HuimaiError(job["error"] or "", job["hint"] or ""), about=label(job))
    if failed:
        raise typer.Exit(1)


def _print(jobs: list[dict[str, Any]], as_json: bool) -> None:
    from server.cli.following import label
    from server.cli.render import print_json, table

    if as_json:
        print_json({"jobs": jobs})
    elif jobs:
        table(("id", "title", "stage"), [(job["id"], label(job), word(job["stage"])) for job in jobs])
