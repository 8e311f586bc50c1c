"""Files of cards in TOML: read, checked, and explained in one line where they are wrong."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingestion.errors import BadInputError

_Form = TypeVar("_Form", bound=BaseModel)


def read_cards(path: Path | Traversable, form: type[_Form]) -> _Form:
    """The file as `form` understands it. Raises BadInputError, which names file, card and field."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} is not valid TOML: {error}", "correct or remove the file") from error
    try:
        return form.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = _place(raw, first["loc"])
        raise BadInputError(f"{path}: {place}: {first['msg']}", "correct or remove this model card") from error


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """The names, three at most, that somebody who wrote `name` may have meant."""
    return difflib.get_close_matches(name.lower(), list(names), n=3, cutoff=0.4)


def _place(raw: Any, loc: tuple[int | str, ...]) -> str:
    """Where in the file something is wrong, with the name of the card that it stands in."""
    place = ".".join(str(part) for part in loc)
    card: Any = raw[loc[0]][loc[1]] if len(loc) > 1 and isinstance(loc[1], int) else None
    return f"{place} ({card['name']})" if isinstance(card, dict) and "name" in card else place
