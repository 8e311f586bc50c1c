"""The collaborator of retrieval that can be swapped. An honest small double of it stands in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Scores passages by reading each together with the question. Blocking: call it from a worker thread."""

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        """A finite score for each passage, in the order given; higher answers the query better.

        A score depends on its query and passage alone, not on the other passages. Its scale is the engine's own, so
        scores of different engines do not compare. What is longer than the engine reads is cut. Raises
        ModelMissingError, ModelFailedError, MissingExtraError, and PrivacyError when it is behind a server that may not
        be told (see `ingestion.outbound`).
        """
        ...

    def unload(self) -> None:
        """Free the model's memory; the next call loads it again."""
        ...
