"""`huimai doctor`: what works here, what is missing, how to get it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from server.cli.options import Json, example

EXAMPLE = example("huimai doctor", "huimai doctor --deep")

_NAME_WIDTHS = (10, 24)
_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def doctor(
    deep: Annotated[
        bool, typer.Option("--deep", help="Ask remote servers for tiny answers, too; sellers charge for them.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what works here, what is missing and how to get it.

    Exits 1 only if something essential fails.
    """
    from rich.cells import cell_len, set_cell_size

    from server.cli.checks import all_checks
    from server.cli.messages import say, told
    from server.cli.render import print_json, show

    checks = [replace(check, text=told(check.text), hint=told(check.hint)) for check in all_checks(deep=deep)]
    if as_json:
        print_json({"ok": all(c.status != "fail" for c in checks), "checks": [c.to_json() for c in checks]})
    else:
        least, most = _NAME_WIDTHS
        width = min(most, max(least, *(cell_len(_title(check.name)) for check in checks)))
        for check in checks:
            mark, style = _MARKS[check.status]
            show(f"{mark} {set_cell_size(_title(check.name), width)} {check.text}", style)
            if check.hint:
                show(f"  {'':<{width}} {say('hint', text=check.hint)}")
    if any(check.status == "fail" for check in checks):
        raise typer.Exit(1)


def _title(name: str) -> str:
    """What a check is called: a word, then perhaps the user's own name of a thing."""
    from server.cli.messages import word

    head, _, own = name.partition(" ")
    return f"{word(head)} {own}".rstrip()
