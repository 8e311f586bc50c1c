"""The vector store of one machine: a Qdrant Edge shard in this process.

Dense vectors are kept as 16-bit floats, those of snippets on the disk, and compared one by one, which is exact: an
HNSW graph would have to be built by `optimize()`, which holds the interpreter for its whole run, and at the size of one
team's meetings it saves only milliseconds. Every write is in the log when it returns, and on the disk after the flush
that follows it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

import qdrant_edge as edge

from ingestion.domain import ChunkPayload, ChunkPoint, ScoredChunk, ScoredSnippet, SearchFilter, SparseVector
from ingestion.errors import ConflictError, HuimaiError, IndexUnusableError
from ingestion.storage import disk_full
from ingestion.vectors.files import REBUILD, IndexFolder, Manifest
from ingestion.vectors.payload import (
    DAY,
    DENSE,
    MEETING,
    PROJECT,
    SNIPPET_LINES,
    SNIPPETS,
    SPARSE,
    SPEAKERS,
    from_stored,
    labels,
    scored_snippets,
    to_stored,
)

# The shard writes through memory maps: a full disk would end the process with SIGBUS, not with an error.
_ROOM_TO_ADD = 64 * 1024**2
_ROOM_TO_REMOVE = 4 * 1024**2
_PAGE = 1000


class EdgeVectorStore:
    """Chunks in a shard under `folder`, for the vectors of one embedding model.

    Raises IndexUnusableError when the index was built with another model or its files are damaged, ConflictError when
    it is open in another process, StorageFullError when there is no room to make it. One thread at a time works with
    the shard; a search of 100,000 chunks takes about 10 ms.
    """

    def __init__(self, folder: Path, dimensions: int, model_id: str, *, fresh: bool = False) -> None:
        """Open the index, or make it; with `fresh`, an empty one in place of whatever is there."""
        self._files = IndexFolder(folder)
        self._manifest = Manifest(model_id, dimensions)
        self._lock = threading.RLock()
        if fresh or not self._files.exists:
            self._make()
        self._files.check(self._manifest)
        self._shard: edge.EdgeShard | None = self._load()

    def upsert(self, points: Sequence[ChunkPoint]) -> None:
        """Store points; a point with a known id is replaced. Raises StorageFullError."""
        if points:
            self._update(edge.UpdateOperation.upsert_points([_point(point) for point in points]))

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove every chunk of a meeting."""
        of_meeting = _required(SearchFilter(meeting_ids=(meeting_id,)))
        self._update(edge.UpdateOperation.delete_points_by_filter(of_meeting), room=_ROOM_TO_REMOVE)

    def relabel(self, meeting_id: str, project: str, date: date) -> None:
        """Write another project and date beside every chunk of a meeting; vectors stay as they are."""
        of_meeting = _required(SearchFilter(meeting_ids=(meeting_id,)))
        self._update(
            edge.UpdateOperation.set_payload_by_filter(of_meeting, labels(project, date)), room=_ROOM_TO_REMOVE
        )

    def search_dense(self, vector: Sequence[float], where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The nearest chunks by cosine, best first."""
        return self._search(edge.Query.Nearest(list(vector), using=DENSE), where, limit)

    def search_sparse(self, vector: SparseVector, where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The best chunks by sparse dot product, each term weighted by its IDF over the whole index, best first."""
        return self._search(edge.Query.Nearest(_sparse(vector), using=SPARSE), where, limit)

    def search_hybrid(
        self, dense: Sequence[float], sparse: SparseVector, where: SearchFilter, limit: int
    ) -> tuple[list[ScoredChunk], list[ScoredChunk]]:
        """Both searches on the same state of the index: (dense hits, sparse hits)."""
        with self._lock:
            return self.search_dense(dense, where, limit), self.search_sparse(sparse, where, limit)

    def snippets(self, vector: Sequence[float], chunk_ids: Sequence[str]) -> dict[str, list[ScoredSnippet]]:
        """How near every snippet of these chunks is, in order, by the ids of those chunks that still exist."""
        with self._use() as shard:
            records = shard.retrieve(list(chunk_ids), with_payload=[SNIPPET_LINES], with_vector=[SNIPPETS])
        return {
            str(record.id): scored_snippets(vector, record.payload or {}, cast(Any, record.vector)[SNIPPETS])
            for record in records
        }

    def count(self, where: SearchFilter) -> int:
        """How many chunks match."""
        with self._use() as shard:
            return shard.count(edge.CountRequest(exact=True, filter=_filter(where)))

    def ids(self, meeting_id: str) -> list[str]:
        """The ids of a meeting's chunks, in the order of the meeting."""
        found = [(payload.first, str(record.id)) for record, payload in self._records(meeting_id)]
        return [id for _, id in sorted(found)]

    def clear(self) -> None:
        """Remove everything. Raises StorageFullError, and then nothing was removed."""
        with self._lock:
            self.close()
            try:
                self._make()
            finally:
                self._shard = self._load()

    def backup_to(self, folder: Path) -> None:
        """Copy the index to `folder`, where an EdgeVectorStore can open it. Raises StorageFullError."""
        with self._lock:
            self.close()
            try:
                self._files.copy_to(folder)
            finally:
                self._shard = self._load()

    def close(self) -> None:
        """Flush and release. The store is not usable afterwards."""
        with self._lock:
            if self._shard is not None:
                self._shard.flush()
                self._shard.close()
                self._shard = None

    def _make(self) -> None:
        self._files.require_space(_ROOM_TO_ADD)
        self._files.make(self._manifest, lambda path: _create(path, self._manifest.dimensions))

    def _load(self) -> edge.EdgeShard:
        try:
            return edge.EdgeShard.load(str(self._files.shard))
        except BaseException as error:  # a damaged file may make the engine panic, which is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise self._explained(error) from error

    @contextmanager
    def _use(self) -> Generator[edge.EdgeShard]:
        with self._lock:
            if self._shard is None:
                raise HuimaiError("the search index is closed", "start the command again")
            try:
                yield self._shard
            except HuimaiError:
                raise
            except Exception as error:
                raise self._explained(error) from error

    def _update(self, operation: edge.UpdateOperation, room: int = _ROOM_TO_ADD) -> None:
        with self._use() as shard:
            self._files.require_space(room)
            shard.update(operation)
            shard.flush()

    def _search(self, query: edge.Query, where: SearchFilter, limit: int) -> list[ScoredChunk]:
        with self._use() as shard:
            found = shard.query(edge.QueryRequest(limit=limit, query=query, filter=_filter(where)))
        return [ScoredChunk(str(hit.id), hit.score) for hit in found]

    def _records(self, meeting_id: str) -> list[tuple[edge.Record, ChunkPayload]]:
        records: list[tuple[edge.Record, ChunkPayload]] = []
        of_meeting, offset = _required(SearchFilter(meeting_ids=(meeting_id,))), None
        with self._use() as shard:
            while True:
                request = edge.ScrollRequest(offset=offset, limit=_PAGE, filter=of_meeting, with_payload=True)
                page, offset = shard.scroll(request)
                records += [(record, from_stored(record.payload or {})) for record in page]
                if offset is None:
                    return records

    def _explained(self, error: BaseException) -> HuimaiError:
        text = str(error)
        if "No space left" in text or "os error 28" in text:
            return disk_full(self._files.folder)
        if "WouldBlock" in text:
            return ConflictError(
                f"the search index in {self._files.folder} is open in another process",
                "wait until it ends, or keep `huimai serve` running: commands then go through it",
            )
        return IndexUnusableError(
            f"the search index in {self._files.folder} is damaged: {text.splitlines()[0][:200]}", REBUILD
        )


def _create(path: Path, dimensions: int) -> None:
    config = edge.EdgeConfig(
        vectors={
            DENSE: edge.EdgeVectorParams(
                size=dimensions, distance=edge.Distance.Cosine, datatype=edge.VectorStorageDatatype.Float16
            ),
            SNIPPETS: edge.EdgeVectorParams(
                size=dimensions,
                distance=edge.Distance.Cosine,
                datatype=edge.VectorStorageDatatype.Float16,
                on_disk=True,
                multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
            ),
        },
        sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        max_search_threads=1,  # there is one segment, so more threads would only wait
    )
    path.mkdir()
    shard = edge.EdgeShard.create(str(path), config)
    for field, schema in (
        (PROJECT, edge.KeywordIndexParams(is_tenant=True)),
        (MEETING, edge.PayloadSchemaType.Keyword),
        (SPEAKERS, edge.PayloadSchemaType.Keyword),
        (DAY, edge.PayloadSchemaType.Integer),
    ):
        shard.update(edge.UpdateOperation.create_field_index(field, schema))
    shard.flush()
    shard.close()


def _point(point: ChunkPoint) -> edge.Point:
    vectors = {
        DENSE: list(point.dense),
        SNIPPETS: [list(snippet.vector) for snippet in point.snippets],
        SPARSE: _sparse(point.sparse),
    }
    return edge.Point(point.id, cast(Any, vectors), to_stored(point))


def _sparse(vector: SparseVector) -> edge.SparseVector:
    return edge.SparseVector(list(vector.indices), list(vector.values))


def _filter(where: SearchFilter) -> edge.Filter | None:
    return None if where == SearchFilter() else _required(where)


def _required(where: SearchFilter) -> edge.Filter:
    wanted = ((PROJECT, where.projects), (MEETING, where.meeting_ids), (SPEAKERS, where.speakers))
    must: list[edge.FieldCondition] = [
        edge.FieldCondition(key, match=edge.MatchAny(list(values))) for key, values in wanted if values
    ]
    if where.since or where.until:
        days = edge.RangeFloat(
            gte=where.since.toordinal() if where.since else None, lte=where.until.toordinal() if where.until else None
        )
        must.append(edge.FieldCondition(DAY, range=days))
    return edge.Filter(must=[*must])
