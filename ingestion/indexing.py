"""Chunks to the points that a vector store keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ingestion.chunking import Spoken, surroundings
from ingestion.domain import ChunkPayload, ChunkPoint, SnippetVector
from ingestion.ports import Embedder
from ingestion.snippets import chunk_vector, snippets
from ingestion.text.sparse import document_vector


class StoredChunk(Protocol):
    """What indexing needs of a chunk."""

    @property
    def id(self) -> str:
        """A UUID."""
        ...

    @property
    def first(self) -> int:
        """Its first utterance."""
        ...

    @property
    def last(self) -> int:
        """Its last utterance, included."""
        ...

    @property
    def text(self) -> str:
        """What is said in it, a line for each utterance."""
        ...


@dataclass(frozen=True, slots=True)
class IndexedMeeting:
    """A meeting as its chunks' payloads name it, with all its chunks and all its utterances in order.

    `replaced` are words that the glossary wrote otherwise, by utterance: they are searched too, but never shown.
    """

    id: str
    project: str
    date: date
    chunks: Sequence[StoredChunk]
    lines: Sequence[Spoken]
    replaced: Mapping[int, str] = field(default_factory=dict[int, str])


def chunk_points(meeting: IndexedMeeting, begin: int, end: int, embedder: Embedder) -> list[ChunkPoint]:
    """The points of the chunks at positions `begin`..`end`-1 of a meeting, embedded in one call."""
    texts = [_searched(chunk, meeting.replaced) for chunk in meeting.chunks]
    some = meeting.chunks[begin:end]
    spoken = [meeting.lines[chunk.first : chunk.last + 1] for chunk in some]
    made = [snippets(lines) for lines in spoken]
    vectors = embedder.embed_passages([one.text for group in made for one in group])
    points: list[ChunkPoint] = []
    taken = 0
    for at, (chunk, lines, group) in enumerate(zip(some, spoken, made, strict=True), start=begin):
        rows = vectors[taken : taken + len(group)]
        taken += len(group)
        points.append(
            ChunkPoint(
                id=chunk.id,
                dense=tuple(chunk_vector(group, rows).tolist()),
                sparse=document_vector(texts[at], surroundings(texts, at)),
                payload=ChunkPayload(
                    project=meeting.project,
                    meeting_id=meeting.id,
                    date=meeting.date,
                    speakers=tuple(sorted({line.speaker for line in lines if line.speaker})),
                    first=chunk.first,
                    last=chunk.last,
                ),
                snippets=tuple(
                    SnippetVector(one.first, one.last, tuple(row.tolist()))
                    for one, row in zip(group, rows, strict=True)
                ),
            )
        )
    return points


def _searched(chunk: StoredChunk, replaced: Mapping[int, str]) -> str:
    """The text of a chunk, and what it replaced."""
    heard = [replaced[index] for index in range(chunk.first, chunk.last + 1) if index in replaced]
    return "\n".join([chunk.text, *heard])
