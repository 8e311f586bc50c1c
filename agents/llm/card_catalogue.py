"""The cards of chat models: those that come along, and the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from agents.llm.cards import ModelCard
from ingestion.card_files import near_names, read_cards
from ingestion.errors import BadInputError

OWN_CARDS = "models.toml"
"""The file of the data home that holds the user's own cards, of chat models and of models to pull."""


class _CardFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    card: tuple[ModelCard, ...] = Field(default=())
    # models to pull stand in the same file of the user's
    model: JsonValue = None


class CardCatalogue:
    """Cards by name, in the order in which they were first named."""

    def __init__(self, cards: Sequence[ModelCard]) -> None:
        self._cards = {card.name: card for card in cards}

    @classmethod
    def load(cls, *own: Path | Traversable) -> CardCatalogue:
        """The cards that come along, then those of the user's files, which replace cards of their names. A file that
        does not exist adds nothing. Raises BadInputError for one that cannot be understood."""
        paths = [files("agents.llm") / "cards.toml", *own]
        return cls([card for path in paths if path.is_file() for card in read_cards(path, _CardFile).card])

    def __iter__(self) -> Iterator[ModelCard]:
        return iter(self._cards.values())

    def find(self, name: str) -> ModelCard | None:
        """The card of that name, alone or after its maker's, or whose weights are in a repository of that name; in any
        case of letters."""
        wanted = name.lower()
        own = wanted.rpartition("/")[2]
        for card in self:
            if card.name.lower() == own or wanted in {weights.repo.lower() for weights in card.weights}:
                return card
        return None

    def get(self, name: str) -> ModelCard:
        """The same. Raises BadInputError, which names the nearest ones."""
        card = self.find(name)
        if card is None:
            raise BadInputError(f"no model card is called {name!r}", self.hint(name))
        return card

    def hint(self, name: str) -> str:
        """What to do about a name that no card has."""
        near = near_names(name, self._cards)
        return f"did you mean {' or '.join(near)}?" if near else "`huimai models cards` shows all names"

    def sellers(self) -> set[str]:
        """Everybody whose prices are known."""
        return {prices.seller for card in self for prices in card.prices}
