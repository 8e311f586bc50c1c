"""Whole pieces as tasks of DashScope: uploaded, submitted once, waited for, and paid once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.errors import ModelFailedError
from ingestion.speech.servers import dashscope_files
from ingestion.speech.servers import tasks as tasks_module
from ingestion.speech.servers.tasks import Task, Tasks
from tests.ingestion.speech.servers.conftest import Open
from tests.ingestion.speech.servers.speech_server import KEY, SENTENCES, FakeSpeechServer

SUBMIT = "/services/audio/asr/transcription"


@pytest.fixture
def sound(minute: NDArray[np.float32]) -> NDArray[np.float32]:
    return minute[: 20 * 16_000]


def test_a_piece_is_uploaded_submitted_and_fetched(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    heard: list[tuple[str, float, float]] = []
    recogniser = open_recogniser("dashscope-files", on_heard=lambda *one: heard.append(one))
    found = recogniser.transcribe(sound, language="zh", hotwords=["网关"])
    assert [one.text for one in found] == list(SENTENCES)
    assert found[1].start == pytest.approx(20 / 3, abs=0.01)
    assert [word.text for word in found[1].words] == [*"压测的预算批了十五万"[:-1], "万。"]
    (policy,) = server.of("/uploads")
    assert policy.fields == {"action": "getPolicy", "model": "ears"}
    (upload,) = server.of("/oss")
    assert upload.fields["x-oss-forbid-overwrite"] == "true"
    (submitted,) = server.of(SUBMIT)
    assert submitted.headers["X-DashScope-OssResourceResolve"] == "enable"
    assert submitted.fields["input"]["file_url"] == f"oss://{upload.fields['key']}"
    assert submitted.fields["parameters"] == {
        "channel_id": [0],
        "enable_itn": False,
        "enable_words": True,
        "language": "zh",
    }
    assert [(model, seconds) for model, seconds, _ in heard] == [("ears", 20.0)]


def test_the_key_goes_to_the_service_alone(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    open_recogniser("dashscope-files").transcribe(sound, language="zh")
    told = {asked.path.split("?")[0].rsplit("/", 1)[0] for asked in server.asked if "Authorization" in asked.headers}
    kept = [asked.path for asked in server.asked if "Authorization" not in asked.headers]
    assert told == {"/v1", "/v1/services/audio/asr", "/v1/tasks"}
    assert kept == ["/oss", "/results/task-0?Signature=x"]
    assert all(asked.headers["Authorization"] == f"Bearer {KEY}" for asked in server.of("/uploads"))


def test_a_task_that_was_submitted_before_a_crash_is_waited_for(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.polls = 10**6
    with monkeypatch.context() as patch:
        patch.setattr(dashscope_files, "_LONGEST_WAIT", 0.0)
        with pytest.raises(ModelFailedError, match="has not finished task task-0") as caught:
            open_recogniser("dashscope-files").transcribe(sound, language="zh")
    assert "retry the ingest" in caught.value.hint
    server.polls = 1
    heard: list[Any] = []
    again = open_recogniser("dashscope-files", on_heard=lambda *one: heard.append(one))
    assert again.transcribe(sound, language="zh")
    assert len(server.of(SUBMIT)) == 1
    # a crash before the words were stored: fetched again, neither submitted nor counted again
    assert again.transcribe(sound, language="zh")
    assert (len(server.of(SUBMIT)), len(heard)) == (1, 1)


_CHILD = """
import sys
from pathlib import Path

import httpx
import numpy as np

from ingestion.outbound import Outbound
from ingestion.settings import IngestionSettings
from ingestion.speech.servers.factory import open_served_transcriber

