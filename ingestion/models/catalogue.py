"""The catalogue: every model card that is known, from the shipped files and the user's own."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingestion.errors import BadInputError, NotFoundError
from ingestion.models.card import ModelCard, Task


class _CatalogueFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    model: tuple[ModelCard, ...] = Field(default=())


class Catalogue:
    """Model cards by name, in the order in which they were first named."""

    def __init__(self, cards: Sequence[ModelCard]) -> None:
        self._cards = {card.name: card for card in cards}

    @classmethod
    def load(cls, paths: Sequence[Path | Traversable]) -> Catalogue:
        """Read `models.toml` files. A later card replaces an earlier one of its name; a file that does not exist
        adds nothing. Raises BadInputError for one that cannot be understood."""
        return cls([card for path in paths if path.is_file() for card in _read(path)])

    def __iter__(self) -> Iterator[ModelCard]:
        return iter(self._cards.values())

    def get(self, name: str) -> ModelCard:
        """The card of that name. Raises NotFoundError, which names the nearest ones."""
        card = self._cards.get(name)
        if card is not None:
            return card
        near = difflib.get_close_matches(name.lower(), self._cards, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "`huimai models list` shows all names"
        raise NotFoundError(f"no model is called {name!r}", hint)

    def defaults(self) -> list[ModelCard]:
        """The models that a fresh machine needs."""
        return [card for card in self if card.default]

    def of(self, task: Task) -> list[ModelCard]:
        """The models for a task."""
        return [card for card in self if card.task is task]


def _read(path: Path | Traversable) -> tuple[ModelCard, ...]:
    try:
        return _CatalogueFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).model
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInputError(f"{path}: {place}: {first['msg']}", "correct or remove this model card") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} is not valid TOML: {error}", "correct or remove the file") from error
