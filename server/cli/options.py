"""Options that several commands share, and how a group of commands lists by default."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from server.cli.messages import say

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
Project = Annotated[str | None, typer.Option("--project", "-p", help="Name of a project.", show_default=False)]
Meetings = Annotated[
    list[str] | None, typer.Option("--meeting", help="Id of a meeting; may be repeated.", show_default=False)
]
Speaker = Annotated[str | None, typer.Option(help="Name of a speaker.", show_default=False)]


def checked_date(value: str) -> str:
    """A date as the API takes it. Raises BadParameter."""
    from ingestion.dates import parse_date
    from ingestion.errors import BadInputError

    try:
        parse_date(value)
    except BadInputError:
        raise typer.BadParameter(say("not_a_date", value=value)) from None
    return value.strip()


def checked_bounds(value: str) -> str:
    """A number of speakers as the API takes it. Raises BadParameter."""
    from ingestion.errors import BadInputError
    from ingestion.speakers.bounds import MOST, parse_bounds

    try:
        parse_bounds(value)
    except BadInputError:
        raise typer.BadParameter(say("not_bounds", value=value, most=MOST)) from None
    return value.strip()


def checked_seconds(value: str) -> float:
    """The seconds of a clock time, or as they are given. Raises BadParameter."""
    from ingestion.transcripts.cues import parse_clock

    clock = parse_clock(value)
    if clock is not None:
        return clock
    try:
        return float(value)
    except ValueError:
        raise typer.BadParameter(say("not_a_clock", value=value)) from None


def checked_day(value: str) -> str:
    """The day of a date as the API takes it. Raises BadParameter."""
    from datetime import datetime

    return datetime.fromisoformat(checked_date(value)).date().isoformat()


SpeakerCount = Annotated[
    str | None,
    typer.Option(
        "--speakers",
        parser=checked_bounds,
        metavar="N|MIN-MAX",
        help="How many people speak, if you know: 4, 2-5. Otherwise as many as are heard.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", parser=checked_day, metavar="DATE", help="First date, included: 2026-03-02.", show_default=False
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", parser=checked_day, metavar="DATE", help="Last date, included: 2026-03-31.", show_default=False
    ),
]


def example(*lines: str) -> str:
    """The end of a command's help: how to call it."""
    return "\n\n".join(["Example:", *(f"  {line}" for line in lines)])


class ListByDefault(TyperGroup):
    """A group whose first command is `list`: it runs when no other command is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before options that do not follow a command."""
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


class MeetingFirst(ListByDefault):
    """What is no command is the meeting that the list is of."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before the id of a meeting."""
        named = args and not args[0].startswith("-") and args[0] not in self.commands
        return super().parse_args(ctx, ["list", *args] if named else args)


def filters(
    project: str | None,
    meetings: list[str] | None = None,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> dict[str, Any]:
    """The filters that were given, as fields of a search or a question."""
    given = {"project": project, "meetings": meetings, "speaker": speaker, "since": since, "until": until}
    return {name: value for name, value in given.items() if value}
