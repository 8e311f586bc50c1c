"""Options by which periods, projects and people are chosen, and what goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from server.cli.messages import say

if TYPE_CHECKING:
    import httpx

ProjectNames = Annotated[
    list[str], typer.Option("--project", "-p", help="Name of a project; may be repeated.", show_default=False)
]
Earlier = Annotated[
    str | None,
    typer.Option(
        "--from", help="A meeting's id, 2026-03-02, 2026-W11, 2026-03, or A..B.", metavar="WHEN", show_default=False
    ),
]
Later = Annotated[
    str | None, typer.Option("--to", help="What that is compared with.", metavar="WHEN", show_default=False)
]
Week = Annotated[
    str | None, typer.Option(help="A week, 2026-W11, with the one before.", metavar="WEEK", show_default=False)
]
Month = Annotated[
    str | None, typer.Option(help="A month, 2026-03, with the one before.", metavar="MONTH", show_default=False)
]
Speakers = Annotated[
    list[str] | None,
    typer.Option("--speaker", help="Only what this person speaks of; may be repeated.", show_default=False),
]
SideName = Annotated[
    Literal["customer", "team"] | None,
    typer.Option(
        "--side", help="Only what people of this side speak of: see `huimai speakers side`.", show_default=False
    ),
]


def require_one_pair(earlier: str | None, later: str | None, week: str | None, month: str | None) -> None:
    """Raises BadParameter when more than one pair of periods is named, or half of one."""
    if (earlier is None) != (later is None) or sum(one is not None for one in (earlier, week, month)) > 1:
        raise typer.BadParameter(say("compare_what"), param_hint="'--from' / '--to' / '--week' / '--month'")


def project_of(client: httpx.Client, meeting: str) -> str:
    """The project that a meeting belongs to."""
    from urllib.parse import quote

    from server.cli.connection import API

    return client.get(f"{API}/meetings/{quote(meeting, safe='')}").json()["project"]
