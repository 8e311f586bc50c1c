"""The settings that a process runs with: the value of each, where it comes from, and what it means."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, JsonValue
from pydantic_settings import EnvSettingsSource

from server.settings import Settings
from server.settings_doc import masked, setting_rows

Source = Literal["default", "huimai.toml", "environment"]
"""What said the value of a setting."""

MEANINGS = Path(__file__).with_name("settings_zh.toml")
"""What every setting means, in Chinese."""


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """One setting: its dotted name, its value with keys and passwords masked, what said so, the environment variable
    that sets it, and what it means in English and in Chinese."""

    name: str
    value: JsonValue
    source: Source
    variable: str
    description: str
    description_zh: str


def settings_in_force(settings: Settings) -> list[SettingInForce]:
    """Every setting, in the order of the settings classes."""
    values, meanings = masked(settings.model_dump(mode="json")), tomllib.loads(MEANINGS.read_text("utf-8"))
    in_environment = EnvSettingsSource(Settings)()
    return [
        SettingInForce(
            name=row.path,
            value=_at(values, row.path),
            source=_source(settings, in_environment, row.path),
            variable=row.variable,
            description=row.description,
            description_zh=_at(meanings, row.path),
        )
        for row in setting_rows()
    ]


def _source(settings: Settings, in_environment: dict[str, Any], path: str) -> Source:
    """As it was when the settings were read: the file may have been changed since."""
    *areas, name = path.split(".")
    area: BaseModel = settings
    for each in areas:
        area = getattr(area, each)
    if name not in area.model_fields_set:
        return "default"
    return "huimai.toml" if _at(in_environment, path) is None else "environment"


def _at(values: dict[str, Any], path: str) -> Any:
    found: Any = values
    for name in path.split("."):
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None
    return found
