"""`huimai eval`: scores against truth files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from server.cli.options import Json, example

app = typer.Typer(
    help="Score retrieval against truth files, in a data home that is thrown away.",
    epilog=example("huimai eval retrieval --meetings val.meetings.jsonl.gz --queries val.queries.jsonl.gz"),
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Keep `retrieval` a command of its own name: a group of one would swallow it."""


@app.command(
    "retrieval", epilog=example("huimai eval retrieval --meetings val.meetings.jsonl --queries val.queries.jsonl")
)
def evaluate_retrieval(
    meetings: Annotated[Path, typer.Option(help="Meetings, JSON Lines, may be gzipped.", exists=True, dir_okay=False)],
    queries: Annotated[Path, typer.Option(help="Questions with gold spans.", exists=True, dir_okay=False)],
    scope: Annotated[
        Literal["all", "project", "meeting"], typer.Option(help="What each question is searched in.")
    ] = "all",
    budget_words: Annotated[int, typer.Option(min=1, help="Words of packed evidence.")] = 2000,
    recipe: Annotated[str | None, typer.Option(help="Name of a search recipe.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Index the meetings, ask the questions, count what was found."""
