"""Spans that are heard again, through real stores and jobs; only the models are doubles."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from ingestion.corrections.settling import LOST
from ingestion.domain import SearchFilter, SpokenSegment, Stage, Word
from ingestion.errors import BadInputError, ConflictError, ModelMissingError, NotFoundError
from ingestion.ports import Transcriber
from ingestion.rehearing import RehearingRequest
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.tables import Media
from server.services import Services
from tests.doubles import DoubleTranscriber
from tests.server.conftest import EdgeServices, spoken
from tests.server.test_services import SERIES, DoubleServices, add, closed, ended, opened

API = "/api/v1"


class NamingTranscriber(DoubleTranscriber):
    """Hears a word every second, which names the language it was told and who heard it."""

    def __init__(self, model_id: str = "usual") -> None:
        super().__init__(model_id)
        self.failure: Exception | None = None
        self.go = threading.Event()
        self.go.set()

    def hear(self, seconds: float, language: str | None) -> list[SpokenSegment]:
        assert self.go.wait(30)
        if self.failure:
            raise self.failure
        return [self._segment(at, language) for at in range(0, int(seconds) - 3, 4)]

    def _segment(self, start: int, language: str | None) -> SpokenSegment:
        said = f" {self.model_id}-{language}"
        words = tuple(Word(f"{said}-{start + n}", start + n, start + n + 0.9, 0.9) for n in range(4))
        return SpokenSegment(start, start + 3.9, "".join(w.text for w in words).strip(), language or "en", 0.9, words)


class RehearingServices(DoubleServices):
    transcriber: NamingTranscriber
    other: NamingTranscriber

    def new_transcriber(self) -> Transcriber:
        self.transcriber = NamingTranscriber()
        return self.transcriber

    def transcriber_of(self, name: str) -> Transcriber:
        self.other = NamingTranscriber(name)
        return self.other


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RehearingServices]:
    services = opened(tmp_path, RehearingServices)
    assert isinstance(services, RehearingServices)
    yield services
    closed(services)


@pytest.fixture
def meeting(running: RehearingServices) -> str:
    (id,) = add(running, "2026-03-02.m4a", (SERIES / "2026-03-02.m4a").read_bytes())
    assert ended(running, id).stage == Stage.READY
    return id


def said(services: Services, id: str) -> list[str]:
    with services.database.session() as session:
        return [utterance.text for utterance in TranscriptRepository(session).utterances(id)]


def rehear(services: Services, id: str, first: int, last: int, **given: str) -> str:
    """Hear the words from `first` up to `last` again."""
    with services.database.session() as session:
        begin = TranscriptRepository(session).piece(id, 0).start
    asked = services.rehear(id, RehearingRequest(begin + first, begin + last - 0.05, **given))
    assert ended(services, id).stage == Stage.READY
    return asked.id


def test_a_span_is_heard_again_and_everything_follows(running: RehearingServices, meeting: str) -> None:
    before = said(running, meeting)
    id = rehear(running, meeting, 4, 8, language="zh", made_by="Jon")

    heard = running.rehearser.get(id)
    assert (round(heard.end - heard.start, 2), heard.model, heard.error) == (3.95, "usual", None)
    assert heard.done_at is not None
    assert heard.before == "usual-None-4 usual-None-5 usual-None-6 usual-None-7"
    after = " ".join(said(running, meeting))
    assert "usual-None-3 " in after
    assert "usual-None-8 " in after
    assert not any(f"usual-None-{at} " in after for at in range(4, 8))
    assert "usual-zh-" in after
    assert running.transcriber.asked[-1][:2] == (4.95, "zh")  # with its margins
    best = running.retrieval.search("usual-zh-2", SearchFilter(projects=("P",))).results[0]
    assert any("usual-zh-2" in line.text for line in best.lines)
    assert not list(running.home.work.iterdir())

    running.undo_rehearing(id)
    assert ended(running, meeting).stage == Stage.READY
    assert said(running, meeting) == before
    with pytest.raises(ConflictError, match="undone already"):
        running.undo_rehearing(id)


def test_what_was_heard_again_stays_when_the_meeting_is_derived_anew(running: RehearingServices, meeting: str) -> None:
    rehear(running, meeting, 4, 8, language="zh")
    after, times = said(running, meeting), len(running.transcriber.asked)
    running.reindex()
    assert ended(running, meeting).stage == Stage.READY
    assert said(running, meeting) == after
    assert len(running.transcriber.asked) == times, "nothing is heard twice"


def test_an_earlier_rehearing_is_undone_below_a_later_one(running: RehearingServices, meeting: str) -> None:
    before = said(running, meeting)
    first = rehear(running, meeting, 4, 12, language="zh")
    second = rehear(running, meeting, 8, 12, language="ja")
    running.undo_rehearing(first)
    ended(running, meeting)
    now = " ".join(said(running, meeting))
    assert ("usual-None-4" in now, "usual-zh" in now, "usual-ja" in now) == (True, False, True)
    running.undo_rehearing(second)
    ended(running, meeting)
    assert said(running, meeting) == before


def test_another_recogniser_hears_it_and_is_unloaded(running: RehearingServices, meeting: str) -> None:
    asked, attempt = running.rehearser.ask(meeting, RehearingRequest(4.0, 8.0, model="whisper-other"))
    running.ingests.enqueue(meeting, attempt)  # the catalogue has no second model that is here
    ended(running, meeting)
    assert running.rehearser.get(asked.id).model == "whisper-other"
    assert "whisper-other-en-" in " ".join(said(running, meeting)), "in the only language of the meeting"
    assert running.other.unloaded == 1


def test_corrections_stay_or_are_told(running: RehearingServices, meeting: str) -> None:
    """A line whose time stays keeps its text; one that is no line any more is told about."""
    running.corrector.correct_text(meeting, 3, "We ship on April 17.")
    rehear(running, meeting, 12, 16, language="zh")
    assert "We ship on April 17." in said(running, meeting)
    running.corrector.correct_text(meeting, 0, "Good morning.")
    running.transcriber.failure = None
    rehear(running, meeting, 1, 4, language="zh")
    with running.database.session() as session:
        notes = MeetingRepository(session).get(meeting).notes
    assert ("Good morning." in said(running, meeting)) != any(note.endswith(LOST) for note in notes)


def test_what_cannot_be_heard_is_told_and_changes_nothing(running: RehearingServices, meeting: str) -> None:
    before = said(running, meeting)
    running.transcriber.failure = BadInputError("the speech model does not know the language 'xx'")
    id = rehear(running, meeting, 4, 8, language="xx")
    heard = running.rehearser.get(id)
    assert heard.error == "the speech model does not know the language 'xx'"
    assert heard.segments is None
    assert said(running, meeting) == before
    with pytest.raises(ConflictError, match="failed and changed nothing"):
        running.undo_rehearing(id)


def test_one_that_breaks_the_ingest_can_be_called_off(running: RehearingServices, meeting: str) -> None:
    before = said(running, meeting)
    running.transcriber.failure = RuntimeError("no memory")
    asked = running.rehear(meeting, RehearingRequest(4.0, 8.0))
    assert ended(running, meeting).stage == Stage.FAILED
    running.undo_rehearing(asked.id)
    assert ended(running, meeting).stage == Stage.READY
    assert said(running, meeting) == before


def test_a_meeting_that_is_not_ready_is_refused(running: RehearingServices, meeting: str) -> None:
    running.transcriber.go.clear()
    first = running.rehear(meeting, RehearingRequest(4.0, 8.0))
    with pytest.raises(ConflictError, match="being ingested"):
        running.rehear(meeting, RehearingRequest(4.0, 8.0))
    with pytest.raises(ConflictError, match="being ingested"):
        running.undo_rehearing(first.id)
    running.transcriber.go.set()
    assert ended(running, meeting).stage == Stage.READY
    assert len(running.rehearser.list(meeting)) == 1


def test_spans_and_models_that_make_no_sense_are_refused(running: RehearingServices, meeting: str) -> None:
    with pytest.raises(BadInputError, match="ends before it begins"):
        running.rehear(meeting, RehearingRequest(8.0, 4.0))
    with pytest.raises(BadInputError, match="outside the recording"):
        running.rehear(meeting, RehearingRequest(5000.0, 5001.0))
    with pytest.raises(NotFoundError, match="no model is called"):
        running.rehear(meeting, RehearingRequest(4.0, 8.0, model="whisper-bass"))
    with pytest.raises(BadInputError, match="does not recognise speech"):
        running.rehear(meeting, RehearingRequest(4.0, 8.0, model="multilingual-e5-small"))
    with pytest.raises(BadInputError, match="engine"):
        running.rehear(meeting, RehearingRequest(4.0, 8.0, model="qwen3-asr-0.6b"))
    with pytest.raises(ModelMissingError):
        running.rehear(meeting, RehearingRequest(4.0, 8.0, model="whisper-large-v3-turbo"))
    (imported,) = add(running, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(running, imported)
    with pytest.raises(BadInputError, match="imported"):
        running.rehear(imported, RehearingRequest(4.0, 8.0))
    assert running.ingests.get(meeting).stage == Stage.READY
    assert running.rehearser.list(meeting) == []


def test_a_deleted_meeting_takes_its_rehearings_along(running: RehearingServices, meeting: str) -> None:
    id = rehear(running, meeting, 4, 8)
    running.delete_meeting(meeting)
    with pytest.raises(NotFoundError):
        running.rehearser.get(id)
    with running.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM rehearing")).scalar() == 0


def recorded(services: EdgeServices) -> str:
    """The id of a stored recording of a minute."""
    with services.database.session() as session:
        sound = Media(sha256="a1", extension="wav", size=1, container="wav", codec="pcm", sample_rate=1, channels=1)
        MeetingRepository(session).add_media(sound)
    return services.add_meeting("Weekly", spoken(0, "Good morning."), media_sha256="a1", duration=60.0)


def test_over_http_a_rehearing_is_asked_for_shown_and_undone(client: httpx.Client, services: EdgeServices) -> None:
    id = recorded(services)
    asked = client.post(f"{API}/meetings/{id}/rehearings", json={"start": 1, "end": 9.5, "language": "en"})
    assert asked.status_code == 202
    document = asked.json()
    expected = {"start": 1.0, "end": 9.5, "language": "en", "model": None, "before": "", "after": None, "error": None}
    assert document | expected == document
    assert services.recorded.calls == [("enqueue", id)]
    assert client.get(f"{API}/meetings/{id}/rehearings").json() == [document]
    assert client.get(f"{API}/rehearings/{document['id']}").json() == document
    assert client.delete(f"{API}/rehearings/{document['id']}").status_code == 409, "it is under way"
    with services.database.session() as session:
        MeetingRepository(session).set_stage(id, Stage.READY)
    undone = client.delete(f"{API}/rehearings/{document['id']}")
    assert (undone.status_code, undone.json()["undone_at"] is not None) == (202, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"start": 5, "end": 5}, 422),
        ({"start": 61, "end": 70}, 422),
        ({"start": 1}, 422),
        ({"start": "NaN", "end": 5}, 422),
        ({"start": 1, "end": "Infinity"}, 422),
        ({"start": 1, "end": 5, "language": "english please"}, 422),
        ({"start": 1, "end": 5, "made_by": "\u202e"}, 422),
        ({"start": 1, "end": 5, "model": "../../etc"}, 404),
    ],
)
def test_over_http_nonsense_is_refused(
    client: httpx.Client, services: EdgeServices, body: dict[str, object], status: int
) -> None:
    answer = client.post(f"{API}/meetings/{recorded(services)}/rehearings", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.post(f"{API}/meetings/nobody/rehearings", json={"start": 1, "end": 2}).status_code == 404
    assert client.get(f"{API}/rehearings/nothing").status_code == 404
