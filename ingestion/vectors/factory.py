"""Vector stores by the name that the settings use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingestion.errors import BadInputError
from ingestion.ports import VectorStore


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What a store is opened with; each takes what it needs. `fresh` drops what is stored, even if it is damaged."""

    folder: Path
    dimensions: int
    model_id: str
    url: str | None = None
    api_key: str | None = None
    fresh: bool = False


def open_store(name: str, options: StoreOptions) -> VectorStore:
    """The store called `name`.

    Raises BadInputError for an unknown name or a missing address, MissingExtraError when its package is not installed,
    ConflictError when the stored vectors are of another model, HuimaiError when they are damaged.
    """
    if name not in STORES:
        raise BadInputError(f"there is no vector store '{name}'", f"vector stores: {', '.join(STORES)}")
    return STORES[name](options)


def _edge(options: StoreOptions) -> VectorStore:
    from ingestion.vectors.edge import EdgeVectorStore

    return EdgeVectorStore(options.folder, options.dimensions, options.model_id, fresh=options.fresh)


def _qdrant(options: StoreOptions) -> VectorStore:
    from ingestion.vectors.qdrant import QdrantVectorStore, connect

    if not options.url:
        raise BadInputError("the address of the Qdrant server is not set", "set qdrant_url, or vector_store to edge")
    client = connect(options.url, options.api_key)
    return QdrantVectorStore(client, options.dimensions, options.model_id, fresh=options.fresh)


STORES: dict[str, Callable[[StoreOptions], VectorStore]] = {"edge": _edge, "qdrant": _qdrant}
