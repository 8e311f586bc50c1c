"""A memory of two small series, indexed for real but with a hashing embedder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from ingestion.chunking import chunk, chunk_id
from ingestion.database import Database
from ingestion.domain import SpokenLine, Stage
from ingestion.indexing import IndexedMeeting, chunk_points
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import Meeting
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.doubles import HashEmbedder

Lines = Sequence[tuple[str | None, str]]

GATEWAY_1: Lines = (
    ("王芳", "大家好，今天过一下支付网关升级的进度。"),
    ("李强", "联调已经完成，成功率是98.2%。"),
    ("王芳", ""),
    ("王芳", "上线时间定在三月二十号，由李强负责。"),
    ("陈晨", "退款接口还有一个超时的问题，我这周修好。"),
)
GATEWAY_2: Lines = (
    ("李强", "压测发现延迟升高，上线时间推迟到四月三号。"),
    ("陈晨", "退款接口的超时已经修好了。"),
    ("王芳", "那预算增加五万，我去找财务批。"),
)
ATLAS: Lines = (
    ("Maya Chen", "Crash rate on Android went up to 2.4% after the last release."),
    ("Tom", "I will roll back the image cache by Friday."),
    ("Maya Chen", "The beta opens on May 4 with five hundred testers."),
    ("Priya", "Legal still has to approve the new privacy notice."),
)


class Memory:
    """A database, a store and a service over them; `add` indexes a meeting."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'huimai.db'}")
        SQLModel.metadata.create_all(self.database.engine)
        self.embedder = HashEmbedder()
        self.store = EdgeVectorStore(folder / "vectors", self.embedder.dimensions, self.embedder.model_id)
        self.service = RetrievalService(self.database, self.store, self.embedder, RetrievalSettings())

    def add(
        self, id: str, project: str, day: date, lines: Lines, *, words: int = 30, stage: Stage = Stage.READY
    ) -> None:
        """Index a meeting cut into chunks of about `words` words."""
        spoken = [
            SpokenLine(i, text, text, speaker, i * 4.0, i * 4.0 + 3.0, "zh") for i, (speaker, text) in enumerate(lines)
        ]
        drafts = [(chunk_id(id, draft.first, draft.last), draft) for draft in chunk(spoken, words)]
        with self.database.session() as session:
            owner = ProjectRepository(session).ensure(project)
            meeting = Meeting(
                id=id,
                project_id=owner.id,
                title=f"{project} {day}",
                date=day,
                date_source="given",
                source_name=id,
                source_sha256=id,
                stage=stage,
            )
            MeetingRepository(session).add(meeting)
            TranscriptRepository(session).replace_utterances(id, spoken)
            TranscriptRepository(session).replace_chunks(id, drafts)
            chunks = TranscriptRepository(session).chunks(id)
        indexed = IndexedMeeting(id, project, day, chunks, spoken)
        self.store.upsert(chunk_points(indexed, 0, len(chunks), self.embedder))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Memory]:
    memory = Memory(tmp_path)
    yield memory
    memory.store.close()
    memory.database.close()


@pytest.fixture
def memory(empty: Memory) -> Memory:
    empty.add("g1", "支付网关升级", date(2026, 3, 2), GATEWAY_1, words=20)
    empty.add("g2", "支付网关升级", date(2026, 3, 9), GATEWAY_2, words=20)
    empty.add("a1", "Atlas Mobile", date(2026, 3, 4), ATLAS, words=20)
    return empty
