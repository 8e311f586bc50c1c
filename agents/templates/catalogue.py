"""The templates there are: those that come with Huimai, and the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agents.templates.template import Template, read_template
from ingestion.errors import BadInputError, NotFoundError

# `\w` has the letters of every language, but neither dots nor slashes
_NAME = re.compile(r"\w[\w-]{0,63}")
_BUILTIN = Path(__file__).with_name("builtin")


@dataclass(frozen=True, slots=True)
class Listed:
    """A template's file: its name, where it is, whether it is the user's own; with what it holds, or why it cannot be
    used."""

    name: str
    file: Path
    own: bool
    template: Template | None
    error: str | None = None


class Templates:
    """Templates by name, read anew each time. One in the user's folder replaces the built-in one of its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Listed]:
        """Every template by name, those that cannot be used with the reason."""
        return [self._listed(name, file) for name, file in sorted(self._files().items())]

    def get(self, name: str) -> Template:
        """The template of a name. Raises NotFoundError, and BadInputError for what is no name or cannot be used."""
        return read_template(self.file(name))

    def file(self, name: str) -> Path:
        """The file of the template of a name. Raises as `get`."""
        if not _NAME.fullmatch(name):
            raise BadInputError(
                f"'{name[:60]}' is no name of a template", "letters, digits, _ and -: `huimai templates list` has them"
            )
        files = self._files()
        if name not in files:
            raise NotFoundError(f"there is no template '{name}'", f"there are {', '.join(sorted(files))}")
        return files[name]

    def _listed(self, name: str, file: Path) -> Listed:
        own = file.parent != _BUILTIN
        try:
            return Listed(name, file, own, read_template(file))
        except BadInputError as error:
            return Listed(name, file, own, None, error.message)

    def _files(self) -> dict[str, Path]:
        return {file.stem: file for folder in (_BUILTIN, self._folder) for file in _toml(folder)}


def _toml(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.glob("*.toml")):
        if file.is_file() and _NAME.fullmatch(file.stem):
            yield file
