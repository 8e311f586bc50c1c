"""`huimai models`: the catalogue, what of it is on this machine, and the cards of chat models."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from server.cli import cards
from server.cli.messages import say, told, word
from server.cli.options import Json, ListByDefault, example

if TYPE_CHECKING:
    from ingestion.models.card import ModelCard
    from ingestion.models.store import ModelStatus, ModelStore

Names = Annotated[list[str] | None, typer.Argument(help="Names of models.", metavar="[NAME]...", show_default=False)]

app = typer.Typer(
    cls=ListByDefault,
    help="List, pull and verify models.",
    epilog=example("huimai models", "huimai models pull", "huimai models pull whisper-base"),
)


@app.command("list", epilog=example("huimai models list --json"))
def list_models(as_json: Json = False) -> None:
    """The catalogue: task, size, licence, and whether it is here. This is what `huimai models` alone does."""
    from server.cli.render import print_json, size, table

    store = _store()
    found = [(card, store.status(card.name)) for card in store.catalogue]
    if as_json:
        print_json({"folder": str(store.folder), "models": [_document(*pair) for pair in found]})
        return
    columns = ("name", "task", "size", "licence", "default", "here")
    table(
        columns,
        [
            (c.name, word(c.task), size(c.size), c.licence, word("yes") if c.default else "", word(s.state))
            for c, s in found
        ],
    )


@app.command("pull", epilog=example("huimai models pull", "huimai models pull whisper-base --from /media/usb/models"))
def pull_models(
    names: Names = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="A folder that holds the files, tried first.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring models here; without names, the set that a fresh machine needs. What arrived before a failure is kept."""
    from ingestion.errors import HuimaiError
    from server.cli.render import print_json, problem

    store = _store()
    wanted = names or [card.name for card in store.catalogue.defaults()]
    for name in wanted:
        store.catalogue.get(name)
    failed: list[dict[str, str]] = []
    for name in wanted:
        try:
            with _bar(name) as progress:
                store.pull(name, progress, from_folder=source)
        except HuimaiError as error:
            failed.append({"name": name, "error": told(error.message), "hint": told(error.hint)})
            problem(error)
    if as_json:
        print_json({"models": [_document(store.catalogue.get(n), store.status(n)) for n in wanted], "failed": failed})
    if failed:
        raise typer.Exit(1)


@app.command("verify", epilog=example("huimai models verify", "huimai models verify whisper-base"))
def verify_models(names: Names = None, as_json: Json = False) -> None:
    """Hash every file of the models that are here. Exits 1 if one is damaged or a named one is missing."""
    from ingestion.errors import ModelMissingError
    from ingestion.models.store import ModelState
    from server.cli.render import print_json, problem, show

    store = _store()
    here = [c.name for c in store.catalogue if store.status(c.name).state in (ModelState.PRESENT, ModelState.DAMAGED)]
    found = [store.verify(name) for name in (names or here)]
    if as_json:
        print_json({"models": [_document(store.catalogue.get(status.name), status) for status in found]})
    wrong = [status for status in found if status.state is not ModelState.PRESENT]
    for status in found:
        if status in wrong:
            said = say("model_wrong", name=status.name, problem=told(status.problem))
            problem(ModelMissingError(said, say("model_wrong_hint", name=status.name)))
        elif not as_json:
            show(say("verified", name=status.name))
    if wrong:
        raise typer.Exit(1)


app.command("cards", epilog=cards.EXAMPLE)(cards.cards)


def _store() -> ModelStore:
    from server.catalogue import open_models
    from server.cli.environment import load_settings

    return open_models(load_settings())


def _document(card: ModelCard, status: ModelStatus) -> dict[str, Any]:
    return {
        "name": card.name,
        "task": card.task.value,
        "description": card.description,
        "size": card.size,
        "memory_bytes": card.memory_bytes,
        "licence": card.licence,
        "default": card.default,
        "sources": [source.kind for source in card.sources],
        "state": status.state.value,
        "bytes_on_disk": status.bytes_on_disk,
        "source": status.source,
        "problem": told(status.problem),
    }


@contextmanager
def _bar(name: str) -> Generator[Callable[[int, int], None]]:
    """Bytes, rate and time left on a terminal; a line at the begin and the end elsewhere."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from server.cli.render import err, tell

    console = err()
    live = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    tell(f"{name} …")
    with Progress(
        TextColumn("{task.description}", markup=False),
        *live,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
    tell(f"{name} ✓")
