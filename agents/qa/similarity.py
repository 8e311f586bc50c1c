"""How near lines are in meaning to a question, by the embedding model; vectors of lines are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingestion.ports import Embedder


class LineSimilarity:
    """Cosines between a question and lines. Blocking: call it from a worker thread; safe for several."""

    def __init__(self, embedder: Embedder, keep: int = 20_000) -> None:
        """`keep` is how many vectors of lines stay in memory, the longest unused going first."""
        self._embedder = embedder
        self._keep = keep
        self._vectors: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    def cosines(self, question: str, lines: Sequence[str]) -> list[float]:
        """One cosine a line. Raises ModelMissingError."""
        if not lines:
            return []
        query = self._embedder.embed_query(question)
        vectors = np.stack(self._passages(lines)).astype(np.float32)
        return [float(cosine) for cosine in vectors @ query]

    def _passages(self, lines: Sequence[str]) -> list[NDArray[np.float16]]:
        with self._lock:
            known = {line: self._vectors[line] for line in lines if line in self._vectors}
        new = list(dict.fromkeys(line for line in lines if line not in known))
        if new:
            embedded = self._embedder.embed_passages(new).astype(np.float16)
            known |= dict(zip(new, embedded, strict=True))
        with self._lock:
            for line in lines:
                self._vectors[line] = known[line]
                self._vectors.move_to_end(line)
            while len(self._vectors) > self._keep:
                self._vectors.popitem(last=False)
        return [known[line] for line in lines]
