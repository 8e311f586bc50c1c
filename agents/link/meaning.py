"""What texts mean, by the embedder that also indexes the transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from agents.extract.learned import LineVectors
from agents.link.domain import Meaning
from agents.qa.orders import without_orders
from ingestion.ports import Embedder
from retrieval.domain import Line


class EmbedderMeaning:
    """`Meaning` by an embedder. Texts are taken as passages: both sides of a link are something that was said.

    The vectors of the last texts are held: a meeting that was searched for items is linked next.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._held: Mapping[str, NDArray[np.float32]] = {}

    @property
    def model(self) -> str:
        """The embedding model whose vectors they are."""
        return self._embedder.model_id

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, a row a text. Raises ModelMissingError."""
        held = self._held
        new = [text for text in dict.fromkeys(texts) if text not in held]
        rows = dict(zip(new, self._embedder.embed_passages(new), strict=True))
        self._held = {text: rows[text] if text in rows else held[text] for text in texts}
        if not texts:
            return np.empty((0, self._embedder.dimensions), np.float32)
        return np.stack([self._held[text] for text in texts])


def line_vectors(lines: Sequence[Line], meaning: Meaning) -> LineVectors:
    """What the lines of a meeting mean, as linking reads them too. Raises ModelMissingError."""
    return LineVectors(meaning.model, meaning.vectors([without_orders(line.text) for line in lines]))
