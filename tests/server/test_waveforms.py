"""Waveforms over HTTP: computed once, kept beside the recording, gone with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingestion.errors import StorageFullError
from ingestion.media.waveform import waveform
from ingestion.repository import MeetingRepository
from ingestion.tables import Media
from server import waveforms
from server.problems import NotReadyError
from server.waveforms import Waveforms
from tests.server.conftest import EdgeServices

ROOT = Path(__file__).parents[2]
RECORDING = min((ROOT / "samples").rglob("*.m4a"), key=lambda path: path.stat().st_size)


def add(services: EdgeServices, content: bytes) -> str:
    """The hash of a new recording."""
    received = services.media.receive([content], "weekly.m4a", len(content))
    services.media.commit(received, "m4a")
    media = Media(
        sha256=received.sha256, extension="m4a", size=received.size, container="mp4", codec="aac",
        sample_rate=16000, channels=1,
    )  # fmt: skip
    with services.database.session() as session:
        MeetingRepository(session).add_media(media)
    return received.sha256


@pytest.fixture
def sha256(client: httpx.Client, services: EdgeServices) -> str:
    return add(services, RECORDING.read_bytes())


@pytest.fixture
def url(services: EdgeServices, sha256: str) -> str:
    return f"/api/v1/meetings/{services.add_meeting('Weekly', media_sha256=sha256)}/waveform"


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The recordings whose waveforms were computed."""
    calls: list[Path] = []

    def counted(source: Path, check: Callable[[], None], name: str) -> Any:
        calls.append(source)
        return waveform(source, check, name)

    monkeypatch.setattr(waveforms, "waveform", counted)
    return calls


def test_it_is_computed_once_and_kept(
    client: httpx.Client, services: EdgeServices, url: str, sha256: str, computed: list[Path]
) -> None:
    first, second = client.get(url), client.get(url)
    assert first.status_code == 200
    assert first.json() == second.json()
    assert set(first.json()) == {"seconds_per_peak", "duration", "peaks"}
    assert first.json()["duration"] == pytest.approx(len(first.json()["peaks"]) * 0.1, abs=0.1)
    assert len(computed) == 1
    assert services.media.derived(sha256, "waveform").read_bytes() == first.content
    assert client.get(url.replace("waveform", "media")).content == RECORDING.read_bytes()


def test_a_known_etag_is_not_sent_again(client: httpx.Client, url: str, computed: list[Path]) -> None:
    first = client.get(url)
    assert "max-age" in first.headers["cache-control"]
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, len(computed)) == (304, b"", 1)


def test_who_asks_at_the_same_time_waits_for_the_same(
    client: httpx.Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, release = list[Path](), threading.Event()

    def held(source: Path, check: Callable[[], None], name: str) -> Any:
        calls.append(source)
        release.wait(20)
        return waveform(source, check, name)

    monkeypatch.setattr(waveforms, "waveform", held)
    with pytest.raises(httpx.ReadTimeout):
        client.get(url, timeout=0.3)  # who goes away takes it from nobody
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(client.get, url, timeout=30) for _ in range(4)]
        release.set()
        assert len({one.result().content for one in asked}) == 1
    assert len(calls) == 1


def test_it_goes_with_the_recording(client: httpx.Client, services: EdgeServices, url: str, sha256: str) -> None:
    client.get(url)
    assert services.media.delete(sha256)
    assert not services.media.derived(sha256, "waveform").parent.exists()
    response = client.get(url)
    assert (response.status_code, "backup" in response.json()["hint"]) == (404, True)


def test_a_recording_that_is_deleted_meanwhile_leaves_nothing(services: EdgeServices, sha256: str) -> None:
    services.media.delete(sha256)
    services.media.keep_derived(sha256, "waveform", b"{}")
    services.media.path(sha256, "m4a").parent.mkdir()
    services.media.keep_derived(sha256, "waveform", b"{}")
    assert [path for path in services.home.media.rglob("*") if path.is_file()] == []


def test_a_meeting_without_a_recording(client: httpx.Client, services: EdgeServices) -> None:
    response = client.get(f"/api/v1/meetings/{services.add_meeting('Imported')}/waveform")
    assert response.status_code == 404
    assert "transcript" in response.json()["hint"]


def test_a_recording_that_cannot_be_decoded_is_said_each_time(client: httpx.Client, services: EdgeServices) -> None:
    meeting = services.add_meeting("Broken", media_sha256=add(services, b"broken" * 1000))
    for _ in range(2):
        response = client.get(f"/api/v1/meetings/{meeting}/waveform")
        assert (response.status_code, response.json()["type"]) == (422, "about:blank#bad-input")


def test_a_full_disk_hides_nothing(
    client: httpx.Client, services: EdgeServices, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFullError("the disk is full")

    monkeypatch.setattr(services.media, "keep_derived", full)
    assert client.get(url).json()["peaks"]


def test_closing_ends_what_is_computed(services: EdgeServices, sha256: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, release = threading.Event(), threading.Event()

    def held(source: Path, check: Callable[[], None], name: str) -> Any:
        begun.set()
        release.wait(20)
        return waveform(source, check, name)

    monkeypatch.setattr(waveforms, "waveform", held)
    own = Waveforms(services.media)
    future = own.of(sha256)
    assert begun.wait(10)
    threading.Timer(0.1, release.set).start()
    own.close()
    with pytest.raises(NotReadyError):
        future.result(1)
    assert not services.media.derived(sha256, "waveform").exists()
