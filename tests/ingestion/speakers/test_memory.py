"""Who is known by voice, over stored meetings in which two people speak who sound alike in every meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlmodel import SQLModel, select

from ingestion.database import Database
from ingestion.domain import Span
from ingestion.errors import ConflictError, NotFoundError
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice, Told
from ingestion.speakers.memory import VoiceMemory, recognise_in, store_told
from ingestion.stored_values import vector_from_text, voices_to_json
from ingestion.tables import Meeting, MeetingVoice, Person, Piece, Voiceprint
from ingestion.voice_repository import VoiceRepository
from tests.doubles import direction, unit

MODEL = "scripted-voices"
CONSENT = "Ann, 4 March"


class House:
    """`hear` stores a meeting whose lines call the speakers what they are called as its ingest ends."""

    def __init__(self, file: Path) -> None:
        self.database = Database(f"sqlite:///{file}")
        SQLModel.metadata.create_all(self.database.engine)
        self.memory = VoiceMemory(self.database)

    def hear(self, id: str, *voices: int, project: str = "Atlas", model: str = MODEL) -> str:
        with self.database.session() as session:
            project_id = ProjectRepository(session).ensure(project).id
            named: dict[str, Any] = dict.fromkeys(("title", "date_source", "source_name", "source_sha256"), id)
            MeetingRepository(session).add(Meeting(id=id, project_id=project_id, date=date(2026, 3, 4), **named))
            heard = {number: _voice(voice, id) for number, voice in enumerate(voices, 1)}
            spans = {number: Span(number * 10.0, number * 10.0 + 9.0) for number in heard}
            transcripts = TranscriptRepository(session)
            transcripts.set_pieces(id, [Span(0.0, 100.0)], [])
            transcripts.piece(id, 0).voices = voices_to_json([HeardVoice(spans[n], heard[n]) for n in heard])
            transcripts.replace_turns(id, [SpeakerTurn(n, span.start, span.end) for n, span in spans.items()])
            repository = VoiceRepository(session)
            repository.replace_voices(id, model, [SpeakerVoice(n, vector, 60.0) for n, vector in heard.items()])
            session.flush()
            recognise_in(session, id)
        self.derive(id)
        return id

    def derive(self, *ids: str) -> None:
        with self.database.session() as session:
            for id in ids:
                VoiceRepository(session).keep_labels(id)

    def names(self, id: str) -> dict[int, str]:
        with self.database.session() as session:
            return VoiceRepository(session).names(id)

    def person(self, name: str, project: str = "Atlas") -> str:
        with self.database.session() as session:
            project_id = ProjectRepository(session).named(project).id
            (found,) = [one.id for one in VoiceRepository(session).people(project_id) if one.name == name]
            return found

    def prints(self) -> list[Voiceprint]:
        with self.database.session() as session:
            return list(session.exec(select(Voiceprint)))


def _voice(number: int, meeting: str) -> tuple[float, ...]:
    """How somebody sounds on one day: nearly as on another."""
    return tuple(unit(direction(number) + 0.3 * direction(sum(meeting.encode()))).tolist())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "huimai.db")
    yield house
    house.database.close()


@pytest.fixture
def two(house: House) -> House:
    """With two meetings in which Ann is speaker 1 and 2, and one of another project."""
    house.hear("first", 1, 2)
    house.hear("second", 2, 1)
    house.hear("other", 1, 2, project="Zephyr")
    return house


def test_who_is_named_once_is_recognised_in_the_other_meetings_of_the_project(two: House) -> None:
    assert two.memory.name("first", {1: "Ann"}, CONSENT) == ["first", "second"]
    assert [two.names(id) for id in ("first", "second", "other")] == [{1: "Ann"}, {2: "Ann"}, {}]
    assert two.hear("third", 3, 1) == "third"
    assert two.names("third") == {2: "Ann"}


def test_what_is_kept_says_who_agreed_and_is_kept_once(two: House) -> None:
    for _ in range(2):
        two.memory.name("first", {1: "Ann"}, CONSENT)
    (kept,) = two.prints()
    assert (kept.person_id, kept.meeting_id, kept.speaker) == (two.person("Ann"), "first", 1)
    assert (kept.model_id, kept.seconds, kept.consented_by) == (MODEL, 60.0, CONSENT)


def test_without_consent_no_voice_is_kept_and_nobody_recognised(two: House) -> None:
    assert two.memory.name("first", {1: "Ann", 2: "Ben"}) == ["first"]
    assert (two.names("first"), two.names("second"), two.prints()) == ({1: "Ann", 2: "Ben"}, {}, [])


def test_a_voice_of_another_model_is_not_compared(house: House) -> None:
    house.hear("first", 1)
    house.hear("second", 1, model="another")
    house.memory.name("first", {1: "Ann"}, CONSENT)
    assert house.names("second") == {}


def test_the_lines_of_a_meeting_are_made_again_only_where_a_name_changes(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann"}, CONSENT))
    assert two.memory.name("first", {1: "Ann"}, CONSENT) == []
    assert two.memory.name("second", {1: "Ben"}) == ["second"]
    with two.database.session() as session:
        voices = VoiceRepository(session)
        assert voices.renamed() == ["second"]
        assert voices.keep_labels("second") == {1: "Ben", 2: "Ann"}
        assert voices.renamed() == []


def test_a_dropped_voiceprint_takes_back_the_names_that_it_gave(two: House) -> None:
    two.derive(*two.memory.name("first", {2: "Ann"}, CONSENT))
    (kept,) = two.prints()
    assert two.memory.drop_voiceprint(kept.id) == ["second"]
    assert (two.names("first"), two.names("second"), two.prints()) == ({2: "Ann"}, {}, [])
    with pytest.raises(NotFoundError, match="no voiceprint"):
        two.memory.drop_voiceprint(kept.id)


def test_who_is_forgotten_leaves_no_name_and_no_vector_behind(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann", 2: "Ben"}, CONSENT))
    ann = two.person("Ann")
    assert two.memory.forget(ann) == ["first", "second"]
    assert (two.names("first"), two.names("second")) == ({2: "Ben"}, {1: "Ben"})
    assert {kept.person_id for kept in two.prints()} == {two.person("Ben")}
    with two.database.session() as session:
        assert session.get(Person, ann) is None
        left = session.exec(select(MeetingVoice).where(MeetingVoice.vector != None)).all()  # noqa: E711
        assert {(voice.meeting_id, voice.speaker) for voice in left} == {
            ("first", 2),
            ("second", 1),
            ("other", 1),
            ("other", 2),
        }
        stretches = {piece.meeting_id: piece.voices or [] for piece in session.exec(select(Piece))}
        kept = {id: [voice["vector"] is not None for voice in voices] for id, voices in stretches.items()}
        assert kept == {"first": [False, True], "second": [True, False], "other": [True, True]}
    with pytest.raises(NotFoundError, match="nobody has the id"):
        two.memory.forget(ann)


def test_who_only_may_be_the_forgotten_person_is_nobody_again(house: House) -> None:
    house.hear("first", 1)
    house.hear("second", 1)
    house.memory.name("first", {1: "Ann"}, CONSENT)
    with house.database.session() as session:
        (voice,) = VoiceRepository(session).voices("second")
        voice.known = False
    house.memory.forget(house.person("Ann"))
    with house.database.session() as session:
        (voice,) = VoiceRepository(session).voices("second")
        assert (voice.person_id, voice.cosine, voice.vector is None) == (None, None, False)


def tell(house: House, id: str, *turns: SpeakerTurn, model: str = MODEL) -> list[str]:
    """Who speaks when from now on; how a speaker sounds is said by ten times the number."""
    voices = tuple(SpeakerVoice(one.speaker, _voice(10 * one.speaker, id), 30.0) for one in turns)
    with house.database.session() as session:
        return store_told(session, id, model, Told(turns, voices))


def test_voiceprints_follow_their_people_to_other_numbers(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann", 2: "Ben"}, CONSENT))
    before = {two.person("Ann"): 2, two.person("Ben"): 1}
    dates = {kept.person_id: (kept.id, kept.created_at) for kept in two.prints()}
    tell(two, "first", SpeakerTurn(2, 10.0, 18.5), SpeakerTurn(1, 20.0, 29.0), model="another")
    assert two.names("first") == {2: "Ann", 1: "Ben"}
    assert {kept.person_id: kept.speaker for kept in two.prints()} == before
    for kept in two.prints():
        assert vector_from_text(kept.vector) == pytest.approx(_voice(10 * kept.speaker, "first"), abs=1e-3)
        assert (kept.model_id, kept.seconds, kept.consented_by) == ("another", 30.0, CONSENT)
        assert (kept.id, kept.created_at) == dates[kept.person_id]


def test_a_voiceprint_of_nobody_any_more_is_dropped_with_the_names_it_gave(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann", 2: "Ben"}, CONSENT))
    assert two.names("second") == {2: "Ann", 1: "Ben"}
    assert tell(two, "first", SpeakerTurn(1, 10.0, 14.0), SpeakerTurn(2, 20.0, 29.0)) == ["second"]
    assert [kept.person_id for kept in two.prints()] == [two.person("Ben")]
    assert (two.names("first"), "Ann" in two.names("second").values()) == ({2: "Ben"}, False)


def test_two_speakers_of_one_person_leave_one_voiceprint_when_they_become_one(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann", 2: "Ann"}, CONSENT))
    assert len(two.prints()) == 2
    tell(two, "first", SpeakerTurn(1, 10.0, 29.0))
    assert two.names("first") == {1: "Ann"}
    assert [kept.speaker for kept in two.prints()] == [1]


def test_who_is_said_to_be_nobody_stays_so(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann"}, CONSENT))
    assert two.memory.name("second", {2: None}) == ["second"]
    two.memory.name("first", {1: "Ann", 2: "Ben"}, CONSENT)
    assert two.names("second") == {1: "Ben"}


def test_who_is_unknown_again_is_no_longer_recognised_by_what_was_kept(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann"}, CONSENT))
    assert two.memory.name("first", {1: None}) == ["first", "second"]
    assert (two.names("first"), two.names("second"), two.prints()) == ({}, {}, [])


def test_a_voice_that_is_somebody_elses_does_not_stay_in_the_profile(two: House) -> None:
    two.memory.name("first", {1: "Ann"}, CONSENT)
    two.memory.name("first", {1: "Ben"}, CONSENT)
    assert [kept.person_id for kept in two.prints()] == [two.person("Ben")]
    assert two.names("second") == {2: "Ben"}


def test_who_was_named_by_hand_is_not_overruled(two: House) -> None:
    two.memory.name("second", {2: "Cy"})
    two.memory.name("first", {1: "Ann"}, CONSENT)
    assert two.names("second") == {2: "Cy"}


def test_who_was_named_by_hand_is_recognised_in_nobody_else_of_the_meeting(two: House) -> None:
    two.memory.name("second", {1: "Ann"})
    two.memory.name("first", {1: "Ann"}, CONSENT)
    assert two.names("second") == {1: "Ann"}


def test_two_voices_may_be_one_person(two: House) -> None:
    two.memory.name("first", {1: "Ann", 2: "Ann"}, CONSENT)
    assert two.names("first") == {1: "Ann", 2: "Ann"}
    assert (len(two.prints()), {kept.person_id for kept in two.prints()}) == (2, {two.person("Ann")})


def test_a_namesakes_voice_does_not_spoil_a_profile(two: House) -> None:
    two.memory.name("first", {1: "Ann"}, CONSENT)
    with pytest.raises(ConflictError, match=r"speaker 1 does not sound like Ann \(cosine -?0\.\d\d\)") as refused:
        two.memory.name("second", {1: "Ann"}, CONSENT)
    assert "'Ann (2)'" in refused.value.hint
    assert (two.names("second"), len(two.prints())) == ({2: "Ann"}, 1)
    two.memory.name("second", {1: "Ann (2)"}, CONSENT)
    assert two.names("second") == {1: "Ann (2)", 2: "Ann"}
    two.memory.name("second", {1: "Ann"})
    assert (two.names("second"), len(two.prints())) == ({1: "Ann"}, 1)


def test_another_name_for_a_person_goes_everywhere(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann"}, CONSENT))
    assert two.memory.rename(two.person("Ann"), "Anne") == ["first", "second"]
    assert (two.names("first"), two.names("second")) == ({1: "Anne"}, {2: "Anne"})
    assert len(two.prints()) == 1


def test_two_people_of_one_name_become_one(two: House) -> None:
    two.memory.name("first", {1: "Ann"}, CONSENT)
    two.memory.name("second", {2: "Anne"}, CONSENT)
    two.memory.rename(two.person("Ann"), "Anne")
    assert (two.names("first"), two.names("second")) == ({1: "Anne"}, {2: "Anne"})
    assert {kept.person_id for kept in two.prints()} == {two.person("Anne")}
    assert len(two.prints()) == 2
    with pytest.raises(NotFoundError):
        two.memory.rename("nobody", "Anne")


def test_the_same_name_in_another_project_is_somebody_else(two: House) -> None:
    two.memory.name("first", {1: "Ann"}, CONSENT)
    two.memory.name("other", {2: "Ann"}, CONSENT)
    assert two.person("Ann") != two.person("Ann", "Zephyr")
    assert (two.names("second"), two.names("other")) == ({2: "Ann"}, {2: "Ann"})


def test_where_one_speaker_does_not_exist_nobody_is_named(two: House) -> None:
    with pytest.raises(NotFoundError, match="'first' has no speaker 3") as refused:
        two.memory.name("first", {1: "Ann", 3: "Ben"}, CONSENT)
    assert refused.value.hint == "its speakers are 1 to 2"
    assert (two.names("first"), two.prints()) == ({}, [])
    with pytest.raises(NotFoundError, match="no meeting 'nothing'"):
        two.memory.name("nothing", {1: "Ann"})


def test_a_voice_that_was_never_clear_gets_a_name_but_is_not_kept(house: House) -> None:
    house.hear("first", 1)
    with house.database.session() as session:
        VoiceRepository(session).voices("first")[0].vector = None
    house.memory.name("first", {1: "Ann"}, CONSENT)
    assert (house.names("first"), house.prints()) == ({1: "Ann"}, [])


def test_a_deleted_meeting_takes_its_voiceprints_and_the_names_that_they_gave_along(two: House) -> None:
    two.derive(*two.memory.name("first", {1: "Ann"}, CONSENT))
    with two.database.session() as session:
        meetings = MeetingRepository(session)
        project = meetings.get("first").project_id
        meetings.delete(meetings.get("first"))
    assert two.prints() == []
    assert two.memory.recognise_again(project) == ["second"]
    assert two.names("second") == {}


def test_vectors_are_kept_to_sixteen_bits(two: House) -> None:
    with two.database.session() as session:
        (first, _) = VoiceRepository(session).heard_voices("first")
    assert np.array(first.vector) == pytest.approx(np.array(_voice(1, "first")), abs=1e-3)
