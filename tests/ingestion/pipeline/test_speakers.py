"""The steps of an ingest that tell speakers apart, over a real recording; only the models are doubles."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import Span, Stage
from ingestion.media.decode import decode_to_pcm, open_pcm, read_samples
from ingestion.pipeline import IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import HeardVoice, SpeakerTurn
from ingestion.speakers.memory import VoiceMemory
from ingestion.speakers.sides import TWO_SIDES
from ingestion.steps import IngestionDeps
from ingestion.stored_values import voices_from_json, voices_to_json
from ingestion.tables import Utterance
from tests.doubles import ScriptedDiarizer
from tests.ingestion.pipeline.conftest import RECORDING, TURNS, called, ingest, lines, notes, spoken, turns, want
from tests.ingestion.speakers.test_channels import Loudness, wav


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
    assert notes(deps, meeting) == []


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


def test_the_number_of_speakers_can_be_given_with_the_recording(deps: IngestionDeps) -> None:
    received = deps.media.receive([RECORDING.read_bytes()], RECORDING.name, 10**9)
    submission = Submission(RECORDING.name, project="P", speakers=Bounds(1, 2))
    meeting = Registrar(deps.database, deps.media).register(received, submission)[0].meeting_id
    ingest(deps, meeting)
    assert len(called(deps, meeting)) == 2
    assert notes(deps, meeting) == []


def stereo(deps: IngestionDeps, tmp_path: Path, left: NDArray[np.float32], right: NDArray[np.float32]) -> str:
    file = wav(tmp_path / "call.wav", np.stack([left, right], axis=1))
    received = deps.media.receive([file.read_bytes()], "call.wav", 10**9)
    submission = Submission("call.wav", project="P")
    return Registrar(deps.database, deps.media).register(received, submission)[0].meeting_id


@pytest.fixture
def speech(tmp_path: Path) -> NDArray[np.float32]:
    decode_to_pcm(RECORDING, tmp_path / "speech.pcm")
    return read_samples(open_pcm(tmp_path / "speech.pcm"), Span(0.0, 80.0))


def test_the_two_sides_of_a_call_are_heard_each_by_itself(
    deps: IngestionDeps, tmp_path: Path, speech: NDArray[np.float32]
) -> None:
    in_turn = np.repeat(np.arange(8) % 2 == 0, 10 * 16_000)
    deps = replace(deps, diarizer=Loudness())
    meeting = stereo(deps, tmp_path, speech * in_turn, speech * ~in_turn)
    for _ in range(2):
        ingest(deps, meeting)
        assert called(deps, meeting) == {"Speaker 1", "Speaker 2"}
        assert notes(deps, meeting) == [TWO_SIDES]
    for turn in turns(deps, meeting):
        middle = (turn.start + turn.end) / 2
        assert turn.speaker == (1 if in_turn[round(middle * 16_000)] else 2)
    assert not (deps.work / meeting).exists()
    want(deps, meeting, Bounds(1, 1))
    ingest(deps, meeting)
    assert called(deps, meeting) == {"Speaker 1", "Speaker 2"}, "nobody speaks on both sides"


@pytest.mark.parametrize("right", [0.0, 1.0, 0.5], ids=["a silent side", "the same twice", "a fainter copy"])
def test_stereo_without_two_sides_is_heard_as_one(
    deps: IngestionDeps, tmp_path: Path, speech: NDArray[np.float32], right: float
) -> None:
    deps = replace(deps, diarizer=Loudness())
    meeting = stereo(deps, tmp_path, speech, (speech * right).astype(np.float32))
    IngestionPipeline(deps).decode(meeting)
    assert not (deps.work / meeting / "sides.pcm").exists()
    ingest(deps, meeting)
    assert (called(deps, meeting), notes(deps, meeting)) == ({"Speaker 1"}, [])


def test_voices_stored_by_an_earlier_release_have_no_channel(deps: IngestionDeps) -> None:
    voices = voices_to_json(ScriptedDiarizer(TURNS).listen(np.zeros(16_000 * 9, np.float32), 0.0))
    for voice in voices:
        del voice["channel"]
    assert {voice.channel for voice in voices_from_json(voices)} == {None}
    stored = voices_to_json([HeardVoice(Span(0.0, 1.0), None, False, 2)])
    assert [voice.channel for voice in voices_from_json(stored)] == [2]


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
