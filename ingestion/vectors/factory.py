"""Vector stores by the name that the settings use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingestion.errors import BadInputError
from ingestion.ports import VectorStore


@dataclass(frozen=True, slots=True)
class _Options:
    folder: Path
    dimensions: int
    model_id: str
    url: str | None
    api_key: str | None
    fresh: bool


def open_store(
    name: str,
    *,
    folder: Path,
    dimensions: int,
    model_id: str,
    url: str | None = None,
    api_key: str | None = None,
    fresh: bool = False,
) -> VectorStore:
    """The store called `name`, for vectors of `dimensions` numbers made by the model `model_id`.

    `folder` is where a store in process keeps its files; `url` and `api_key` are of a server. `fresh` drops what is
    stored, even if it is damaged or of another model.

    Raises BadInputError for an unknown name or a missing address, MissingExtraError when its package is not installed,
    IndexUnusableError when the stored vectors are damaged or of another model, ConflictError when they are in use.
    """
    if name not in _STORES:
        raise BadInputError(f"there is no vector store '{name}'", f"vector stores: {', '.join(_STORES)}")
    return _STORES[name](_Options(folder, dimensions, model_id, url, api_key, fresh))


def _edge(options: _Options) -> VectorStore:
    from ingestion.vectors.edge import EdgeVectorStore

    return EdgeVectorStore(options.folder, options.dimensions, options.model_id, fresh=options.fresh)


def _qdrant(options: _Options) -> VectorStore:
    from ingestion.vectors.qdrant import QdrantVectorStore, connect

    if not options.url:
        raise BadInputError("the address of the Qdrant server is not set", "set qdrant_url, or vector_store to edge")
    client = connect(options.url, options.api_key)
    return QdrantVectorStore(client, options.dimensions, options.model_id, fresh=options.fresh)


_STORES: dict[str, Callable[[_Options], VectorStore]] = {"edge": _edge, "qdrant": _qdrant}
