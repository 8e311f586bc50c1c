"""Waiting until meetings are read into the ledger, and saying what is missing of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text

from ingestion.errors import HuimaiError
from server.cli.connection import API
from server.cli.following import label
from server.cli.messages import say
from server.cli.render import Document, err, problem, tell

if TYPE_CHECKING:
    import httpx

_POLL_SECONDS = 0.5


def read_meetings(
    client: httpx.Client, project: str, *, wait: bool = True, only: Collection[str] | None = None
) -> list[Document]:
    """How the ready meetings of a project, or those of `only`, are read: with `wait` once no reading is under way.
    What is missing is told."""
    found = _readings(client, project, only)
    if wait:
        with _telling() as tell_progress:
            while _left(found):
                tell_progress(say("reading", read=len(found) - _left(found), meetings=len(found)))
                time.sleep(_POLL_SECONDS)
                found = _readings(client, project, only)
    for one in found:
        if one["state"] == "failed":
            problem(HuimaiError(one["error"], one["hint"] or ""), about=label(one))
        elif error := one["spent"].get("model_error"):
            tell(say("model_reading", meeting=label(one), error=error, hint=one["spent"]["model_hint"]))
    if left := _left(found):
        tell(say("not_read_yet", count=left))
    if lost := sum(one["lost"] for one in found):
        tell(say("edits_lost", count=lost))
    return found


def not_read(found: Sequence[Document]) -> list[Document]:
    """Those of the meetings that are not read as they are now."""
    return [one for one in found if one["state"] != "read"]


def _readings(client: httpx.Client, project: str, only: Collection[str] | None) -> list[Document]:
    found: list[Document] = client.get(f"{API}/readings", params={"project": project}).json()["readings"]
    return [one for one in found if only is None or one["id"] in only]


def _left(found: Sequence[Document]) -> int:
    return sum(one["state"] == "reading" for one in found)


@contextmanager
def _telling() -> Generator[Callable[[str], None]]:
    """Says how far it is: in one line that is written over on a terminal, else in a line at each change."""
    console = err()
    if console.is_terminal:
        with console.status("") as status:
            yield lambda text: status.update(Text(text))
        return
    said: list[str] = []

    def tell_change(text: str) -> None:
        if text not in said[-1:]:
            said.append(text)
            tell(text)

    yield tell_change
