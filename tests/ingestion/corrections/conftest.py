"""A small house in which meetings are derived by the real pipeline, and corrected."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlmodel import SQLModel

from ingestion.corrections.service import Corrector
from ingestion.database import Database
from ingestion.domain import Span, SparseVector, SpokenSegment, TranscriptLine
from ingestion.media.store import MediaStore
from ingestion.pipeline import IngestionPipeline
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.settings import IngestionSettings
from ingestion.snippets import snippets
from ingestion.steps import IngestionDeps
from ingestion.stored_values import segments_to_json
from ingestion.tables import Chunk, Media, Meeting, Utterance
from ingestion.text.sparse import query_vector
from ingestion.vectors.edge import EdgeVectorStore
from tests.doubles import HashEmbedder, ScriptedTranscriber

Heard = tuple[float, float, str]


class CountingEmbedder(HashEmbedder):
    """Remembers what it was asked to embed. `failure` is raised instead, when set."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []
        self.failure: Exception | None = None

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.failure:
            raise self.failure
        self.embedded += texts
        return super().embed_passages(texts)


def until(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class House:
    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'huimai.db'}")
        SQLModel.metadata.create_all(self.database.engine)
        self.embedder = CountingEmbedder()
        self.vectors = EdgeVectorStore(folder / "vectors", self.embedder.dimensions, self.embedder.model_id)
        settings = IngestionSettings(chunk_words=20)
        self.pipeline = IngestionPipeline(
            IngestionDeps(
                database=self.database,
                media=MediaStore(folder / "media"),
                transcriber=ScriptedTranscriber([]),
                diarizer=None,
                embedder=self.embedder,
                vectors=self.vectors,
                work=folder / "work",
                settings=settings,
            )
        )
        self.corrector = Corrector(self.database, self.vectors, self.embedder, settings)

    def read(self, id: str, *lines: tuple[str | None, str], project: str = "Atlas") -> str:
        """Import a transcript without times."""
        with self.database.session() as session:
            self._add(MeetingRepository(session), ProjectRepository(session).ensure(project).id, id)
            source = [TranscriptLine(text, speaker) for speaker, text in lines]
            TranscriptRepository(session).set_source_lines(id, source)
        self.derive(id)
        return id

    def hear(self, id: str, *heard: Heard, project: str = "Atlas") -> str:
        """Ingest a recording in which this was heard."""
        with self.database.session() as session:
            meetings = MeetingRepository(session)
            meetings.add_media(
                Media(sha256=id, extension="wav", size=1, container="wav", codec="pcm", sample_rate=1, channels=1)
            )
            meeting = self._add(meetings, ProjectRepository(session).ensure(project).id, id)
            meeting.media_sha256 = id
            end = heard[-1][1]
            TranscriptRepository(session).set_pieces(id, [Span(0, end)], [Span(0, end)])
        self.hear_anew(id, *heard)
        return id

    def hear_anew(self, id: str, *heard: Heard) -> None:
        """As if another model had cut and recognised the recording."""
        with self.database.session() as session:
            piece = TranscriptRepository(session).piece(id, 0)
            piece.segments = segments_to_json([SpokenSegment(s, e, text, "en", 0.9) for s, e, text in heard])
            session.add(piece)
        self.derive(id)

    def derive(self, id: str) -> None:
        """Every step from the raw text on."""
        for step in (self.pipeline.clean, self.pipeline.chunk, self.pipeline.index, self.pipeline.finish):
            step(id)

    def query(self, text: str) -> SparseVector:
        return query_vector(text)

    def said(self, id: str) -> list[tuple[str | None, str]]:
        return [(u.speaker, u.text) for u in self.utterances(id)]

    def nearness(self, id: str) -> list[float]:
        """How near the stored vector of every snippet is to that of what it should say, 1 where they are the same."""
        lines, found = self.utterances(id), list[float]()
        for one in self.chunks(id):
            for at, snippet in enumerate(snippets(lines[one.first : one.last + 1])):
                vector = self.embedder.embed_query(snippet.text).tolist()
                found.append(self.vectors.snippets(vector, [one.id])[one.id][at].cosine)
        return found

    def utterances(self, id: str) -> list[Utterance]:
        with self.database.session() as session:
            return TranscriptRepository(session).utterances(id)

    def chunks(self, id: str) -> list[Chunk]:
        with self.database.session() as session:
            return TranscriptRepository(session).chunks(id)

    def meeting(self, id: str) -> tuple[Meeting, str]:
        with self.database.session() as session:
            meetings = MeetingRepository(session)
            return meetings.get(id), meetings.project_name(id)

    def set(self, id: str, **fields: object) -> None:
        with self.database.session() as session:
            meeting = MeetingRepository(session).get(id)
            for name, value in fields.items():
                setattr(meeting, name, value)
            session.add(meeting)

    def _add(self, meetings: MeetingRepository, project_id: str, id: str) -> Meeting:
        return meetings.add(
            Meeting(
                id=id,
                project_id=project_id,
                title=id.title(),
                date=date(2026, 3, 4),
                date_source="file name",
                source_name=id,
                source_sha256=id,
            )
        )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.corrector.close()
    house.vectors.close()
    house.database.close()
