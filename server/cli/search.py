"""`huimai search`: ranked verbatim evidence, without a chat model."""

from __future__ import annotations

from typing import Annotated

import typer

from server.cli.messages import say
from server.cli.options import Json, Meetings, Project, Since, Speaker, Until, example, filters

EXAMPLE = example('huimai search "release date" --project Atlas', "huimai search 回滚 --speaker 沈岚 --limit 5 --json")


def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    project: Project = None,
    meeting: Meetings = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most results to show.")] = 10,
    recipe: Annotated[str | None, typer.Option(help="Name of a search recipe.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Find what was said: meeting, date, time, speaker and the words themselves.

    Of each passage the lines nearest to the query are shown; --json has all of it.
    """
    from server.cli.connection import API, connect
    from server.cli.excerpt import excerpt
    from server.cli.render import place, print_json, show, tell

    body = {"query": query, "limit": limit, **filters(project, meeting, speaker, since, until)}
    if recipe:
        body["recipe"] = recipe
    with connect() as client:
        found = client.post(f"{API}/search", json=body).json()
    if as_json:
        print_json(found)
        return
    for number, result in enumerate(found["results"], start=1):
        show(f"{number}. {place(result)}  [{result['meeting_id']}]", "cyan")
        for line in excerpt(result["text"], query):
            show(f"   {line}")
    if not found["results"]:
        tell(say("no_results"))
    tell(f"{len(found['results'])} · {found['took_ms']:.0f} ms · {found['recipe']}")
