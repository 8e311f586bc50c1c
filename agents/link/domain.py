"""What linking reads and gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from agents.ledger.domain import Item, Link
from retrieval.domain import Line


class Meaning(Protocol):
    """What texts mean, as vectors."""

    @property
    def model(self) -> str:
        """The embedding model whose vectors they are."""
        ...

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, a row a text: near ones mean much the same. Raises ModelMissingError."""
        ...


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something of a meeting that may be about the matter of an earlier item, as likely as not: what it says, and the
    lines that it stands on."""

    earlier: Item
    text: str
    lines: tuple[int, ...]
    day: date


SecondOpinion = Callable[[Doubtful], bool]
"""Whether both are one matter, for all that is known."""


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting whose items were found: its lines in order, its items in the order of their lines."""

    id: str
    day: date
    lines: tuple[Line, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a meeting does to what was there: links from its items, and from the `updates`, new items of it that only
    tell how something earlier stands."""

    links: tuple[Link, ...]
    updates: tuple[Item, ...]
