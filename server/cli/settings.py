"""`huimai settings`: what is in force, and where each value comes from."""

from __future__ import annotations

from dataclasses import asdict

from server.cli.messages import word
from server.cli.options import Json, example

EXAMPLE = example("huimai settings", "huimai settings --json")


def settings(as_json: Json = False) -> None:
    """Show every setting with its value and source; keys and passwords are masked."""
    from server.cli.environment import load_settings
    from server.cli.render import print_json, table
    from server.settings_in_force import settings_in_force

    rows = settings_in_force(load_settings())
    if as_json:
        print_json({"settings": [asdict(row) for row in rows]})
        return
    columns = ("setting", "value", "from", "variable")
    table(columns, [(row.name, row.value, word(row.source), row.variable) for row in rows])
