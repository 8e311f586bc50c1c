"""Speakers of a recording told apart anew, and what becomes of what somebody said of them."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import select

from ingestion.corrections.service import Corrector
from ingestion.pipeline import IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.repository import TranscriptRepository
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import SpeakerTurn
from ingestion.speakers.memory import VoiceMemory
from ingestion.speakers.telling import TAKEN_BACK
from ingestion.speakers.telling_anew import within
from ingestion.steps import IngestionDeps
from ingestion.stored_values import voices_from_json
from ingestion.tables import Person, Voiceprint
from ingestion.voice_repository import VoiceRepository
from tests.doubles import ScriptedDiarizer
from tests.ingestion.pipeline.conftest import RECORDING, TURNS, called, ingest, lines, notes, spoken, turns, want


def test_speakers_told_apart_anew_are_as_many_as_are_given_and_nothing_is_heard_again(
    deps: IngestionDeps, meeting: str
) -> None:
    ingest(deps, meeting)
    assert isinstance(deps.diarizer, ScriptedDiarizer)
    heard = list(deps.diarizer.heard)
    want(deps, meeting, Bounds(2, 2))
    ingest(deps, meeting)
    assert (len(called(deps, meeting)), deps.diarizer.heard) == (2, heard)
    assert not (deps.work / meeting).exists()
    before = lines(deps, meeting), turns(deps, meeting)
    ingest(deps, meeting)
    assert (lines(deps, meeting), turns(deps, meeting)) == before
    want(deps, meeting)
    ingest(deps, meeting)
    assert len(called(deps, meeting)) == 3


def test_a_number_that_cannot_be_found_is_noted_until_it_is_taken_back(deps: IngestionDeps, meeting: str) -> None:
    ingest(replace(deps, diarizer=ScriptedDiarizer([SpeakerTurn(1, 1.0, 3.4)])), meeting)
    want(deps, meeting, Bounds(5, 5))
    for _ in range(2):
        ingest(replace(deps, diarizer=ScriptedDiarizer([SpeakerTurn(1, 1.0, 3.4)])), meeting)
    assert notes(deps, meeting) == ["1 speakers were found, 5 were said to speak"]
    want(deps, meeting)
    ingest(replace(deps, diarizer=ScriptedDiarizer([SpeakerTurn(1, 1.0, 3.4)])), meeting)
    assert notes(deps, meeting) == []


def test_a_meeting_finished_without_voices_is_heard_when_somebody_wants_its_speakers(
    deps: IngestionDeps, meeting: str
) -> None:
    ingest(replace(deps, diarizer=None), meeting)
    want(deps, meeting)
    ingest(deps, meeting)
    assert len(called(deps, meeting)) == 3
    assert isinstance(deps.diarizer, ScriptedDiarizer)
    assert deps.diarizer.heard


def test_voices_of_another_model_are_heard_again_by_the_one_that_tells_apart(deps: IngestionDeps, meeting: str) -> None:
    class Other(ScriptedDiarizer):
        model_id = "other-voices"

    ingest(deps, meeting)
    other = replace(deps, diarizer=Other(TURNS))
    ingest(other, meeting)
    assert isinstance(other.diarizer, Other)
    assert other.diarizer.heard == []
    want(deps, meeting)
    ingest(other, meeting)
    with deps.database.session() as session:
        pieces = TranscriptRepository(session).pieces(meeting)
        assert len(other.diarizer.heard) == len(pieces)
        assert {piece.heard_by for piece in pieces} == {"other-voices"}
        assert {voice.model_id for voice in VoiceRepository(session).voices(meeting)} == {"other-voices"}


def prints(deps: IngestionDeps) -> list[tuple[str, int, float]]:
    with deps.database.session() as session:
        kept = session.exec(select(Voiceprint, Person.name).join(Person)).all()
        return sorted((name, print_.speaker, round(print_.seconds)) for print_, name in kept)


def test_names_and_voiceprints_stay_with_who_speaks_at_the_same_times(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    ann = max({1, 2, 3}, key=lambda number: sum(t.end - t.start for t in turns(deps, meeting) if t.speaker == number))
    names = {number: "Ann" if number == ann else f"P{number}" for number in (1, 2, 3)}
    VoiceMemory(deps.database).name(meeting, names, "all")
    ingest(deps, meeting)
    before = prints(deps)
    want(deps, meeting)
    ingest(deps, meeting)
    assert called(deps, meeting) == set(names.values())
    assert prints(deps) == before


def test_nobody_gets_the_name_of_somebody_else(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    VoiceMemory(deps.database).name(meeting, {1: "Ann", 2: "Ben", 3: "Cy"}, "all")
    ingest(deps, meeting)
    said = {one.start: one.speaker for one in spoken(deps, meeting)}
    want(deps, meeting, Bounds(2, 2))
    ingest(deps, meeting)
    for one in spoken(deps, meeting):
        assert (one.speaker or "").startswith("Speaker ") or one.speaker == said.get(one.start, one.speaker)
    assert "Speaker" in " ".join(str(name) for name in called(deps, meeting))
    kept = {name for name, *_ in prints(deps)}
    assert kept == called(deps, meeting) & {"Ann", "Ben", "Cy"}
    assert notes(deps, meeting) == [f"{TAKEN_BACK}{', '.join(sorted({'Ann', 'Ben', 'Cy'} - kept))}"]
    want(deps, meeting, Bounds(1, 1))
    ingest(deps, meeting)
    assert (called(deps, meeting), prints(deps)) == ({"Speaker 1"}, [])
    assert notes(deps, meeting) == [f"{TAKEN_BACK}{', '.join(sorted(kept))}"] * bool(kept)
    want(deps, meeting, Bounds(1, 1))
    ingest(deps, meeting)
    assert notes(deps, meeting) == []


def test_a_profile_that_lost_a_voice_takes_back_the_names_that_it_gave(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    received = deps.media.receive([RECORDING.with_stem("2026-03-11").read_bytes()], "other.m4a", 10**9)
    submission = Submission("other.m4a", project="P")
    other = Registrar(deps.database, deps.media).register(received, submission)[0].meeting_id
    ingest(deps, other)
    VoiceMemory(deps.database).name(meeting, {1: "Ann", 2: "Ben", 3: "Cy"}, "all")
    ingest(deps, meeting)
    ingest(deps, other)
    assert called(deps, other) == {"Ann", "Ben", "Cy"}
    want(deps, meeting, Bounds(1, 1))
    pipeline = IngestionPipeline(deps)
    assert pipeline.tell_apart(meeting) == [other]
    assert pipeline.tell_apart(meeting) == []
    ingest(deps, other)
    assert not called(deps, other) & {"Ann", "Ben", "Cy"}


def test_who_was_forgotten_keeps_the_lines_and_is_not_learnt_again(deps: IngestionDeps, meeting: str) -> None:
    class Other(ScriptedDiarizer):
        model_id = "other-voices"

    ingest(deps, meeting)
    memory = VoiceMemory(deps.database)
    memory.name(meeting, {1: "Ann"}, "Ann")
    with deps.database.session() as session:
        (ann,) = session.exec(select(Person.id)).all()
    before = [turn for turn in turns(deps, meeting) if turn.speaker == 1]
    memory.forget(ann)
    for again in (deps, replace(deps, diarizer=Other(TURNS))):
        want(deps, meeting)
        ingest(again, meeting)
        assert [turn for turn in turns(deps, meeting) if turn.speaker == 1] == before
        with deps.database.session() as session:
            voices = VoiceRepository(session)
            assert [voice.vector is None for voice in voices.voices(meeting)] == [True, False, False]
            for piece in TranscriptRepository(session).pieces(meeting):
                for voice in voices_from_json(piece.voices or []):
                    assert voice.vector is None or not within(voice, before)


def test_a_correction_by_hand_outlives_telling_apart_anew(deps: IngestionDeps, meeting: str) -> None:
    ingest(deps, meeting)
    Corrector(deps.database, deps.vectors, deps.embedder, deps.settings).give_speaker(meeting, 0, "Zoe")
    for bounds in (Bounds(1, 1), None):
        want(deps, meeting, bounds)
        ingest(deps, meeting)
        assert spoken(deps, meeting)[0].speaker == "Zoe"
