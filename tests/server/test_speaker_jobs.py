"""Names and numbers of speakers through the jobs that follow them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ingestion.domain import SearchFilter, Stage
from ingestion.errors import BadInputError, ConflictError, NotFoundError
from ingestion.pipeline import IngestionPipeline
from ingestion.ports import Diarizer
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import SpeakerTurn
from server.services import Services
from tests.doubles import ScriptedDiarizer, ScriptedTranscriber
from tests.server.test_services import SERIES, DoubleServices, add, closed, ended, opened


class TalkingServices(DoubleServices):
    """Two people say two sentences each, in every recording."""

    transcriber = ScriptedTranscriber(
        ["早上好，各位。", "压测的预算先批十五万。", "三月二十八号一次全切。", "没有问题。"]
    )

    def new_diarizer(self) -> Diarizer:
        return ScriptedDiarizer([SpeakerTurn(at % 2 + 1, at * 5.0, at * 5.0 + 5.0) for at in range(4)])


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[Services]:
    services = opened(tmp_path, TalkingServices)
    yield services
    closed(services)


def record(services: Services, day: str, project: str = "P") -> str:
    (id,) = add(services, f"{day}.m4a", (SERIES / f"{day}.m4a").read_bytes(), project)
    ended(services, id)
    return id


def called(services: Services, id: str) -> list[str | None]:
    assert ended(services, id).stage == Stage.READY
    with services.database.session() as session:
        return [one.speaker for one in TranscriptRepository(session).utterances(id)][:4]


def test_transcripts_and_search_of_all_meetings_follow_a_name_and_its_end(talking: Services) -> None:
    first, second = record(talking, "2026-03-02"), record(talking, "2026-03-09")
    assert talking.name_speakers(first, {1: "安然"}, "安然") == [first, second]
    later = record(talking, "2026-03-16")
    for id in (first, second, later):
        assert called(talking, id) == ["安然", "Speaker 2", "安然", "Speaker 2"]
    assert talking.vectors.count(SearchFilter(speakers=("安然",))) == 3
    talking.delete_meeting(first)
    for id in (second, later):
        assert called(talking, id)[0] == "Speaker 1"
    assert talking.vectors.count(SearchFilter(speakers=("安然",))) == 0
    with pytest.raises(NotFoundError):
        talking.name_speakers(first, {1: "安然"}, None)


def test_a_name_given_while_the_meeting_is_ingested_is_in_its_lines(
    talking: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed, named = threading.Event(), threading.Event()
    index = IngestionPipeline.index

    def wait(self: IngestionPipeline, meeting_id: str) -> None:
        index(self, meeting_id)
        indexed.set()
        assert named.wait(30)

    monkeypatch.setattr(IngestionPipeline, "index", wait)
    (id,) = add(talking, "a.m4a", (SERIES / "2026-03-02.m4a").read_bytes())
    assert indexed.wait(60)
    assert talking.name_speakers(id, {1: "安然"}, None) == [id]
    named.set()
    assert called(talking, id)[0] == "安然"


def test_a_name_whose_lines_a_crash_kept_from_following_is_in_them_when_the_home_is_opened(tmp_path: Path) -> None:
    services = opened(tmp_path, TalkingServices)
    id = record(services, "2026-03-02")
    services._voice_memory.name(id, {1: "安然"})  # pyright: ignore[reportPrivateUsage]
    closed(services)
    services = opened(tmp_path, TalkingServices)
    assert called(services, id)[0] == "安然"
    closed(services)


def test_a_project_goes_with_its_people_and_a_meeting_with_its_voices(talking: Services) -> None:
    id = record(talking, "2026-03-02")
    talking.name_speakers(id, {1: "安然"}, "安然")
    ended(talking, id)
    talking.delete_meeting(id)
    talking.delete_project("P")
    with talking.database.engine.connect() as connection:
        for table in ("person", "voiceprint", "meetingvoice"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


def told(services: Services, id: str) -> set[str | None]:
    return set(called(services, id))


def test_speakers_told_apart_anew_reach_the_transcript_and_the_other_meetings_of_the_project(talking: Services) -> None:
    first, second = record(talking, "2026-03-02"), record(talking, "2026-03-09")
    talking.name_speakers(first, {1: "安然"}, "安然")
    assert told(talking, second) == {"安然", "Speaker 2"}
    assert told(talking, first) == {"安然", "Speaker 2"}
    assert talking.tell_speakers(first, Bounds(1, 1)) == [first]
    assert told(talking, first) == {"Speaker 1"}
    assert told(talking, second) == {"Speaker 1", "Speaker 2"}
    assert talking.vectors.count(SearchFilter(speakers=("安然",))) == 0


def test_who_asks_at_a_bad_time_or_for_text_is_told_so(talking: Services) -> None:
    (text_id,) = add(talking, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(talking, text_id)
    with pytest.raises(BadInputError, match="imported as text"):
        talking.tell_speakers(text_id, None)
    assert talking.ingests.get(text_id).stage == Stage.READY
    id = record(talking, "2026-03-02")
    with talking.database.session() as session:
        MeetingRepository(session).get(id).stage = Stage.INDEX
    with pytest.raises(ConflictError, match="is being ingested"):
        talking.tell_speakers(id, None)
    with pytest.raises(NotFoundError):
        talking.tell_speakers("nothing", None)
    talking.settings.ingestion.speaker_model = None
    with pytest.raises(ConflictError, match="no model"):
        talking.tell_speakers(id, None)
