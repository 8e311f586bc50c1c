"""Glossaries in files: TOML or JSON."""

from __future__ import annotations

import json
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import cast

from ingestion.domain import GlossaryEntry
from ingestion.errors import BadInputError

_LISTS = ("term", "terms", "glossary")


class Problem(StrEnum):
    """What is wrong with a glossary file."""

    UNREADABLE = "it cannot be read ({})"
    NOT_PARSED = "{}"
    NO_LIST = "it has no list of terms"
    WRONG_TERM = "term {} is not right"


_HINTS = {
    Problem.UNREADABLE: "check the path",
    Problem.NOT_PARSED: "correct the file; it has to be TOML or JSON in UTF-8",
    Problem.NO_LIST: 'write [[term]] with canonical = "…", aliases = ["…"]',
    Problem.WRONG_TERM: "each needs canonical (text) and aliases (a list)",
}


class GlossaryFileError(BadInputError):
    """A glossary file that cannot be used. `detail` is what the system or the parser says of it, or the number of the
    wrong term, from 1."""

    def __init__(self, file: Path, problem: Problem, detail: object = "") -> None:
        super().__init__(f"{file}: {problem.format(detail)}", _HINTS[problem])
        self.problem, self.detail = problem, detail


def read_glossary(file: Path) -> list[GlossaryEntry]:
    """The terms in a file: the list `term`, `terms` or `glossary` of it, or, in JSON, a list alone.

    Raises GlossaryFileError.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        document: object = tomllib.loads(text) if file.suffix.lower() == ".toml" else json.loads(text)
    except OSError as error:
        raise GlossaryFileError(file, Problem.UNREADABLE, error.strerror) from None
    except ValueError as error:
        raise GlossaryFileError(file, Problem.NOT_PARSED, error) from None
    if isinstance(document, dict):
        fields = cast("dict[str, object]", document)
        document = next((fields[name] for name in _LISTS if name in fields), None)
    if not isinstance(document, list):
        raise GlossaryFileError(file, Problem.NO_LIST)
    return [_term(file, number, row) for number, row in enumerate(cast("list[object]", document), start=1)]


def _term(file: Path, number: int, row: object) -> GlossaryEntry:
    fields = cast("dict[str, object]", row if isinstance(row, dict) else {})
    canonical, aliases, kind = fields.get("canonical"), fields.get("aliases", []), fields.get("kind") or "term"
    if isinstance(canonical, str) and isinstance(aliases, list) and isinstance(kind, str):
        written = cast("list[object]", aliases)
        if all(isinstance(one, str) for one in written):
            return GlossaryEntry(canonical, tuple(cast("list[str]", written)), kind)
    raise GlossaryFileError(file, Problem.WRONG_TERM, number)
