"""A home in which real recordings are ingested; only the models are doubles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from ingestion.database import Database
from ingestion.domain import SpokenSegment, Word
from ingestion.media.store import MediaStore
from ingestion.pipeline import IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.settings import IngestionSettings
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import SpeakerTurn
from ingestion.speakers.telling import want_told_anew
from ingestion.steps import IngestionDeps
from ingestion.tables import Utterance
from ingestion.vectors.edge import EdgeVectorStore
from tests.doubles import DoubleTranscriber, HashEmbedder, ScriptedDiarizer

RECORDING = Path(__file__).parents[3] / "samples" / "B_en_atlas_mobile" / "2026-03-04.m4a"
TURNS = [SpeakerTurn(at % 3 + 1, at * 7.0, at * 7.0 + 6.6) for at in range(20)]
"""Three people, seven seconds each."""


class WordForWord(DoubleTranscriber):
    """Hears a word every second, in segments of ten, never the same word twice."""

    def __init__(self) -> None:
        super().__init__("word-for-word")
        self._numbers = count()

    def hear(self, seconds: float, language: str | None) -> list[SpokenSegment]:
        whole = int(seconds)
        return [self._segment(range(start, min(start + 10, whole))) for start in range(0, whole, 10)]

    def _segment(self, seconds: range) -> SpokenSegment:
        words = tuple(Word(f" w{next(self._numbers)}", at + 0.05, at + 0.85, 0.9) for at in seconds)
        text = "".join(word.text for word in words).strip()
        return SpokenSegment(seconds.start, seconds.stop - 0.1, text, "en", 0.9, words)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[IngestionDeps]:
    embedder = HashEmbedder()
    database = Database(f"sqlite:///{tmp_path / 'some.db'}")
    SQLModel.metadata.create_all(database.engine)
    vectors = EdgeVectorStore(tmp_path / "vectors", embedder.dimensions, embedder.model_id)
    yield IngestionDeps(
        database=database,
        media=MediaStore(tmp_path / "media"),
        transcriber=WordForWord(),
        diarizer=ScriptedDiarizer(TURNS),
        embedder=embedder,
        vectors=vectors,
        work=tmp_path / "work",
        settings=IngestionSettings(piece_seconds=30),
    )
    vectors.close()
    database.close()


@pytest.fixture
def meeting(deps: IngestionDeps) -> str:
    received = deps.media.receive([RECORDING.read_bytes()], RECORDING.name, 10**9)
    return (
        Registrar(deps.database, deps.media).register(received, Submission(RECORDING.name, project="P"))[0].meeting_id
    )


def ingest(deps: IngestionDeps, meeting: str) -> None:
    pipeline = IngestionPipeline(deps)
    pipeline.decode(meeting)
    pieces = range(pipeline.segment(meeting))
    for index in pieces:
        pipeline.transcribe(meeting, index)
    for index in pieces:
        pipeline.listen(meeting, index)
    pipeline.tell_apart(meeting)
    pipeline.clean(meeting)
    pipeline.chunk(meeting)
    pipeline.index(meeting)
    pipeline.finish(meeting)


def spoken(deps: IngestionDeps, meeting: str) -> list[Utterance]:
    with deps.database.session() as session:
        return list(TranscriptRepository(session).utterances(meeting))


def turns(deps: IngestionDeps, meeting: str) -> list[SpeakerTurn]:
    with deps.database.session() as session:
        return TranscriptRepository(session).turns(meeting)


def lines(deps: IngestionDeps, meeting: str) -> list[tuple[str | None, float | None, str, bool]]:
    return [(one.speaker, one.start, one.text, one.sure) for one in spoken(deps, meeting)]


def called(deps: IngestionDeps, meeting: str) -> set[str | None]:
    return {speaker for speaker, *_ in lines(deps, meeting)} - {None}


def want(deps: IngestionDeps, meeting: str, bounds: Bounds | None = None) -> None:
    with deps.database.session() as session:
        stored = MeetingRepository(session).get(meeting)
        want_told_anew(stored, bounds)
        MeetingRepository(session).begin_anew(stored)


def notes(deps: IngestionDeps, meeting: str) -> list[str]:
    with deps.database.session() as session:
        return MeetingRepository(session).get(meeting).notes
