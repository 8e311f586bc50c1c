"""The values that travel through ingestion. Times are seconds from the start of the recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Progress = Callable[[float], None]
"""Called with the share done, 0.0 to 1.0."""


class Stage(StrEnum):
    """The steps of an ingest, in their order, and its two ends."""

    QUEUED = "queued"
    DECODE = "decode"
    SEGMENT = "segment"
    TRANSCRIBE = "transcribe"
    DIARIZE = "diarize"
    CLEAN = "clean"
    CHUNK = "chunk"
    INDEX = "index"
    READY = "ready"
    FAILED = "failed"


class Side(StrEnum):
    """On which side of the table somebody speaks."""

    CUSTOMER = "customer"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word with the recogniser's probability (0..1)."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class SpokenSegment:
    """A sentence-sized run of recognised speech, as the recogniser wrote it.

    `language` is an ISO 639-1 code, `confidence` the mean word probability, 0..1.
    """

    start: float
    end: float
    text: str
    language: str
    confidence: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of an imported transcript. Speaker and times may be unknown."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """An imported transcript, in its own order; the index of a line is its utterance index.

    `id`, `project`, `title`, `date` and `language` are given when the file itself says them. `warnings` are one-line
    notes on what was repaired or skipped.
    """

    lines: tuple[TranscriptLine, ...]
    id: str | None = None
    project: str | None = None
    title: str | None = None
    date: date | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a probe found in a recording. `created` comes from the container's tags, if it has any."""

    container: str
    codec: str
    duration: float | None
    sample_rate: int
    channels: int
    created: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of audio in seconds, end excluded."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A name or term of a project: how it is written, and what recognisers and people write instead."""

    canonical: str
    aliases: tuple[str, ...] = ()
    kind: str = "term"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change that cleaning made: `before` stood in the raw text, `after` stands in the text."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class CleanedText:
    """Text after cleaning, with every change that was made."""

    text: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """An utterance before it is stored: speaker may be unknown, times may be unknown in imported transcripts.

    `voice` is the number of the voice that was heard; `sure` is false where others speak at the same time, so that it
    is a guess.
    """

    index: int
    text: str
    raw_text: str
    speaker: str | None
    start: float | None
    end: float | None
    language: str
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    corrections: tuple[Correction, ...] = ()
    voice: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class StoredLine:
    """An utterance as it stands, to be read alone; the fields are those of `tables.Utterance`. `words` are empty where
    they were not asked for."""

    index: int
    speaker: str | None
    text: str
    start: float | None
    end: float | None
    raw_text: str
    confidence: float | None
    sure: bool
    uncorrected: Mapping[str, Any] | None
    words: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class ChunkDraft:
    """A run of utterances `first`..`last` (both included) that is searched as one. `words` is its size without
    fillers; Chinese characters count as 1/1.65 word each."""

    first: int
    last: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term weights by hashed term (u32), indices ascending and unique."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChunkPayload:
    """What is stored beside a chunk's vectors, and what a search can filter on."""

    project: str
    meeting_id: str
    date: date
    speakers: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SnippetVector:
    """The unit vector of what is said in utterances `first`..`last`, both included, or in a part of one."""

    first: int
    last: int
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChunkPoint:
    """A chunk as the vector store keeps it, with one snippet at least. `id` is a UUID string."""

    id: str
    dense: tuple[float, ...]
    sparse: SparseVector
    payload: ChunkPayload
    snippets: tuple[SnippetVector, ...]


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Restrictions that hold together. Empty means no restriction; dates are both included."""

    projects: tuple[str, ...] = ()
    meeting_ids: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ScoredSnippet:
    """How near what is said in utterances `first`..`last`, or in a part of one, is to a question: a cosine."""

    first: int
    last: int
    cosine: float


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A hit of one search: cosine for dense vectors, BM25 for sparse ones. Where it lies stands in the database."""

    id: str
    score: float