url, tasks, sound = sys.argv[1:]
settings = IngestionSettings(speech_base_url=url, speech_model="ears", speech_protocol="dashscope-files")
open_served_transcriber(settings, Outbound(), Path(tasks)).transcribe(np.load(sound), language="zh")
"""


def test_a_process_that_is_killed_while_it_waits_leaves_its_task(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32], tmp_path: Path
) -> None:
    server.polls = 10**6
    np.save(tmp_path / "sound.npy", sound)
    command = [sys.executable, "-c", _CHILD, server.url, str(tmp_path / "tasks"), str(tmp_path / "sound.npy")]
    with subprocess.Popen(command) as process:
        while not server.looks:
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    server.polls = 0
    assert open_recogniser("dashscope-files").transcribe(sound, language="zh")
    assert len(server.of(SUBMIT)) == 1


@pytest.mark.parametrize("other", ["sound", "language", "model", "account"])
def test_another_piece_is_a_task_of_its_own(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32], other: str
) -> None:
    open_recogniser("dashscope-files").transcribe(sound, language="zh")
    given = {"model": {"speech_model": "ears-2"}, "account": {"speech_base_url": f"{server.root}/api/v1"}}
    open_recogniser("dashscope-files", **given.get(other, {})).transcribe(
        sound[: 10 * 16_000] if other == "sound" else sound, language=None if other == "language" else "zh"
    )
    assert len(server.of(SUBMIT)) == 2


def test_a_task_that_the_server_has_forgotten_is_submitted_anew(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    recogniser = open_recogniser("dashscope-files")
    recogniser.transcribe(sound, language="zh")
    server.tasks.clear()
    server.tasks["another"] = 1.0
    assert recogniser.transcribe(sound, language="zh")
    assert len(server.of(SUBMIT)) == 2


def test_a_task_that_failed_is_told_and_submitted_anew_by_a_retry(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    server.ends = "FAILED"
    with pytest.raises(ModelFailedError, match="could not transcribe the recording: FILE_DOWNLOAD_FAILED"):
        open_recogniser("dashscope-files").transcribe(sound, language="zh")
    server.ends = "SUCCEEDED"
    assert open_recogniser("dashscope-files").transcribe(sound, language="zh")
    assert len(server.of(SUBMIT)) == 2


def test_a_submission_that_may_have_been_taken_is_not_sent_again(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    server.takes_tasks = False
    with pytest.raises(ModelFailedError, match=r"\(502\)"):
        open_recogniser("dashscope-files").transcribe(sound, language="zh")
    assert len(server.of(SUBMIT)) == 1


def test_the_compatible_address_is_understood_too(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32]
) -> None:
    url = f"{server.root}/compatible-mode/v1"
    open_recogniser("dashscope-files", speech_base_url=url).transcribe(sound, language="zh")
    assert [asked.path for asked in server.of(SUBMIT)] == [f"/api/v1{SUBMIT}"]


def test_tasks_are_kept_as_long_as_the_server_knows_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = Tasks(tmp_path / "tasks")
    assert tasks.find("a") is None
    tasks.keep("a", Task(id="t-1", submitted=1000.0))
    monkeypatch.setattr(tasks_module.time, "time", lambda: 1000.0 + 3600)
    assert tasks.find("a") == Task(id="t-1", submitted=1000.0)
    monkeypatch.setattr(tasks_module.time, "time", lambda: 1000.0 + 24 * 3600)
    assert tasks.find("a") is None
    (tmp_path / "tasks" / "b.json").write_text('{"id": "../../etc", "submitted": 9e9}')
    assert tasks.find("b") is None
    tasks.forget("a")
    tasks.forget("never")
    assert [file.name for file in (tmp_path / "tasks").iterdir()] == ["b.json"]


def test_old_tasks_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = Tasks(tmp_path)
    tasks.keep("a", Task(id="t-1", submitted=0.0))
    later = (tmp_path / "a.json").stat().st_mtime + 24 * 3600
    monkeypatch.setattr(tasks_module.time, "time", lambda: later)
    tasks.keep("b", Task(id="t-2", submitted=later))
    left = {file.name for file in tmp_path.iterdir()}
    assert "a.json" not in left


def test_no_connection_to_a_storage_outlives_its_piece(
    server: FakeSpeechServer, open_recogniser: Open, sound: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[httpx.Client] = []

    class Remembering(httpx.Client):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            opened.append(self)

    monkeypatch.setattr(httpx, "Client", Remembering)
    open_recogniser("dashscope-files").transcribe(sound, language="zh")
    assert [client.is_closed for client in opened] == [False, True, True]
