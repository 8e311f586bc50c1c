"""`huimai ask`: a question, answered with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from server.cli.messages import say
from server.cli.options import Json, Meetings, Project, Since, Speaker, Until, example, filters

if TYPE_CHECKING:
    import httpx

EXAMPLE = example(
    'huimai ask "When do we ship?" --project Atlas', 'huimai ask "谁负责 rollback 脚本？" --since 2026-03-01 --json'
)

_QUOTE_LENGTH = 100


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    project: Project = None,
    meeting: Meetings = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    conversation: Annotated[
        str | None, typer.Option(help="Id of a conversation to go on with.", show_default=False)
    ] = None,
    tier: Annotated[str | None, typer.Option(help="Name of a model tier.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Ask across meetings; the answer quotes who said it, when and where.

    Evidence appears as it is found, then the answer with numbered marks, then the quotes they stand for.
    """
    from server.cli.connection import API, connect
    from server.cli.render import print_json

    body = {
        "question": question,
        **filters(project, meeting, speaker, since, until),
        **({"conversation_id": conversation} if conversation else {}),
        **({"tier": tier} if tier else {}),
    }
    with connect() as client:
        if as_json:
            print_json(client.post(f"{API}/ask", json=body).json())
        else:
            _stream(client, f"{API}/ask", body)


def _stream(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    import json

    from ingestion.errors import HuimaiError
    from server.cli.sse import read_events

    answer: dict[str, Any] | None = None
    headers = {"Accept": "text/event-stream"}
    with _Progress() as progress, client.stream("POST", path, json=body, headers=headers) as response:
        for event, data in read_events(response.iter_lines()):
            document = json.loads(data)
            if event == "done":
                answer = document
            elif event == "error":
                raise HuimaiError(document["detail"], document["hint"], status=document["status"])
            else:
                progress.take(event, document)
    if answer is None:
        raise HuimaiError(say("lost_server", error="stream"), say("lost_server_hint"))
    _show(answer)


class _Progress:
    """What has come so far, live on a terminal: evidence and the unverified draft, which the answer then replaces."""

    def __init__(self) -> None:
        from rich.live import Live

        from server.cli.render import err

        console = err()
        self._live = Live(console=console, transient=True) if console.is_terminal else None
        self._evidence: list[str] = []
        self._status = self._draft = ""

    def __enter__(self) -> _Progress:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def take(self, event: str, data: dict[str, Any]) -> None:
        """Show a `status`, `citation` or `token` event."""
        from rich.text import Text

        from server.cli.render import one_line, place, plain

        if event == "status":
            self._status = one_line(data["text"])
        elif event == "citation":
            self._evidence.append(f"[{data['n']}] {place(data)}: {_short(one_line(data['quote']))}")
        elif event == "token":
            self._draft += plain(data["text"])
        if self._live:
            self._live.update(Text("\n".join([*self._evidence, f"… {self._status}", self._draft]), "dim"))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE_LENGTH else f"{text[:_QUOTE_LENGTH]}…"


def _show(answer: dict[str, Any]) -> None:
    from server.cli.render import place, show, tell

    show(answer["answer"])
    if answer["citations"]:
        show(f"\n{say('evidence')}", "bold")
    for citation in answer["citations"]:
        show(f"[{citation['n']}] {place(citation)}", "cyan")
        for line in citation["quote"].splitlines():
            if line not in answer["answer"]:
                show(f"    {line}")
    for note in answer.get("notes", []):
        tell(note, "yellow")
    coverage = answer["coverage"]
    if coverage["in_scope"]:
        tell(say("coverage", **{**coverage, "failed": len(coverage["failed"])}))
    tell(f"{_by(answer)} · {answer['took_ms'] / 1000:.1f} s · --conversation {answer['conversation_id']}")


def _by(answer: dict[str, Any]) -> str:
    """The model that answered, its tier, and what it cost unless that is nothing."""
    from server.cli.render import price

    if not answer["model"]:
        return say("no_model")
    cost = answer["usage"]["cost"]
    told = f"{answer['tier']}: {answer['model']}"
    return told if cost and not cost["amount"] else f"{told} · {price(cost)}"
