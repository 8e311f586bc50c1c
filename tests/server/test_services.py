"""The composition root over real stores and jobs; only the models are doubles."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ingestion.domain import ChunkPoint, SearchFilter, Stage
from ingestion.errors import BadInputError, ConflictError, ModelMissingError, NotFoundError
from ingestion.ports import Diarizer, Embedder, Transcriber
from ingestion.registration import Submission
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.speakers.domain import SpeakerTurn
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.settings import RetrievalSettings
from server.home import Home
from server.job_views import JobView
from server.jobs import explained_ingest, ingest_jobs
from server.services import Services
from server.settings import Settings
from tests.doubles import HashEmbedder, ScriptedDiarizer, ScriptedTranscriber
from tests.retrieval.rerank.rerank_server import FakeRerankServer, serving

ROOT = Path(__file__).parents[2]
SERIES = ROOT / "samples" / "A_zh_payment_gateway"


class DoubleServices(Services):
    transcriber: Transcriber = ScriptedTranscriber(["压测的预算先批十五万。", "三月二十八号一次全切。"])
    model = "hash-embedder"

    def new_transcriber(self) -> Transcriber:
        return self.transcriber

    def new_diarizer(self) -> Diarizer:
        return ScriptedDiarizer([SpeakerTurn(1, 0.0, 5.0), SpeakerTurn(2, 5.0, 10.0)])

    def new_embedder(self) -> Embedder:
        return HashEmbedder(model_id=self.model)


def opened(folder: Path, kind: type[DoubleServices] = DoubleServices, **given: Any) -> Services:
    settings = Settings(home=folder, **given)
    home = Home(folder)
    home.own()
    services = kind(settings, home)
    services.open()
    return services


def closed(services: Services) -> None:
    services.close()
    services.home.disown()


@pytest.fixture
def services(tmp_path: Path, database_url: str) -> Iterator[Services]:
    team = {"database_url": database_url, "jobs_database_url": database_url}
    services = opened(tmp_path, **(team if database_url.startswith("postgresql") else {}))
    yield services
    closed(services)


def add(services: Services, name: str, content: bytes, project: str = "P") -> list[str]:
    received = services.media.receive([content], name, 10**9)
    return [r.meeting_id for r in services.register(received, Submission(name, project=project))]


def ended(services: Services, meeting_id: str) -> JobView:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        job = services.ingests.get(meeting_id)
        if job.stage in (Stage.READY, Stage.FAILED):
            return job
        time.sleep(0.05)
    raise TimeoutError(meeting_id)


def counted(services: Services) -> dict[str, int]:
    tables = ("meeting", "media", "piece", "turn", "sourcelines", "utterance", "chunk")
    with services.database.engine.connect() as connection:
        rows = {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0 for table in tables}
    files = [path for path in services.home.media.rglob("*") if path.is_file()]
    return {**rows, "vectors": services.vectors.count(SearchFilter()), "files": len(files)}


def test_a_recording_becomes_a_searchable_meeting(services: Services) -> None:
    (meeting_id,) = add(services, "2026-03-02.m4a", (SERIES / "2026-03-02.m4a").read_bytes())
    job = ended(services, meeting_id)
    assert (job.stage, job.error, job.progress) == (Stage.READY, None, 1.0)
    best = services.retrieval.search("压测预算", SearchFilter(projects=("P",))).results[0]
    assert (best.meeting_id, best.lines[0].text) == (meeting_id, "压测的预算先批15万。")
    assert best.start is not None
    assert 0.0 <= best.start < 1.0
    with services.database.session() as session:
        meeting = MeetingRepository(session).get(meeting_id)
        assert (meeting.title, meeting.date_source) == ("P", "file name")
        utterances = TranscriptRepository(session).utterances(meeting_id)
        assert utterances[0].raw_text == "压测的预算先批十五万。"
        assert [utterance.speaker for utterance in utterances] == ["Speaker 1", "Speaker 2"]


def test_the_same_file_enters_a_project_once(services: Services) -> None:
    content = (SERIES / "2026-03-02.vtt").read_bytes()
    first = add(services, "a.vtt", content)
    assert add(services, "renamed.vtt", content) == first
    assert add(services, "a.vtt", content, project="Q") != first
    assert counted(services)["meeting"] == 2


def test_a_recording_in_two_projects_is_stored_once_and_goes_with_the_last(services: Services) -> None:
    content = (SERIES / "2026-03-02.m4a").read_bytes()
    ids = [*add(services, "a.m4a", content), *add(services, "a.m4a", content, project="Q")]
    for meeting_id in ids:
        ended(services, meeting_id)
    assert counted(services)["files"] == 1
    services.delete_meeting(ids[0])
    assert counted(services)["files"] == 1
    services.delete_meeting(ids[1])
    assert set(counted(services).values()) == {0}


def test_a_collection_becomes_many_meetings_with_its_own_ids(services: Services) -> None:
    record = '{"id":"m-%d","project":"Own","title":"T","date":"2026-01-0%d","utterances":[{"speaker":"A","text":"hi"}]}'
    content = "\n".join(record % (n, n) for n in (1, 2)).encode()
    received = services.media.receive([content], "all.jsonl", 10**6)
    registered = services.register(received, Submission("all.jsonl"))
    assert [(r.meeting_id, r.duplicate) for r in registered] == [("m-1", False), ("m-2", False)]
    for one in registered:
        assert ended(services, one.meeting_id).project == "Own"


def test_a_file_that_is_neither_leaves_nothing_behind(services: Services) -> None:
    with pytest.raises(BadInputError, match=r"notes\.mp3"):
        add(services, "notes.mp3", b"just some words\n" * 10)
    assert set(counted(services).values()) == {0}


@pytest.mark.parametrize("id", ["../../etc", "a/b", ".hidden", "x" * 101])
def test_an_id_that_could_be_a_path_is_refused(services: Services, id: str) -> None:
    record = json.dumps({"id": id, "project": "P", "title": "T", "utterances": [{"speaker": "A", "text": "hi"}]})
    with pytest.raises(BadInputError, match="cannot be the id"):
        add(services, "one.jsonl", record.encode())
    assert counted(services)["meeting"] == 0


def test_a_project_must_be_named(services: Services) -> None:
    with pytest.raises(BadInputError, match="no project is named"):
        add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes(), project="  ")


class MissingModel(ScriptedTranscriber):
    broken = True

    def transcribe(self, samples, *, language, hotwords=(), progress=None):  # type: ignore[no-untyped-def]
        if self.broken:
            raise ModelMissingError("model whisper-base is damaged", "run `huimai models pull whisper-base`")
        return super().transcribe(samples, language=language, hotwords=hotwords, progress=progress)


def test_a_failed_ingest_says_why_keeps_the_recording_and_can_be_retried(tmp_path: Path) -> None:
    class Broken(DoubleServices):
        transcriber = MissingModel(["Good morning everyone."])

    services = opened(tmp_path, Broken)
    (meeting_id,) = add(services, "a.m4a", (SERIES / "2026-03-02.m4a").read_bytes())
    job = ended(services, meeting_id)
    assert (job.stage, job.error) == (Stage.FAILED, "model whisper-base is damaged")
    again = f"then `huimai jobs retry {meeting_id}` goes on where it stopped"
    assert job.hint == f"run `huimai models pull whisper-base`; {again}"
    assert counted(services)["files"] == 1
    Broken.transcriber.broken = False
    services.ingests.retry(meeting_id)
    assert ended(services, meeting_id).stage == Stage.READY
    with pytest.raises(ConflictError, match="has not failed"):
        services.ingests.retry(meeting_id)
    closed(services)


def test_an_ingest_that_could_record_nothing_is_shown_as_failed_until_it_is_retried(services: Services) -> None:
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    with services.database.session() as session:
        MeetingRepository(session).set_stage(meeting_id, Stage.INDEX)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    ingest_jobs().stalled[meeting_id] = explained_ingest(meeting_id, full)
    job = services.ingests.get(meeting_id)
    assert (job.stage, job) == (Stage.FAILED, services.ingests.all()[0])
    assert "full" in (job.error or "")
    assert f"huimai jobs retry {meeting_id}" in (job.hint or "")
    services.ingests.retry(meeting_id)
    assert ended(services, meeting_id).stage == Stage.READY


def test_an_ingest_whose_workflow_broke_begins_anew_when_the_home_is_opened(tmp_path: Path) -> None:
    services = opened(tmp_path)
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    before = counted(services)
    closed(services)
    for file, change in (
        ("jobs.db", "UPDATE workflow_status SET status = 'ERROR'"),
        ("huimai.db", "UPDATE meeting SET stage = 'index'"),
    ):
        with sqlite3.connect(tmp_path / file) as rows:
            assert rows.execute(change).rowcount > 0
    services = opened(tmp_path)
    assert ended(services, meeting_id).stage == Stage.READY
    assert counted(services) == before
    closed(services)


def test_deleting_removes_every_trace_and_a_second_time_says_so(services: Services) -> None:
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    with pytest.raises(ConflictError, match="still has 1 meetings"):
        services.delete_project("P")
    services.delete_meeting(meeting_id)
    assert set(counted(services).values()) == {0}
    with pytest.raises(NotFoundError):
        services.delete_meeting(meeting_id)
    services.delete_project("P")


def test_reindex_rebuilds_the_vectors_from_the_rows(services: Services) -> None:
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    before = services.vectors.ids(meeting_id)
    services.vectors.clear()
    assert services.reindex() == 1
    assert ended(services, meeting_id).stage == Stage.READY
    assert sorted(services.vectors.ids(meeting_id)) == sorted(before)


def test_a_reindex_that_is_cut_off_is_made_up_for_when_the_home_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = opened(tmp_path)
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    before = services.vectors.ids(meeting_id)
    clear = services.vectors.clear

    def cut_off() -> None:
        clear()
        raise OSError("cut off")

    monkeypatch.setattr(services.vectors, "clear", cut_off)
    with pytest.raises(OSError, match="cut off"):
        services.reindex()
    closed(services)
    services = opened(tmp_path)
    assert ended(services, meeting_id).stage == Stage.READY
    assert sorted(services.vectors.ids(meeting_id)) == sorted(before)
    closed(services)


def test_a_reindex_loses_nothing_of_an_ingest_that_is_storing_its_vectors(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, cleared = threading.Event(), threading.Event()
    upsert, clear = services.vectors.upsert, services.vectors.clear

    def slow_upsert(points: Sequence[ChunkPoint]) -> None:
        upsert(points)
        stored.set()
        assert cleared.wait(30)

    def late_clear() -> None:
        clear()
        cleared.set()

    monkeypatch.setattr(services.vectors, "upsert", slow_upsert)
    monkeypatch.setattr(services.vectors, "clear", late_clear)
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    assert stored.wait(30)
    services.reindex()
    assert ended(services, meeting_id).stage == Stage.READY
    with services.database.session() as session:
        chunks = [chunk.id for chunk in TranscriptRepository(session).chunks(meeting_id)]
    assert sorted(services.vectors.ids(meeting_id)) == sorted(chunks)


def test_another_embedding_model_rebuilds_the_index_by_itself(tmp_path: Path) -> None:
    services = opened(tmp_path)
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    count = len(services.vectors.ids(meeting_id))
    closed(services)

    class Other(DoubleServices):
        model = "another-embedder"

    services = opened(tmp_path, Other)
    assert ended(services, meeting_id).stage == Stage.READY
    assert len(services.vectors.ids(meeting_id)) == count
    closed(services)


def test_a_damaged_index_is_rebuilt_but_one_in_use_is_left_alone(tmp_path: Path) -> None:
    services = opened(tmp_path)
    (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, meeting_id)
    count = len(services.vectors.ids(meeting_id))
    closed(services)

    in_use = EdgeVectorStore(services.home.vectors, 384, "hash-embedder")
    with pytest.raises(ConflictError, match="open in another process"):
        opened(tmp_path)
    in_use.close()
    for config in services.home.vectors.rglob("edge_config.json"):
        config.write_text("{")
    services = opened(tmp_path)
    assert ended(services, meeting_id).stage == Stage.READY
    assert len(services.vectors.ids(meeting_id)) == count
    closed(services)


def test_the_reranker_of_the_settings_orders_searches_and_is_told_of_in_their_recipe(tmp_path: Path) -> None:
    with serving(FakeRerankServer()) as server:
        retrieval = RetrievalSettings(reranker="any/reranker", reranker_base_url=server.url)
        services = opened(tmp_path, retrieval=retrieval)
        (meeting_id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
        ended(services, meeting_id)
        assert services.retrieval.search("压测预算").recipe == "hybrid-rerank"
        assert {request["model"] for request in server.requests} == {"any/reranker"}
        closed(services)
