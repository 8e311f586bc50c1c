"""Every setting as a table row and as the page docs/settings.md, and values without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from server.settings import Settings

_HEAD = """# Settings

Every setting has a default that suits one laptop. Set it in the environment, or in `huimai.toml` in the data home
(`port = 8001`, or `[ingestion]` and then `piece_seconds = 120`). The environment wins. `huimai settings` shows what
is in force. This page is generated: `make docs`.

| environment variable | default | meaning |
|---|---|---|
"""

_COMPUTED = {"home": "`~/.huimai`", "models_dir": "the user's cache folder"}

_PASSWORD_IN_URL = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: its dotted path, environment variable, default as text, and meaning."""

    path: str
    variable: str
    default: str
    description: str


def setting_rows() -> list[SettingRow]:
    """Every setting, in the order of the settings classes."""
    return list(_rows(Settings, ()))


def settings_markdown() -> str:
    """The page docs/settings.md."""
    rows = (f"| `{row.variable}` | {row.default} | {row.description} |\n" for row in setting_rows())
    return _HEAD + "".join(rows)


def masked(value: Any) -> Any:
    """The value without passwords in addresses; secrets were masked when it was dumped."""
    if isinstance(value, dict):
        return {key: masked(inner) for key, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [masked(inner) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    return _PASSWORD_IN_URL.sub(r"\1:***@", value) if isinstance(value, str) else value


def _rows(model: type[BaseModel], parents: tuple[str, ...]) -> Iterator[SettingRow]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _rows(kind, (*parents, name))
            continue
        path = (*parents, name)
        yield SettingRow(
            path=".".join(path),
            variable="HUIMAI_" + "__".join(path).upper(),
            default=_COMPUTED.get(".".join(path)) or _default(field),
            description=field.description or "",
        )


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True, validated_data={})
    return "" if value is None or value is PydanticUndefined else f"`{value}`"


if __name__ == "__main__":
    print(settings_markdown(), end="")  # noqa: T201
