"""How near each line of the evidence is to the question, from the stored vectors of its snippets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingestion.chunking import chunk_id
from ingestion.ports import VectorStore
from ingestion.search_repository import ChunkRange
from retrieval.domain import Evidence


def with_cosines(
    evidence: Sequence[Evidence], places: Sequence[ChunkRange], store: VectorStore, vector: Sequence[float]
) -> tuple[Evidence, ...]:
    """The evidence with the cosine of each line to the question's `vector`: that of the nearest snippet it is part of.

    `places` are all chunks of the meetings concerned.
    """
    meetings = {
        chunk_id(place.meeting_id, place.first, place.last): place.meeting_id
        for place in places
        if any(_shares(one, place) for one in evidence)
    }
    cosines: dict[tuple[str, int], float] = {}
    for id, snippets in store.snippets(vector, list(meetings)).items():
        for snippet in snippets:
            for index in range(snippet.first, snippet.last + 1):
                key = (meetings[id], index)
                cosines[key] = max(snippet.cosine, cosines.get(key, -1.0))
    return tuple(_compared(one, cosines) for one in evidence)


def _shares(evidence: Evidence, place: ChunkRange) -> bool:
    return evidence.meeting_id == place.meeting_id and evidence.first <= place.last and place.first <= evidence.last


def _compared(evidence: Evidence, cosines: Mapping[tuple[str, int], float]) -> Evidence:
    lines = tuple(replace(line, cosine=cosines.get((evidence.meeting_id, line.index))) for line in evidence.lines)
    return replace(evidence, lines=lines)
