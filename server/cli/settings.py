"""`huimai settings`: what is in force, and where each value comes from."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, cast

from server.cli.messages import word
from server.cli.options import Json, example

EXAMPLE = example("huimai settings", "huimai settings --json")


def settings(as_json: Json = False) -> None:
    """Show every setting with its value and source; keys and passwords are masked."""
    from server.cli.environment import load_settings
    from server.cli.render import print_json, table
    from server.settings import SETTINGS_FILE, default_home
    from server.settings_doc import masked, setting_rows

    values: dict[str, Any] = masked(load_settings().model_dump(mode="json"))
    in_file = _read(default_home() / SETTINGS_FILE)
    rows = [
        {
            "name": row.path,
            "value": _at(values, row.path),
            "source": _source(row.path, row.variable, in_file),
            "variable": row.variable,
            "description": row.description,
        }
        for row in setting_rows()
    ]
    if as_json:
        print_json({"settings": rows})
        return
    columns = ("setting", "value", "from", "variable")
    table(columns, [(r["name"], r["value"], word(r["source"]), r["variable"]) for r in rows])


def _source(path: str, variable: str, in_file: dict[str, Any]) -> str:
    """`environment`, the settings file's name, or `default`."""
    from server.settings import SETTINGS_FILE

    # a whole area can also be given as JSON in one variable
    area = variable.partition("__")[0]
    if {name.upper() for name in os.environ} & {variable, area}:
        return "environment"
    return "default" if _at(in_file, path) is None else SETTINGS_FILE


def _at(values: dict[str, Any], path: str) -> Any:
    found: Any = values
    for name in path.split("."):
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None
    return found


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
