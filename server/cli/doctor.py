"""`huimai doctor`: what works here, what is missing, how to get it."""

from __future__ import annotations

import typer

from server.cli.options import Json, example

EXAMPLE = example("huimai doctor", "huimai doctor --json")

_NAME_WIDTH = 10
_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def doctor(as_json: Json = False) -> None:
    """Say what works here, what is missing and how to get it.

    Exits 1 only if something essential fails.
    """
    from rich.cells import set_cell_size

    from server.cli.checks import all_checks
    from server.cli.messages import say, word
    from server.cli.render import print_json, show

    checks = all_checks()
    if as_json:
        print_json({"ok": all(c.status != "fail" for c in checks), "checks": [c.to_json() for c in checks]})
    else:
        for check in checks:
            mark, style = _MARKS[check.status]
            show(f"{mark} {set_cell_size(word(check.name), _NAME_WIDTH)} {check.text}", style)
            if check.hint:
                show(f"  {'':<{_NAME_WIDTH}} {say('hint', text=check.hint)}")
    if any(check.status == "fail" for check in checks):
        raise typer.Exit(1)
