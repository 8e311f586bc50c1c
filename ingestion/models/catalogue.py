"""The catalogue: every model card that is known, from the shipped files and the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ingestion.card_files import near_names, read_cards
from ingestion.errors import NotFoundError
from ingestion.models.card import ModelCard, ModelTask


class _CatalogueFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    model: tuple[ModelCard, ...] = Field(default=())
    # what chat models can do and cost stands in the same file of the user's
    card: JsonValue = None


class Catalogue:
    """Model cards by name, in the order in which they were first named."""

    def __init__(self, cards: Sequence[ModelCard]) -> None:
        self._cards = {card.name: card for card in cards}

    @classmethod
    def load(cls, paths: Sequence[Path | Traversable]) -> Catalogue:
        """Read `models.toml` files. A later card replaces an earlier one of its name; a file that does not exist
        adds nothing. Raises BadInputError for one that cannot be understood."""
        return cls([card for path in paths if path.is_file() for card in read_cards(path, _CatalogueFile).model])

    def __iter__(self) -> Iterator[ModelCard]:
        return iter(self._cards.values())

    def get(self, name: str) -> ModelCard:
        """The card of that name. Raises NotFoundError, which names the nearest ones."""
        card = self._cards.get(name)
        if card is not None:
            return card
        near = near_names(name, self._cards)
        hint = f"did you mean {' or '.join(near)}?" if near else "`huimai models list` shows all names"
        raise NotFoundError(f"no model is called {name!r}", hint)

    def defaults(self) -> list[ModelCard]:
        """The models that a fresh machine needs."""
        return [card for card in self if card.default]

    def of(self, task: ModelTask) -> list[ModelCard]:
        """The models for a task."""
        return [card for card in self if card.task is task]
