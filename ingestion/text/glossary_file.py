"""Glossaries in files: TOML or JSON."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import cast

from ingestion.domain import GlossaryEntry
from ingestion.errors import BadInputError

_LISTS = ("term", "terms", "glossary")


def read_glossary(file: Path) -> list[GlossaryEntry]:
    """The terms in a file: the list `term`, `terms` or `glossary` of it, or, in JSON, a list alone.

    Raises BadInputError.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        document: object = tomllib.loads(text) if file.suffix.lower() == ".toml" else json.loads(text)
    except OSError as error:
        raise BadInputError(f"{file}: it cannot be read ({error.strerror})", "check the path") from None
    except ValueError as error:
        raise BadInputError(f"{file}: {error}", "correct the file; it has to be TOML or JSON in UTF-8") from None
    if isinstance(document, dict):
        fields = cast("dict[str, object]", document)
        document = next((fields[name] for name in _LISTS if name in fields), None)
    if not isinstance(document, list):
        raise BadInputError(f"{file}: it has no list of terms", 'write [[term]] with canonical = "…", aliases = ["…"]')
    return [_term(file, number, row) for number, row in enumerate(cast("list[object]", document), start=1)]


def _term(file: Path, number: int, row: object) -> GlossaryEntry:
    fields = cast("dict[str, object]", row if isinstance(row, dict) else {})
    canonical, aliases, kind = fields.get("canonical"), fields.get("aliases", []), fields.get("kind") or "term"
    if isinstance(canonical, str) and isinstance(aliases, list) and isinstance(kind, str):
        written = cast("list[object]", aliases)
        if all(isinstance(one, str) for one in written):
            return GlossaryEntry(canonical, tuple(cast("list[str]", written)), kind)
    raise BadInputError(f"{file}: term {number} is not right", "each needs canonical (text) and aliases (a list)")
