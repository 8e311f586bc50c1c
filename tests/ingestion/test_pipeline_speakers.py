"""The steps of an ingest that tell speakers apart, over a real recording; only the models are doubles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlmodel import SQLModel

from ingestion.database import Database
from ingestion.domain import Progress, SpokenSegment, Stage, Word
from ingestion.media.store import MediaStore
from ingestion.pipeline import IngestionDeps, IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.repository import MeetingRepository, TranscriptRepository, voices_from_json, voices_to_json
from ingestion.settings import IngestionSettings
from ingestion.speakers.domain import SpeakerTurn
from ingestion.speakers.memory import VoiceMemory
from ingestion.tables import Utterance
from ingestion.vectors.edge import EdgeVectorStore
from tests.doubles import HashEmbedder, ScriptedDiarizer

RECORDING = Path(__file__).parents[2] / "samples" / "B_en_atlas_mobile" / "2026-03-04.m4a"
TURNS = [SpeakerTurn(at % 3 + 1, at * 7.0, at * 7.0 + 6.6) for at in range(20)]
"""Three people, seven seconds each."""


class WordForWord:
    """A Transcriber that hears a word every second, in segments of ten, never the same word twice."""

    model_id = "word-for-word"

    def __init__(self) -> None:
        self._numbers = count()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        seconds = int(len(samples) / 16_000)
        return [self._segment(range(start, min(start + 10, seconds))) for start in range(0, seconds, 10)]

    def unload(self) -> None:
        pass

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


def test_utterances_have_the_speakers_who_said_them(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    utterances = spoken(deps, meeting)
    named: dict[int, set[str | None]] = {1: set(), 2: set(), 3: set()}
    for utterance in utterances:
        true = max(TURNS, key=lambda turn: _shared(utterance, turn))
        named[true.speaker].add(utterance.speaker)
    assert all(len(names) == 1 for names in named.values()), named
    assert len(set.union(*named.values()) - {None}) == 3
    assert len(utterances) > 15, "segments are cut where the speaker changes"
    words = " ".join(utterance.text for utterance in utterances).split()
    assert words == [f"w{number}" for number in range(len(words))]


def _shared(utterance: Utterance, turn: SpeakerTurn) -> float:
    return min(utterance.end or 0.0, turn.end) - max(utterance.start or 0.0, turn.start)


def test_speakers_stand_in_the_chunks(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    with deps.database.session() as session:
        text = "\n".join(chunk.text for chunk in TranscriptRepository(session).chunks(meeting))
    assert all(f"{utterance.speaker}: {utterance.text}" in text for utterance in spoken(deps, meeting)[:3])


def test_an_ingest_run_again_changes_nothing_and_hears_nothing_twice(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    before = lines(deps, meeting), turns(deps, meeting)
    ingest(deps, meeting)
    assert (lines(deps, meeting), turns(deps, meeting)) == before
    assert isinstance(deps.diarizer, ScriptedDiarizer)
    heard = [span.start for span in deps.diarizer.heard]
    assert len(heard) == len(set(heard)) > 3


def test_only_pieces_that_were_not_heard_are(deps: IngestionDeps, meeting: str) -> None:
    pipeline = IngestionPipeline(deps)
    pipeline.decode(meeting)
    pieces = pipeline.segment(meeting)
    pipeline.listen(meeting, 1)
    for index in range(pieces):
        pipeline.listen(meeting, index)
    assert isinstance(deps.diarizer, ScriptedDiarizer)
    heard = [span.start for span in deps.diarizer.heard]
    assert heard[1:] == sorted(heard[1:])
    assert (len(heard), len(set(heard))) == (pieces, pieces)


def test_sound_that_is_gone_before_its_voices_were_heard_is_decoded_again(deps: IngestionDeps, meeting: str) -> None:
    pipeline = IngestionPipeline(deps)
    pipeline.decode(meeting)
    for index in range(pipeline.segment(meeting)):
        pipeline.transcribe(meeting, index)
    shutil.rmtree(deps.work)
    ingest(deps, meeting)
    assert len({speaker for speaker, *_ in lines(deps, meeting)} - {None}) == 3


def test_without_a_diarizer_nobody_is_told_apart(deps: IngestionDeps, meeting: str) -> None:
    ingest(replace(deps, diarizer=None), meeting)
    assert {(speaker, sure) for speaker, _, _, sure in lines(deps, meeting)} == {(None, True)}
    assert turns(deps, meeting) == []
    with deps.database.session() as session:
        assert {piece.voices is None for piece in TranscriptRepository(session).pieces(meeting)} == {True}


def test_a_meeting_finished_without_a_diarizer_can_be_indexed_again_as_it_is(deps: IngestionDeps, meeting: str) -> None:
    ingest(replace(deps, diarizer=None), meeting)
    before = lines(deps, meeting)
    ingest(deps, meeting)
    assert lines(deps, meeting) == before
    assert not (deps.work / meeting).exists()


def test_a_recording_in_which_no_voice_is_heard_has_lines_without_speakers(deps: IngestionDeps, meeting: str) -> None:
    ingest(replace(deps, diarizer=ScriptedDiarizer([])), meeting)
    assert {speaker for speaker, *_ in lines(deps, meeting)} == {None}


def called(deps: IngestionDeps, meeting: str) -> set[str | None]:
    return {speaker for speaker, *_ in lines(deps, meeting)} - {None}


def test_who_is_named_is_called_so_from_then_on(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    VoiceMemory(deps.database).name(meeting, {1: "Ann", 2: "<b>Ben</b>"})
    ingest(deps, meeting)
    assert called(deps, meeting) == {"Ann", "<b>Ben</b>", "Speaker 3"}
    ingest(deps, meeting)
    assert called(deps, meeting) == {"Ann", "<b>Ben</b>", "Speaker 3"}
    with deps.database.session() as session:
        text = "\n".join(chunk.text for chunk in TranscriptRepository(session).chunks(meeting))
    assert "Ann: " in text
    assert "Speaker 1" not in text


def test_an_ingest_does_not_end_before_its_lines_have_the_names_that_were_given_meanwhile(
    deps: IngestionDeps, meeting: str
) -> None:
    pipeline, memory = IngestionPipeline(deps), VoiceMemory(deps.database)
    ingest(deps, meeting)
    pipeline.clean(meeting)
    assert memory.name(meeting, {1: "Ann"}) == [meeting]
    assert pipeline.finish(meeting) is False
    assert stage(deps, meeting) is Stage.CLEAN
    pipeline.clean(meeting)
    assert pipeline.finish(meeting) is True
    assert (stage(deps, meeting), "Ann" in called(deps, meeting)) == (Stage.READY, True)


def stage(deps: IngestionDeps, meeting: str) -> Stage:
    with deps.database.session() as session:
        return MeetingRepository(session).get(meeting).stage


def test_turns_go_with_their_meeting(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    assert turns(deps, meeting)
    IngestionPipeline(deps).remove(meeting)
    assert turns(deps, meeting) == []


def test_voices_are_stored_nearly_as_they_were_heard() -> None:
    more = [SpeakerTurn(4, 6.5, 6.7), SpeakerTurn(5, 140.1, 140.2)]
    voices = ScriptedDiarizer([*TURNS, *more]).listen(np.zeros(150 * 16_000, np.float32), 0.0)
    assert {(voice.vector is None, voice.shared) for voice in voices} == {(False, False), (True, False), (True, True)}
    back = voices_from_json(voices_to_json(voices))
    for one, stored in zip(voices, back, strict=True):
        assert (stored.span.start, stored.span.end) == pytest.approx((one.span.start, one.span.end), abs=1e-3)
        assert stored.shared == one.shared
        if one.vector is None:
            assert stored.vector is None
        else:
            assert stored.vector == pytest.approx(one.vector, abs=1e-3)
