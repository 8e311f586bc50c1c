"""The names that are replaced before a model is asked come from everywhere that names are kept."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import SQLModel

from agents.known_people import KnownPeople
from ingestion.database import Database
from ingestion.domain import GlossaryEntry, SpokenLine
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import Meeting
from ingestion.voice_repository import VoiceRepository


@pytest.fixture
def people(database: Database) -> KnownPeople:
    SQLModel.metadata.create_all(database.engine)
    with database.session() as session:
        for name, speaker in (("Atlas", "Mina Chen"), ("Boreal", "李雷")):
            project = ProjectRepository(session).ensure(name)
            given = Meeting(
                project_id=project.id,
                title=name,
                date=date(2026, 3, 4),
                date_source="option",
                source_name="a.vtt",
                source_sha256=name,
            )
            meeting = MeetingRepository(session).add(given)
            lines = [SpokenLine(0, "hi", "hi", speaker, None, None, "en")]
            TranscriptRepository(session).replace_utterances(meeting.id, lines)
            VoiceRepository(session).ensure_person(project.id, f"{name} voice")
            terms = [GlossaryEntry(f"{name} Wu", (f"{name}儿",), "person"), GlossaryEntry(f"{name}Gate", (), "product")]
            for term in terms:
                ProjectRepository(session).put_term(project.id, term)
        ProjectRepository(session).put_term(None, GlossaryEntry("Shared One", (), "person"))
    return KnownPeople(database)


def test_a_project_knows_its_speakers_voices_and_glossary(people: KnownPeople) -> None:
    assert set(people.names("Atlas")) == {"Mina Chen", "Atlas voice", "Atlas Wu", "Atlas儿", "Shared One"}
    assert people.names("none") == ()


def test_all_projects_know_everybody_once(people: KnownPeople) -> None:
    names = people.names(None)
    assert {"Mina Chen", "李雷", "Boreal儿"} <= set(names)
    assert len(names) == len(set(names))
