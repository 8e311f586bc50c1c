"""`huimai route`: which model would do a piece of work, why, and what it would take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from server.cli.messages import language, say, word
from server.cli.options import Json, Project, example

EXAMPLE = example(
    "huimai route 3f9c1a2b7d40",
    "huimai route 3f9c1a2b7d40 --task review --explain",
    "huimai route --minutes 42 --private --explain",
    "huimai route --task answer --tokens 12000 --tier large --json",
)

Document = dict[str, Any]


def route(
    meeting: Annotated[str | None, typer.Argument(help="Id of a meeting.", metavar="ID", show_default=False)] = None,
    task: Annotated[
        Literal["extract", "answer", "compare", "review"], typer.Option(help="What a model is wanted for.")
    ] = "extract",
    minutes: Annotated[
        float | None, typer.Option(min=0, max=1_000_000, help="Minutes of recordings.", show_default=False)
    ] = None,
    tokens: Annotated[
        int | None, typer.Option(min=0, max=1_000_000_000, help="Tokens to read.", show_default=False)
    ] = None,
    project: Project = None,
    tier: Annotated[str | None, typer.Option(help="Name of a model tier.", show_default=False)] = None,
    private: Annotated[bool, typer.Option("--private", help="As for a private project.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show every decision, tier and figure.")] = False,
    as_json: Json = False,
) -> None:
    """Which model would do a piece of work, why, and what it would cost. Nothing is asked of a model.

    Name a meeting, or say how much there is to read.
    """
    from server.cli.connection import API, connect
    from server.cli.render import print_json, show

    given = {"meeting": meeting, "minutes": minutes, "prompt_tokens": tokens, "project": project, "tier": tier}
    body = {name: value for name, value in given.items() if value is not None}
    body |= {"task": task, "language": language(), **({"private": True} if private else {})}
    with connect() as client:
        found = client.post(f"{API}/route", json=body).json()
    if as_json:
        print_json(found)
    elif explain:
        _explain(found)
    else:
        show(found["reason"])


def _explain(found: Document) -> None:
    """The line, every decision in order, what it was made from, what it takes, and every tier."""
    from server.cli.render import show, table

    show(found["reason"], "bold")
    for number, reason in enumerate(found["reasons"], start=1):
        show(f"  {number}. {reason['text']}")
    show(say("route_looked_at", task=word(found["task"]), what=_looked_at(found["looked_at"])))
    if found["estimate"]:
        show(_estimate(found))
    rows = [
        (one["tier"], word(one["level"]), one["model"], one["server"] or say("route_embedded"), _state(one, number))
        for number, one in enumerate(found["tiers"])
    ]
    table(("tier", "level", "model", "server", "state"), rows)


def _looked_at(looked: Document) -> str:
    """What the decision was made from; what is not known is left out."""
    signals = looked["signals"]
    told = [
        say("route_minutes", minutes=f"{looked['seconds'] / 60:.4g}") if looked["seconds"] is not None else "",
        say("route_tokens", prompt=f"{looked['prompt_tokens']:,}", reply=f"{looked['reply_tokens']:,}"),
        looked["project"] or "",
        say("route_private") if looked["private"] else "",
    ]
    if signals["speakers"]:
        told += [
            word(signals["shape"]),
            say("route_signals", speakers=signals["speakers"], disputes=signals["disputes"]),
            say("route_agenda") if signals["agenda"] else "",
        ]
    return " · ".join(filter(None, told))


def _estimate(found: Document) -> str:
    from server.cli.render import price

    estimate = found["estimate"]
    return say(
        "route_estimate",
        passes=found["passes"],
        prompt=f"{estimate['prompt_tokens']:,}",
        completion=f"{estimate['completion_tokens']:,}",
        cost=price(estimate["cost"]),
    )


def _state(tier: Document, place: int) -> str:
    if tier["state"] == "refused":
        return say("route_refused", why=tier["reason"])
    return say("route_next", place=place) if tier["state"] == "next" else say("route_taken")
