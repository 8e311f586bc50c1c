"""Uploads go straight to disk, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import shutil
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository
from server import security
from server.routes import uploads
from server.routes.uploads import file_name
from tests.server.conftest import EdgeServices

ROOT = Path(__file__).parents[2]
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Mina>We ship on April 17.</v>\n"
UPLOADS = "/api/v1/uploads"
QUERY = {"project": "Atlas", "name": "2026-03-04 weekly.vtt"}


def files_in(services: EdgeServices) -> list[Path]:
    return [path for path in services.home.media.rglob("*") if path.is_file()]


def wait_until_empty(services: EdgeServices) -> list[Path]:
    """What is left once nothing was there ten times in a row: an upload that waits its turn appears only then."""
    left, empty = files_in(services), 0
    for _ in range(500):
        empty = 0 if left else empty + 1
        if empty == 10:
            break
        time.sleep(0.02)
        left = files_in(services)
    return left


def test_a_transcript_becomes_a_meeting(client: httpx.Client, services: EdgeServices) -> None:
    response = client.post(UPLOADS, params=QUERY, content=VTT)
    assert response.status_code == 202
    [meeting] = response.json()["meetings"]
    assert (meeting["project"], meeting["date"], meeting["date_source"]) == ("Atlas", "2026-03-04", "file name")
    assert (meeting["stage"], meeting["duplicate"], meeting["has_media"]) == ("queued", False, False)
    assert services.recorded.calls == [("enqueue", meeting["id"])]
    assert client.get(f"/api/v1/meetings/{meeting['id']}").json()["source_name"] == "2026-03-04 weekly.vtt"


def test_a_recording_is_stored_under_its_hash(client: httpx.Client, services: EdgeServices) -> None:
    recording = next((ROOT / "samples").rglob("*.m4a")).read_bytes()
    query = {**QUERY, "name": "weekly.m4a", "title": "Weekly", "date": "2026-03-05T10:00+08:00", "language": "zh"}
    [meeting] = client.post(UPLOADS, params=query, content=recording).json()["meetings"]
    assert (meeting["title"], meeting["date"], meeting["language"]) == ("Weekly", "2026-03-05", "zh")
    assert meeting["duration"] > 60
    assert [path.stem for path in files_in(services)] == [hashlib.sha256(recording).hexdigest()]
    assert client.get(f"/api/v1/meetings/{meeting['id']}/media").content == recording


@pytest.mark.parametrize(("given", "stored"), [("4", (4, 4)), ("2-5", (2, 5)), (None, (None, None))])
def test_how_many_speak_is_kept_with_a_recording(
    client: httpx.Client, services: EdgeServices, given: str | None, stored: tuple[int | None, int | None]
) -> None:
    recording = next((ROOT / "samples").rglob("*.m4a")).read_bytes()
    query = {**QUERY, "name": "weekly.m4a", **({"speakers": given} if given else {})}
    [meeting] = client.post(UPLOADS, params=query, content=recording).json()["meetings"]
    with services.database.session() as session:
        kept = MeetingRepository(session).get(meeting["id"])
        assert (kept.speakers_least, kept.speakers_most, kept.tell_anew) == (*stored, False)


@pytest.mark.parametrize("given", ["0", "30", "5-2", "x"])
def test_a_number_of_speakers_that_is_none_is_refused_and_nothing_kept(
    client: httpx.Client, services: EdgeServices, given: str
) -> None:
    response = client.post(UPLOADS, params={**QUERY, "speakers": given}, content=VTT)
    assert (response.status_code, given in response.json()["detail"]) == (422, True)
    assert files_in(services) == []


def test_the_same_bytes_are_a_duplicate(client: httpx.Client, services: EdgeServices) -> None:
    first, second = (client.post(UPLOADS, params=QUERY, content=VTT).json()["meetings"][0] for _ in range(2))
    assert second["id"] == first["id"]
    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert len(services.recorded.calls) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.m4a", b""), ("a.m4a", b"not a recording" * 50), ("a.mp3", b"plain text"), ("a.exe", b"MZ\x90\x00" * 100)],
)
def test_nothing_is_kept_of_a_bad_file(client: httpx.Client, services: EdgeServices, name: str, content: bytes) -> None:
    response = client.post(UPLOADS, params={**QUERY, "name": name}, content=content)
    assert response.status_code == 422
    assert response.json()["hint"]
    assert files_in(services) == []
    assert client.get("/api/v1/meetings").json()["meetings"] == []


def test_a_file_that_says_it_is_too_large_is_refused(client: httpx.Client, services: EdgeServices) -> None:
    services.settings.ingestion.max_upload_bytes = 1000
    response = client.post(UPLOADS, params=QUERY, content=b"x" * 20_000_000)
    assert response.status_code == 413
    assert "MAX_UPLOAD_BYTES" in response.json()["hint"]
    assert files_in(services) == []


def test_a_file_that_turns_out_too_large_is_refused(client: httpx.Client, services: EdgeServices) -> None:
    services.settings.ingestion.max_upload_bytes = 1_000_000
    response = client.post(UPLOADS, params=QUERY, content=(b"x" * 100_000 for _ in range(200)))
    assert response.status_code == 413
    assert files_in(services) == []


def test_a_file_larger_than_the_disk_is_refused(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda path: usage)
    response = client.post(UPLOADS, params=QUERY, content=VTT)
    assert response.status_code == 507
    assert response.json()["type"] == "about:blank#storage-full"


def test_a_disk_that_fills_up_leaves_nothing(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ingestion.media.store.os.fsync", full)
    response = client.post(UPLOADS, params=QUERY, content=VTT)
    assert response.status_code == 507
    assert files_in(services) == []


def test_a_broken_off_upload_leaves_nothing(client: httpx.Client, services: EdgeServices) -> None:
    address = (client.base_url.host, client.base_url.port)
    with socket.create_connection(address) as connection:
        head = f"POST {UPLOADS}?project=Atlas&name=a.vtt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
        connection.sendall(head.encode() + VTT)
        while not files_in(services):
            time.sleep(0.01)
    assert wait_until_empty(services) == []
    assert client.get("/api/v1/meetings").json()["meetings"] == []


def test_a_stalled_upload_is_dropped(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(security, "DRAIN_SECONDS", 0.05)
    address = (client.base_url.host, client.base_url.port)
    with socket.create_connection(address) as connection:
        head = f"POST {UPLOADS}?project=Atlas&name=a.vtt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
        connection.sendall(head.encode() + VTT)
        assert b" 408 " in connection.recv(1000)
    assert files_in(services) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.vtt", "passwd.vtt"),
        ("/etc/cron.d/x.vtt", "x.vtt"),
        ("C:\\Users\\me\\会议.vtt", "会议.vtt"),
        ("..\\..\\x.vtt/", "x.vtt"),
        ("a\x00b\n\u202ecod.vtt", "abcod.vtt"),
        ("  spaced.vtt  ", "spaced.vtt"),
    ],
)
def test_names_never_become_paths(client: httpx.Client, services: EdgeServices, given: str, kept: str) -> None:
    [meeting] = client.post(UPLOADS, params={**QUERY, "name": given}, content=VTT).json()["meetings"]
    assert meeting["source_name"] == kept
    assert not list(services.home.folder.parent.rglob("*.vtt"))


@pytest.mark.parametrize("name", ["", "..", "/", "\x00", "." * 10, "x" * 201, "\u202e"])
def test_names_that_cannot_be_used_are_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="file name"):
        file_name(name)


@pytest.mark.parametrize(
    "change", [{"date": "someday"}, {"modified": "noon"}, {"project": "\n"}, {"title": "\x00"}, {"name": ".."}]
)
def test_bad_fields_are_refused(client: httpx.Client, services: EdgeServices, change: dict[str, Any]) -> None:
    response = client.post(UPLOADS, params={**QUERY, **change}, content=VTT)
    assert response.status_code == 422
    assert files_in(services) == []


def test_markup_in_a_transcript_stays_text(client: httpx.Client, services: EdgeServices) -> None:
    name = "<img src=x onerror=alert(1)>.txt"
    query = {"project": '"><script>alert(1)</script>', "name": name, "title": "<b>Weekly</b>"}
    content = b"Mina 00:00:01\n<script>alert(1)</script> & co\n\nJon 00:00:04\nYes.\n"
    [meeting] = client.post(UPLOADS, params=query, content=content).json()["meetings"]
    assert (meeting["title"], meeting["source_name"], meeting["project"]) == (query["title"], name, query["project"])
    listed = client.get("/api/v1/meetings", params={"project": query["project"]})
    assert listed.headers["content-type"] == "application/json"
    assert [m["id"] for m in listed.json()["meetings"]] == [meeting["id"]]


def test_many_uploads_at_once_leave_room_for_others(client: httpx.Client, services: EdgeServices) -> None:
    address = (client.base_url.host, client.base_url.port)
    head = f"POST {UPLOADS}?project=Atlas&name=a.vtt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
    slow = [socket.create_connection(address) for _ in range(60)]
    try:
        for connection in slow:
            connection.sendall(head.encode() + VTT)
        assert client.get("/api/v1/projects", timeout=30).status_code == 200
    finally:
        for connection in slow:
            connection.close()
    assert wait_until_empty(services) == []
