"""The vector store of a team server: a collection on a Qdrant server or cluster, a project a tenant."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingestion.domain import ChunkPayload, ChunkPoint, ScoredChunk, ScoredSnippet, SearchFilter, SparseVector
from ingestion.errors import HuimaiError, IndexUnusableError, MissingExtraError
from ingestion.vectors.files import REBUILD
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

if TYPE_CHECKING:
    from qdrant_client import QdrantClient, models

_PAGE = 1000
_MODEL = "embedding_model"


def connect(url: str, api_key: str | None = None) -> QdrantClient:
    """A client of the server at `url`. Raises MissingExtraError when qdrant-client is not installed."""
    try:
        from qdrant_client import QdrantClient
    except ImportError as error:
        raise MissingExtraError("a Qdrant server as vector store", "qdrant") from error
    return QdrantClient(url=url, api_key=api_key, check_compatibility=False)


class QdrantVectorStore:
    """Chunks in one collection of a server, for the vectors of one embedding model.

    Raises IndexUnusableError when the collection was built with another model, HuimaiError when the server does not
    answer.
    """

    def __init__(
        self, client: QdrantClient, dimensions: int, model_id: str, *, collection: str = "huimai", fresh: bool = False
    ) -> None:
        """Open the collection, or make it; with `fresh`, an empty one in place of whatever is there."""
        self._client = client
        self._collection = collection
        self._dimensions = dimensions
        self._model_id = model_id
        with self._explained():
            if fresh:
                client.delete_collection(collection)
            if not client.collection_exists(collection):
                self._make()
            self._check()

    def upsert(self, points: Sequence[ChunkPoint]) -> None:
        """Store points; a point with a known id is replaced."""
        from qdrant_client import models

        if not points:
            return
        stored = [models.PointStruct(id=p.id, vector=_vectors(p), payload=to_stored(p)) for p in points]
        with self._explained():
            self._client.upsert(self._collection, stored, wait=True)

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove every chunk of a meeting."""
        from qdrant_client import models

        of_meeting = models.FilterSelector(filter=_filter(SearchFilter(meeting_ids=(meeting_id,))))
        with self._explained():
            self._client.delete(self._collection, of_meeting, wait=True)

    def relabel(self, meeting_id: str, project: str, date: date) -> None:
        """Write another project and date beside every chunk of a meeting; vectors stay as they are."""
        of_meeting = _filter(SearchFilter(meeting_ids=(meeting_id,)))
        with self._explained():
            self._client.set_payload(self._collection, labels(project, date), of_meeting, wait=True)

    def search_dense(self, vector: Sequence[float], where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The nearest chunks by cosine, best first."""
        return self._search([_request(list(vector), DENSE, where, limit)])[0]

    def search_sparse(self, vector: SparseVector, where: SearchFilter, limit: int) -> list[ScoredChunk]:
        """The best chunks by sparse dot product, each term weighted by its IDF on the server, best first."""
        return self._search([_request(_sparse(vector), SPARSE, where, limit)])[0]

    def search_hybrid(
        self, dense: Sequence[float], sparse: SparseVector, where: SearchFilter, limit: int
    ) -> tuple[list[ScoredChunk], list[ScoredChunk]]:
        """Both searches in one round trip: (dense hits, sparse hits)."""
        requests = [_request(list(dense), DENSE, where, limit), _request(_sparse(sparse), SPARSE, where, limit)]
        by_dense, by_sparse = self._search(requests)
        return by_dense, by_sparse

    def snippets(self, vector: Sequence[float], chunk_ids: Sequence[str]) -> dict[str, list[ScoredSnippet]]:
        """How near every snippet of these chunks is, in order, by the ids of those chunks that still exist."""
        with self._explained():
            records = self._client.retrieve(
                self._collection, list(chunk_ids), with_payload=[SNIPPET_LINES], with_vectors=[SNIPPETS]
            )
        return {
            str(record.id): scored_snippets(vector, record.payload or {}, cast(Any, record.vector)[SNIPPETS])
            for record in records
        }

    def count(self, where: SearchFilter) -> int:
        """How many chunks match."""
        with self._explained():
            return self._client.count(self._collection, count_filter=_filter(where), exact=True).count

    def ids(self, meeting_id: str) -> list[str]:
        """The ids of a meeting's chunks, in the order of the meeting."""
        with self._explained():
            found = [(payload.first, str(record.id)) for record, payload in self._records(meeting_id)]
        return [id for _, id in sorted(found)]

    def clear(self) -> None:
        """Remove everything."""
        with self._explained():
            self._client.delete_collection(self._collection)
            self._make()

    def backup_to(self, folder: Path) -> None:
        """Not done from here: raises HuimaiError, because the server makes its own snapshots."""
        raise HuimaiError(
            f"vectors on a Qdrant server are not copied to {folder}",
            f"take a snapshot of its collection '{self._collection}', or run `huimai reindex` after a restore",
            status=501,
        )

    def close(self) -> None:
        """Disconnect. The store is not usable afterwards."""
        self._client.close()

    def _make(self) -> None:
        from qdrant_client import models

        self._client.create_collection(
            self._collection,
            vectors_config={
                DENSE: models.VectorParams(
                    size=self._dimensions,
                    distance=models.Distance.COSINE,
                    on_disk=True,
                    quantization_config=models.ScalarQuantization(
                        scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
                    ),
                ),
                SNIPPETS: models.VectorParams(
                    size=self._dimensions,
                    distance=models.Distance.COSINE,
                    on_disk=True,
                    datatype=models.Datatype.FLOAT16,
                    multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
                    # only ever compared among chunks that were found
                    hnsw_config=models.HnswConfigDiff(m=0, payload_m=0),
                ),
            },
            sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            hnsw_config=models.HnswConfigDiff(payload_m=16),
            metadata={_MODEL: self._model_id},
        )
        for field, schema in (
            (PROJECT, models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)),
            (MEETING, models.PayloadSchemaType.KEYWORD),
            (SPEAKERS, models.PayloadSchemaType.KEYWORD),
            (DAY, models.PayloadSchemaType.INTEGER),
        ):
            self._client.create_payload_index(self._collection, field, schema, wait=True)

    def _check(self) -> None:
        config = self._client.get_collection(self._collection).config
        vectors = config.params.vectors
        if not isinstance(vectors, dict) or SNIPPETS not in vectors:
            raise IndexUnusableError(
                f"the collection '{self._collection}' was built by another version of Huimai", REBUILD
            )
        dimensions = vectors[DENSE].size
        model = (config.metadata or {}).get(_MODEL, "unknown")
        if (model, dimensions) != (self._model_id, self._dimensions):
            raise IndexUnusableError(
                f"the collection '{self._collection}' was built with the embedding model {model} ({dimensions} "
                f"dimensions), the settings name {self._model_id} ({self._dimensions})",
                REBUILD + ", or set the model back",
            )

    def _search(self, requests: list[models.QueryRequest]) -> list[list[ScoredChunk]]:
        with self._explained():
            answers = self._client.query_batch_points(self._collection, requests)
        return [[ScoredChunk(str(p.id), p.score) for p in answer.points] for answer in answers]

    def _records(self, meeting_id: str) -> list[tuple[models.Record, ChunkPayload]]:
        records: list[tuple[models.Record, ChunkPayload]] = []
        offset: Any = None
        while True:
            page, offset = self._client.scroll(
                self._collection, _filter(SearchFilter(meeting_ids=(meeting_id,))), limit=_PAGE, offset=offset
            )
            records += [(record, from_stored(record.payload or {})) for record in page]
            if offset is None:
                return records

    @contextmanager
    def _explained(self) -> Generator[None]:
        from qdrant_client.http.exceptions import ApiException

        try:
            yield
        except ApiException as error:
            raise HuimaiError(
                f"the Qdrant server failed: {' '.join(str(error).split())[:200]}",
                "check that it runs and that qdrant_url and qdrant_api_key are right",
                status=502,
            ) from error


def _request(query: Any, using: str, where: SearchFilter, limit: int) -> models.QueryRequest:
    from qdrant_client import models

    return models.QueryRequest(query=query, using=using, filter=_filter(where), limit=limit, with_payload=False)


def _vectors(point: ChunkPoint) -> Any:
    return {
        DENSE: list(point.dense),
        SNIPPETS: [list(snippet.vector) for snippet in point.snippets],
        SPARSE: _sparse(point.sparse),
    }


def _sparse(vector: SparseVector) -> models.SparseVector:
    from qdrant_client import models

    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _filter(where: SearchFilter) -> models.Filter:
    from qdrant_client import models

    wanted = ((PROJECT, where.projects), (MEETING, where.meeting_ids), (SPEAKERS, where.speakers))
    must: list[models.Condition] = [
        models.FieldCondition(key=key, match=models.MatchAny(any=list(values))) for key, values in wanted if values
    ]
    if where.since or where.until:
        days = models.Range(
            gte=where.since.toordinal() if where.since else None, lte=where.until.toordinal() if where.until else None
        )
        must.append(models.FieldCondition(key=DAY, range=days))
    return models.Filter(must=must)
