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

    Evidence appears as it is found, then the answer with [n] marks, then the numbered quotes.
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

    from server.cli.sse import read_events

    screen = _Screen()
    with client.stream("POST", path, json=body, headers={"Accept": "text/event-stream"}) as response:
        for event, data in read_events(response.iter_lines()):
            screen.take(event, json.loads(data))
    screen.end()


class _Screen:
    """What the events of one answer look like. Live text goes to a terminal only; the result is always whole."""

    def __init__(self) -> None:
        from server.cli.render import out

        self._console = out()
        self._streamed = ""
        self._answer: dict[str, Any] | None = None

    def take(self, event: str, data: dict[str, Any]) -> None:
        """Show one event. Raises HuimaiError for `error`."""
        from ingestion.errors import HuimaiError

        if event == "status":
            self._status(data)
        elif event == "citation":
            self._found(data)
        elif event == "token":
            self._token(str(data.get("text", "")))
        elif event == "done":
            self._answer = data
        elif event == "error":
            self._break()
            raise HuimaiError(str(data.get("detail", "")), str(data.get("hint", "")), status=data.get("status"))

    def end(self) -> None:
        """Show the answer document. Raises HuimaiError when the stream broke off."""
        from ingestion.errors import HuimaiError
        from server.cli.render import plain, show

        self._break()
        if self._answer is None:
            raise HuimaiError(say("lost_server", error="stream"), say("lost_server_hint"))
        if self._streamed.strip() != plain(self._answer["answer"]).strip():
            show(self._answer["answer"])
        _show_evidence(self._answer)

    def _status(self, data: dict[str, Any]) -> None:
        from server.cli.render import one_line, tell

        text = next((data[key] for key in ("text", "message", "step", "stage") if data.get(key)), "")
        if text and self._console.is_terminal:
            self._break()
            tell(f"… {one_line(text)}")

    def _found(self, data: dict[str, Any]) -> None:
        from server.cli.render import one_line, place, tell

        if self._console.is_terminal:
            self._break()
            quote = one_line(data["quote"])
            tell(f"[{data['n']}] {place(data)}: {quote[:100]}{'…' if len(quote) > 100 else ''}")

    def _token(self, text: str) -> None:
        from rich.text import Text

        from server.cli.render import plain

        if self._console.is_terminal:
            self._streamed += plain(text)
            self._console.print(Text(plain(text)), end="", soft_wrap=True)

    def _break(self) -> None:
        """Begin a new line after streamed text."""
        if self._streamed and not self._streamed.endswith("\n"):
            self._console.print()
            self._streamed += "\n"


def _show_evidence(answer: dict[str, Any]) -> None:
    from server.cli.render import place, show, tell

    if answer["citations"]:
        show(f"\n{say('evidence')}", "bold")
    for citation in answer["citations"]:
        show(f"[{citation['n']}] {place(citation)}", "cyan")
        for line in citation["quote"].splitlines():
            show(f"    {line}")
    for note in answer.get("notes", []):
        tell(note, "yellow")
    coverage = answer["coverage"]
    tell(say("coverage", **{**coverage, "failed": len(coverage["failed"])}))
    tell(
        f"{answer['model'] or say('no_model')} · {answer['took_ms'] / 1000:.1f} s · "
        f"--conversation {answer['conversation_id']}"
    )
