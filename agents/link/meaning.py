"""What texts mean, by the embedder that also indexes the transcripts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingestion.ports import Embedder


class EmbedderMeaning:
    """`Meaning` by an embedder. Texts are taken as passages: both sides of a link are something that was said."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, a row a text. Raises ModelMissingError."""
        return self._embedder.embed_passages(texts)
