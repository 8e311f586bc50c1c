"""Corrections survive every step that is run again."""

from __future__ import annotations

from ingestion.corrections.domain import Reach
from ingestion.corrections.settling import LOST
from ingestion.domain import GlossaryEntry
from ingestion.repository import ProjectRepository, TranscriptRepository
from ingestion.speakers.domain import SpeakerTurn
from tests.ingestion.corrections.conftest import House

LINES = (("Speaker 1", "One quill gate."), ("Speaker 2", "Two."), ("Speaker 1", "Three."))
HEARD = ((0.0, 4.0, "We ship on April seven."), (4.0, 8.0, "Who tells the customers?"), (8.0, 12.0, "I will do that."))


def test_a_transcript_that_is_derived_anew_keeps_its_corrections(house: House) -> None:
    house.read("weekly", *LINES)
    text = house.corrector.correct_text("weekly", 1, "Deux.")
    house.corrector.give_speaker("weekly", 0, "Mina", Reach.MEETING)
    undone = house.corrector.correct_text("weekly", 2, "Trois.")
    house.corrector.undo(undone.correction_id)
    before, chunks = house.said("weekly"), [one.text for one in house.chunks("weekly")]
    house.derive("weekly")
    assert house.said("weekly") == before == [("Mina", "One quill gate."), ("Speaker 2", "Deux."), ("Mina", "Three.")]
    assert [one.text for one in house.chunks("weekly")] == chunks
    house.corrector.undo(text.correction_id)
    assert house.said("weekly")[1] == ("Speaker 2", "Two.")


def test_what_is_derived_otherwise_appears_where_nobody_corrected_and_after_an_undo(house: House) -> None:
    house.read("weekly", *LINES)
    event = house.corrector.correct_text("weekly", 0, "The quill gate opens.")
    with house.database.session() as session:
        projects = ProjectRepository(session)
        projects.put_term(projects.named("Atlas").id, GlossaryEntry("Quillgate", ("quill gate",)))
    house.derive("weekly")
    assert house.said("weekly")[0][1] == "The quill gate opens."
    house.corrector.undo(event.correction_id)
    assert house.said("weekly")[0][1] == "One Quillgate."


def test_corrections_of_a_recording_stay_at_their_time_when_it_is_cut_otherwise(house: House) -> None:
    house.hear("call", *HEARD)
    house.corrector.correct_text("call", 0, "We ship on April 17.")
    house.corrector.give_speaker("call", 2, "Jon")
    house.hear_anew(
        "call",
        (0.3, 4.2, "Ship on April eleven."),
        (4.2, 6.0, "Who tells"),
        (6.0, 7.9, "the customers?"),
        (8.1, 10.0, "I will"),
        (10.0, 12.0, "do that."),
    )
    assert house.said("call") == [
        (None, "We ship on April 17."),
        (None, "Who tells"),
        (None, "the customers?"),
        ("Jon", "I will"),
        ("Jon", "do that."),
    ]
    assert house.meeting("call")[0].notes == []


def test_a_correction_that_fits_no_line_waits_with_a_note(house: House) -> None:
    house.hear("call", *HEARD)
    event = house.corrector.correct_text("call", 1, "Who informs the customers?")
    house.hear_anew("call", (0.0, 12.0, "We ship on April seven who tells the customers I will do that."))
    assert house.said("call") == [(None, "We ship on April seven who tells the customers I will do that.")]
    assert house.meeting("call")[0].notes == [f"1 {LOST}"]
    house.derive("call")
    assert house.meeting("call")[0].notes == [f"1 {LOST}"]
    house.hear_anew("call", *HEARD)
    assert house.said("call")[1][1] == "Who informs the customers?"
    assert house.meeting("call")[0].notes == []
    house.corrector.undo(event.correction_id)
    assert house.said("call")[1][1] == "Who tells the customers?"


def test_a_speaker_given_to_a_line_is_sure_until_it_is_undone(house: House) -> None:
    house.hear("call", *HEARD)
    with house.database.session() as session:
        TranscriptRepository(session).replace_turns("call", [SpeakerTurn(n, 0.0, 12.0) for n in (1, 2)])
    house.derive("call")
    assert [u.sure for u in house.utterances("call")] == [False] * 3
    (event,) = house.corrector.give_speaker("call", 1, "Jon")
    house.derive("call")
    assert [u.sure for u in house.utterances("call")] == [False, True, False]
    house.corrector.undo(event.correction_id)
    assert [u.sure for u in house.utterances("call")] == [False] * 3
