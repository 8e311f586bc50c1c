"""Correcting what a meeting is called and filed under."""

from __future__ import annotations

from datetime import date

import pytest

from ingestion.corrections.domain import MeetingFacts, Reach
from ingestion.domain import SearchFilter, Stage
from ingestion.errors import ConflictError, NotFoundError
from ingestion.repository import ProjectRepository
from ingestion.speakers.domain import SpeakerVoice
from ingestion.speakers.memory import VoiceMemory
from ingestion.voice_repository import VoiceRepository
from tests.ingestion.corrections.conftest import House

LINES = (("Mina", "We ship on April 17."), ("Jon", "Good."))


@pytest.fixture
def meeting(house: House) -> str:
    house.read("weekly", *LINES)
    house.embedder.embedded.clear()
    return "weekly"


def filed(house: House) -> tuple[str, str, str, str]:
    meeting, project = house.meeting("weekly")
    return meeting.title, meeting.date.isoformat(), meeting.date_source, project


def test_search_finds_it_under_its_new_project_and_date_without_embedding(house: House, meeting: str) -> None:
    event = house.corrector.change_meeting(meeting, MeetingFacts("Release", date(2026, 4, 1), "Zephyr"), made_by="Jon")
    assert filed(house) == ("Release", "2026-04-01", "correction", "Zephyr")
    assert house.embedder.embedded == []
    assert house.vectors.count(SearchFilter(projects=("Zephyr",), since=date(2026, 4, 1))) == 1
    assert house.vectors.count(SearchFilter(projects=("Atlas",))) == 0
    assert event.before == {"title": "Weekly", "date": "2026-03-04", "date_source": "file name", "project": "Atlas"}
    house.corrector.undo(event.correction_id)
    assert filed(house) == ("Weekly", "2026-03-04", "file name", "Atlas")
    assert house.vectors.count(SearchFilter(projects=("Atlas",), until=date(2026, 3, 4))) == 1


def test_undo_leaves_what_was_corrected_since_and_deriving_anew_leaves_all(house: House, meeting: str) -> None:
    first = house.corrector.change_meeting(meeting, MeetingFacts("First", date(2026, 4, 1)))
    second = house.corrector.change_meeting(meeting, MeetingFacts(title="Second"))
    house.corrector.undo(first.correction_id)
    assert filed(house) == ("Second", "2026-03-04", "file name", "Atlas")
    house.derive(meeting)
    assert filed(house)[0] == "Second"
    house.corrector.undo(second.correction_id)
    assert filed(house) == ("Weekly", "2026-03-04", "file name", "Atlas")


def test_only_what_differs_is_recorded(house: House, meeting: str) -> None:
    event = house.corrector.change_meeting(meeting, MeetingFacts("Weekly", date(2026, 3, 4), "Zephyr"))
    assert (event.before, event.after) == ({"project": "Atlas"}, {"project": "Zephyr"})
    with pytest.raises(ConflictError, match="filed so already"):
        house.corrector.change_meeting(meeting, MeetingFacts(project="Zephyr"))


def test_the_same_file_is_not_moved_beside_itself(house: House, meeting: str) -> None:
    house.read("else", *LINES, project="Zephyr")
    house.set("else", source_sha256=meeting)
    with pytest.raises(ConflictError, match="has the same file already"):
        house.corrector.change_meeting(meeting, MeetingFacts("Renamed", project="Zephyr"))
    assert filed(house) == ("Weekly", "2026-03-04", "file name", "Atlas")
    assert house.corrector.list(meeting) == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(house: House, meeting: str) -> None:
    seen = MeetingFacts("Weekly", date(2026, 3, 4), "Atlas")
    house.corrector.change_meeting(meeting, MeetingFacts(title="Theirs"), expected=seen)
    with pytest.raises(ConflictError, match="title is now 'Theirs'"):
        house.corrector.change_meeting(meeting, MeetingFacts(title="Mine"), expected=seen)


def test_a_meeting_that_is_ingested_or_gone_is_not_filed(house: House, meeting: str) -> None:
    house.set(meeting, stage=Stage.INDEX)
    with pytest.raises(ConflictError, match="being ingested"):
        house.corrector.change_meeting(meeting, MeetingFacts(title="x"))
    with pytest.raises(NotFoundError):
        house.corrector.change_meeting("nothing", MeetingFacts(title="x"))


def test_corrected_lines_move_with_their_meeting(house: House, meeting: str) -> None:
    house.corrector.give_speaker(meeting, 0, "Ada", Reach.MEETING)
    house.corrector.change_meeting(meeting, MeetingFacts(project="Zephyr"))
    house.corrector.correct_text(meeting, 1, "Very good.")
    assert house.vectors.count(SearchFilter(projects=("Zephyr",), speakers=("Ada",))) == 1


def known(house: House, project: str) -> dict[str, int]:
    """The people of a project with the number of their voiceprints."""
    with house.database.session() as session:
        voices = VoiceRepository(session)
        people = voices.people(ProjectRepository(session).ensure(project).id)
        return {person.name: len(voices.voiceprints(person.id)) for person in people}


def test_voices_go_with_their_meeting_so_that_the_old_project_can_be_deleted(house: House) -> None:
    house.hear("call", (0.0, 4.0, "We ship on April seven."))
    with house.database.session() as session:
        heard = [SpeakerVoice(number, (1.0, 0.0), 60.0) for number in (1, 2)]
        VoiceRepository(session).replace_voices("call", "campplus", heard)
    VoiceMemory(house.database).name("call", {1: "Mina"}, "Mina")
    event = house.corrector.change_meeting("call", MeetingFacts(project="Zephyr"))
    assert (known(house, "Atlas"), known(house, "Zephyr")) == ({"Mina": 0}, {"Mina": 1})
    with house.database.session() as session:
        projects = ProjectRepository(session)
        projects.delete(projects.named("Atlas"))
        assert VoiceRepository(session).names("call") == {1: "Mina"}
    house.corrector.undo(event.correction_id)
    assert (known(house, "Atlas"), known(house, "Zephyr")) == ({"Mina": 1}, {"Mina": 0})
