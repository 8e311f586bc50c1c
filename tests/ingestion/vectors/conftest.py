"""The stores under one contract, and points to fill them with."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingestion.domain import ChunkPayload, ChunkPoint, SnippetVector, SparseVector
from ingestion.ports import VectorStore
from ingestion.vectors.edge import EdgeVectorStore

DIMENSIONS = 8
MODEL = "test-model"
MakePoint = Callable[..., ChunkPoint]


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[EdgeVectorStore]:
    store = EdgeVectorStore(tmp_path / "vectors", DIMENSIONS, MODEL)
    yield store
    store.close()


@pytest.fixture(params=["edge", "qdrant"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "edge":
        made: VectorStore = EdgeVectorStore(tmp_path / "vectors", DIMENSIONS, MODEL)
    else:
        qdrant_client = pytest.importorskip("qdrant_client")
        from ingestion.vectors.qdrant import QdrantVectorStore

        with warnings.catch_warnings():  # the client in memory has no payload indexes and says so
            warnings.simplefilter("ignore")
            made = QdrantVectorStore(qdrant_client.QdrantClient(":memory:"), DIMENSIONS, MODEL)
    yield made
    made.close()


@pytest.fixture
def point() -> MakePoint:
    """Makes a chunk; its dense vector points along `axis`, those of its snippets along `snippets`, one a line, and its
    sparse vector has a weight of 1 for each term."""

    def make(
        name: str,
        *,
        axis: int = 0,
        terms: tuple[int, ...] = (1,),
        project: str = "P",
        meeting: str = "m1",
        day: date = date(2026, 3, 2),
        speakers: tuple[str, ...] = ("Ann",),
        first: int = 0,
        snippets: tuple[int, ...] = (),
    ) -> ChunkPoint:
        def along(axis: int) -> tuple[float, ...]:
            vector = np.full(DIMENSIONS, 0.1)
            vector[axis] = 1.0
            return tuple((vector / np.linalg.norm(vector)).tolist())

        return ChunkPoint(
            id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
            dense=along(axis),
            sparse=SparseVector(terms, (1.0,) * len(terms)),
            payload=ChunkPayload(project, meeting, day, speakers, first, first + 2),
            snippets=tuple(
                SnippetVector(first + i, first + i, along(way)) for i, way in enumerate(snippets or (axis,))
            ),
        )

    return make
