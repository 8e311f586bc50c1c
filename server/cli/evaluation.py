"""`huimai eval`: scores against truth files."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from server.cli.messages import say, word
from server.cli.options import Json, example

if TYPE_CHECKING:
    from server.services import Services

app = typer.Typer(
    help="Score retrieval and answers against truth files, in a data home that is thrown away.",
    epilog=example("huimai eval retrieval --meetings val.meetings.jsonl.gz --queries val.queries.jsonl.gz"),
    no_args_is_help=True,
)


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
    """Index the meetings, ask the questions, count what was found.

    A hit is a result of the right meeting whose lines overlap a gold span.
    """
    from retrieval.evaluation.run import Plan, Scope, evaluate
    from server.cli.render import print_json, table, tell

    plan = Plan(meetings, queries, Scope(scope), budget_words, recipe)
    with throwaway_services() as services, _shares() as report:
        figures, left_out = evaluate(plan, services.ingestion_deps(), services.settings.retrieval, report)
    if left_out:
        tell(say("left_out", count=left_out))
    if as_json:
        print_json(figures)
    else:
        table(("figure", "value"), list(figures.items()))


@app.command("answers", epilog=example("huimai eval answers --series samples/B_en_atlas_mobile --from audio"))
def evaluate_answers(
    series: Annotated[
        Path, typer.Option(help="A series: truth.json, <date>.truth.json, <date>.m4a or .vtt.", exists=True)
    ],
    source: Annotated[
        Literal["transcript", "audio"], typer.Option("--from", help="What the meetings are ingested from.")
    ] = "transcript",
    details: Annotated[Path | None, typer.Option(help="Write every answer to this file, JSON Lines.")] = None,
    as_json: Json = False,
) -> None:
    """Ingest a series, ask its truth questions, count what the answers hold and cite. No model judges."""
    from server.answer_evaluation import evaluate_answers as evaluate
    from server.cli.render import print_json, table

    with throwaway_services() as services, _shares() as report:
        figures, asked = evaluate(series, source, services, report)
    if details:
        details.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked), encoding="utf-8")
    if as_json:
        print_json(figures)
    else:
        table(("figure", "value"), [(name, value) for name, value in figures.items() if not isinstance(value, dict)])


@contextmanager
def throwaway_services() -> Generator[Services]:
    """An empty data home with the user's models and settings, gone afterwards."""
    from server.cli.environment import load_settings
    from server.home import Home
    from server.services import Services

    settings = load_settings()
    with tempfile.TemporaryDirectory(prefix="huimai-eval-") as folder:
        own_cards = settings.home / "models.toml"
        if own_cards.is_file():
            shutil.copy(own_cards, folder)
        alone = {"home": Path(folder), "vector_store": "edge", "database_url": None, "jobs_database_url": None}
        services = Services(settings.model_copy(update=alone), Home(Path(folder)))
        services.open()
        try:
            yield services
        finally:
            services.close()


@contextmanager
def _shares() -> Generator[Callable[[str, float], None]]:
    """A bar for what is being done and the share of it that is."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from server.cli.render import err

    console = err()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda what, share: progress.update(task, description=word(what), completed=share)
