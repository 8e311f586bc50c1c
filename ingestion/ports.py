"""The collaborators that can be swapped. Each has a real implementation and an honest small double in tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import (
    ChunkPoint,
    Progress,
    ScoredChunk,
    ScoredSnippet,
    SearchFilter,
    SparseVector,
    SpokenSegment,
)
from ingestion.speakers.domain import HeardVoice

Samples = NDArray[np.float32]
"""Mono audio at 16 kHz, -1..1."""


class Transcriber(Protocol):
    """Speech to text. Blocking: call it from a worker thread."""

    @property
    def model_id(self) -> str:
        """Name of the model that `transcribe` uses."""
        ...

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """Recognise one piece of audio. Times count from the start of `samples`.

        `language` is an ISO 639-1 code, or None to detect it anew in every window. Raises ModelMissingError.
        """
        ...

    def unload(self) -> None:
        """Free the model's memory; the next call loads it again."""
        ...


class Diarizer(Protocol):
    """Hears voices, without knowing whose they are. Blocking: call it from a worker thread."""

    @property
    def model_id(self) -> str:
        """Name of the model that makes the voices' vectors; those of different models never mix."""
        ...

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        """The voices of a stretch that begins `start` seconds into the recording. Raises ModelMissingError."""
        ...

    def unload(self) -> None:
        """Free the models' memory; the next call loads them again."""
        ...


class Embedder(Protocol):
    """Text to unit vectors of `dimensions` numbers. Blocking: call it from a worker thread.

    Embedding raises ModelMissingError without the model, ModelFailedError when it or its server gives no vectors, and
    PrivacyError when the server may not be told (see `ingestion.outbound`).
    """

    @property
    def model_id(self) -> str:
        """Name of the model; vectors of different models never mix."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of stored text, one row a text."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, one dimension."""
        ...

    def unrelated_below(self, language: str) -> float:
        """The cosine below which a passage has nothing to do with a question in that language, ISO 639-1; -1 where
        that is not known."""
        ...

    def prepare(self) -> None:
        """Load and keep what of the model takes long and little memory, if anything does. Raises ModelMissingError."""
        ...

    def unload(self) -> None:
        """Free the model's memory; the next call loads it again."""
        ...


class VectorStore(Protocol):
    """Chunks by dense and sparse vector. Safe to call from several threads; writes are durable on return."""

    def upsert(self, points: Sequence[ChunkPoint]) -> None:
        """Store points; a point with a known id is replaced."""
        ...

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove every chunk of a meeting."""
        ...

    def relabel(self, meeting_id: str, project: str, date: date) -> None:
        """Write another project and date beside every chunk of a meeting; vectors stay as they are."""
        ...

    def search_dense(self, vector: Sequence[float], where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The nearest chunks by cosine, best first."""
        ...

    def search_sparse(self, vector: SparseVector, where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The best chunks by sparse dot product with IDF applied by the store, best first."""
        ...

    def search_hybrid(
        self, dense: Sequence[float], sparse: SparseVector, where: SearchFilter, limit: int
    ) -> tuple[list[ScoredChunk], list[ScoredChunk]]:
        """Both searches in one call: (dense hits, sparse hits)."""
        ...

    def snippets(self, vector: Sequence[float], chunk_ids: Sequence[str]) -> dict[str, list[ScoredSnippet]]:
        """How near every snippet of these chunks is, in order, by the ids of those chunks that still exist."""
        ...

    def count(self, where: SearchFilter) -> int:
        """How many chunks match."""
        ...

    def ids(self, meeting_id: str) -> list[str]:
        """The ids of a meeting's chunks."""
        ...

    def clear(self) -> None:
        """Remove everything."""
        ...

    def backup_to(self, folder: Path) -> None:
        """Write a consistent copy from which the store can be opened again."""
        ...

    def close(self) -> None:
        """Flush and release. The store is not usable afterwards."""
        ...
