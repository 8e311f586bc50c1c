"""Meetings in a language that has a recogniser of its own are heard by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingestion.domain import Stage
from ingestion.pipeline import IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.rehearing import RehearingRequest, Rehearser
from ingestion.repository import MeetingRepository
from ingestion.steps import IngestionDeps
from tests.doubles import ScriptedTranscriber
from tests.ingestion.pipeline.conftest import RECORDING, ingest, lines


@pytest.fixture
def own() -> ScriptedTranscriber:
    transcriber = ScriptedTranscriber(["Heard in English."])
    transcriber.model_id = "ears-en"
    return transcriber


@pytest.fixture
def english(deps: IngestionDeps, own: ScriptedTranscriber) -> IngestionDeps:
    return replace(deps, own_transcriber=lambda language: own if language == "en" else None)


def registered(deps: IngestionDeps, language: str | None) -> str:
    received = deps.media.receive([RECORDING.read_bytes()], RECORDING.name, 10**9)
    submission = Submission(RECORDING.name, project="P", language=language)
    return Registrar(deps.database, deps.media).register(received, submission)[0].meeting_id


def test_a_meeting_told_to_be_in_it_is_heard_by_it(english: IngestionDeps, own: ScriptedTranscriber) -> None:
    meeting = registered(english, "en")
    ingest(english, meeting)
    assert {text for _, _, text, _ in lines(english, meeting)} == {"Heard in English."}
    assert {language for _, language, _ in own.asked} == {"en"}


@pytest.mark.parametrize("language", [None, "zh"])
def test_any_other_meeting_is_heard_by_the_usual_one(
    english: IngestionDeps, own: ScriptedTranscriber, language: str | None
) -> None:
    ingest(english, registered(english, language))
    assert own.asked == []


def test_a_span_heard_again_in_it_names_the_model_that_heard_it(english: IngestionDeps) -> None:
    meeting = registered(english, "zh")
    ingest(english, meeting)
    with english.database.session() as session:
        MeetingRepository(session).set_stage(meeting, Stage.READY)
    asked, _ = Rehearser(english.database).ask(meeting, RehearingRequest(4.0, 8.0, language="en"))
    IngestionPipeline(english).hear_again(meeting)
    assert Rehearser(english.database).get(asked.id).model == "ears-en"
