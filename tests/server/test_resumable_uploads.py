"""Uploads that arrive in parts: what has come stays, and the file is the same in the end."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.partial_uploads import PartialUploads
from server.routes import resumable_uploads
from tests.server.conftest import EdgeServices
from tests.server.test_uploads import VTT

ROOT = Path(__file__).parents[2]
UPLOADS = "/api/v1/resumable-uploads"
TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {**TUS, "Content-Type": "application/offset+octet-stream"}
RECORDING = min((ROOT / "samples").rglob("*.m4a"), key=lambda path: path.stat().st_size).read_bytes()
SHA256 = hashlib.sha256(RECORDING).hexdigest()


def encoded(**said: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())


def create(client: httpx.Client, length: int, **said: str) -> httpx.Response:
    metadata = encoded(**{"filename": "weekly.m4a", "project": "Atlas", **said})
    return client.post(UPLOADS, headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata})


def begin(client: httpx.Client, length: int, **said: str) -> str:
    """The address of a new upload."""
    response = create(client, length, **said)
    assert response.status_code == 201, response.text
    return response.headers["location"]


def send(client: httpx.Client, url: str, offset: int, content: Any) -> httpx.Response:
    return client.patch(url, headers={**CHUNK, "Upload-Offset": str(offset)}, content=content)


def offset_of(client: httpx.Client, url: str) -> int:
    return int(client.head(url, headers=TUS).headers["upload-offset"])


def has_arrived(client: httpx.Client, url: str, offset: int) -> bool:
    """Whether so much arrives soon."""
    return soon(lambda: offset_of(client, url) == offset)


def soon(what: Callable[[], bool]) -> bool:
    return any(what() or time.sleep(0.01) for _ in range(1000))


def break_off(client: httpx.Client, url: str, offset: int, content: bytes) -> None:
    """Send a part of a larger body, then lose the connection."""
    head = (
        f"PATCH {url} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\n"
        f"Content-Type: {CHUNK['Content-Type']}\r\nContent-Length: {len(content) + 1}\r\n\r\n"
    )
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(head.encode() + content)
        assert has_arrived(client, url, offset + len(content))


def stored(services: EdgeServices) -> list[str]:
    """The hashes of the recordings that are kept."""
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in services.home.media.rglob("*") if path.is_file()]


def kept(services: EdgeServices) -> list[str]:
    """What is left of uploads."""
    return [path.name for path in services.home.uploads.rglob("*") if path.is_file()]


def test_a_file_in_one_part_becomes_a_meeting_like_any_upload(client: httpx.Client, services: EdgeServices) -> None:
    url = begin(client, len(RECORDING), modified="2026-03-04T10:00:00Z", title="Weekly", speakers="3")
    response = send(client, url, 0, RECORDING)
    assert (response.status_code, response.headers["upload-offset"]) == (204, str(len(RECORDING)))
    meeting = client.get(f"/api/v1/meetings/{response.headers['huimai-meetings']}").json()
    assert (meeting["title"], meeting["project"], meeting["date"]) == ("Weekly", "Atlas", "2026-03-04")
    assert client.get(f"/api/v1/meetings/{meeting['id']}/media").content == RECORDING
    assert services.recorded.calls == [("enqueue", meeting["id"])]
    assert client.get(UPLOADS).json() == []


def test_the_same_file_again_is_the_same_meeting_and_said_to_be(client: httpx.Client, services: EdgeServices) -> None:
    urls = [begin(client, len(VTT), filename="a.vtt") for _ in range(2)]
    first, second = (send(client, url, 0, VTT).headers for url in urls)
    assert first["huimai-meetings"] == second["huimai-meetings"] == second["huimai-duplicates"]
    assert "huimai-duplicates" not in first
    assert client.head(urls[1], headers=TUS).headers["huimai-duplicates"] == first["huimai-meetings"]
    assert len(services.recorded.calls) == 1


def test_of_a_collection_only_the_meetings_that_were_there_are_said_to_be(client: httpx.Client) -> None:
    a, b, c = (b'{"title": "%b", "utterances": [{"text": "x"}]}\n' % title for title in (b"A", b"B", b"C"))
    before, after = (
        send(client, begin(client, len(content), filename="a.jsonl"), 0, content).headers for content in (a + b, b + c)
    )
    known = before["huimai-meetings"].split(",")[1]
    assert after["huimai-duplicates"] == after["huimai-meetings"].split(",")[0] == known


def test_a_collection_becomes_all_its_meetings(client: httpx.Client) -> None:
    content = b'{"title": "A", "utterances": [{"text": "x"}]}\n{"title": "B", "utterances": [{"text": "y"}]}\n'
    plain = client.post("/api/v1/uploads", params={"name": "a.jsonl", "project": "Other"}, content=content)
    response = send(client, begin(client, len(content), filename="a.jsonl"), 0, content)
    expected = len(plain.json().get("meetings", []))
    assert plain.status_code == 202, plain.text
    assert len(response.headers["huimai-meetings"].split(",")) == expected == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, len(RECORDING)), max_size=4))
def test_an_upload_that_is_cut_anywhere_arrives_as_it_is(
    client: httpx.Client, services: EdgeServices, cuts: list[int]
) -> None:
    url, at = begin(client, len(RECORDING)), 0
    for cut in sorted(cuts):
        assert offset_of(client, url) == at
        assert send(client, url, at, RECORDING[at:cut]).status_code == 204
        at = cut
    last = send(client, url, at, RECORDING[at:])
    assert last.headers["huimai-meetings"]
    assert stored(services) == [SHA256]


@pytest.mark.parametrize("sent", [0, 1, 4096, 100_001, len(RECORDING) - 1])
def test_what_came_before_the_connection_was_lost_is_kept(
    client: httpx.Client, services: EdgeServices, sent: int
) -> None:
    url = begin(client, len(RECORDING))
    break_off(client, url, 0, RECORDING[:sent])
    assert soon(lambda: send(client, url, sent, b"").status_code == 204)
    assert offset_of(client, url) == sent
    assert stored(services) == []
    [listed] = client.get(UPLOADS).json()
    assert {key: listed[key] for key in ("name", "project", "length", "offset")} == {
        "name": "weekly.m4a", "project": "Atlas", "length": len(RECORDING), "offset": sent
    }  # fmt: skip
    assert url.endswith(listed["id"])
    assert send(client, url, sent, RECORDING[sent:]).headers["huimai-meetings"]
    assert stored(services) == [SHA256]
    assert kept(services) == ["upload.json"]


def test_head_tells_what_the_client_said(client: httpx.Client) -> None:
    url = begin(client, 10, filetype="audio/mp4")
    head = client.head(url, headers=TUS)
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("0", "10")
    assert head.headers["upload-metadata"] == encoded(filename="weekly.m4a", project="Atlas", filetype="audio/mp4")
    assert head.headers["cache-control"] == "no-store"
    assert "huimai-meetings" not in head.headers


def test_who_missed_the_last_answer_is_told_again(client: httpx.Client) -> None:
    url = begin(client, len(VTT), filename="a.vtt")
    meetings = send(client, url, 0, VTT).headers["huimai-meetings"]
    head = client.head(url, headers=TUS)
    assert (head.headers["upload-offset"], head.headers["huimai-meetings"]) == (str(len(VTT)), meetings)
    assert send(client, url, len(VTT), b"").headers["huimai-meetings"] == meetings


def test_what_was_whole_when_the_server_was_killed_is_taken_in_by_the_next_request(
    client: httpx.Client, services: EdgeServices
) -> None:
    for ask in (lambda url: client.head(url, headers=TUS), lambda url: send(client, url, len(RECORDING), b"")):
        url = begin(client, len(RECORDING))
        (services.home.uploads / url.rpartition("/")[2] / "data").write_bytes(RECORDING)
        assert ask(url).headers["huimai-meetings"]
    assert stored(services) == [SHA256]


def test_where_files_have_one_name_only_a_file_arrives_too(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert send(client, begin(client, len(RECORDING)), 0, RECORDING).headers["huimai-meetings"]
    assert stored(services) == [SHA256]


@pytest.mark.parametrize(
    ("name", "content"), [("a.m4a", b"not a recording" * 50), ("a.exe", b"MZ\x90\x00" * 100), ("a.vtt", b"\x00" * 99)]
)
def test_a_file_that_is_refused_leaves_nothing_and_is_refused_like_any_upload(
    client: httpx.Client, services: EdgeServices, name: str, content: bytes
) -> None:
    url = begin(client, len(content), filename=name)
    response = send(client, url, 0, content)
    plain = client.post("/api/v1/uploads", params={"name": name, "project": "Atlas"}, content=content)
    assert response.status_code == plain.status_code == 422
    assert response.json() == {**plain.json(), "instance": url}
    assert (kept(services), stored(services)) == ([], [])
    assert client.head(url, headers=TUS).status_code == 404


def test_an_empty_file_is_refused(client: httpx.Client, services: EdgeServices) -> None:
    response = create(client, 0)
    assert (response.status_code, "empty" in response.json()["detail"]) == (422, True)
    assert kept(services) == []


def test_a_full_disk_keeps_what_has_arrived(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, len(RECORDING))
    send(client, url, 0, RECORDING[:5000])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("server.partial_uploads.os.fsync", full)
        response = send(client, url, 5000, RECORDING[5000:6000])
        assert (response.status_code, response.json()["type"]) == (507, "about:blank#storage-full")
    at = offset_of(client, url)
    assert send(client, url, at, RECORDING[at:]).headers["huimai-meetings"]
    assert stored(services) == [SHA256]


def test_a_disk_that_is_too_small_is_said_at_once(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr("server.routes.uploads.shutil.disk_usage", lambda path: usage)
    assert create(client, 2000).status_code == 507


def test_a_file_beyond_the_limit_is_refused_at_once(client: httpx.Client, services: EdgeServices) -> None:
    services.settings.ingestion.max_upload_bytes = 1000
    response = create(client, 1001)
    assert (response.status_code, "MAX_UPLOAD_BYTES" in response.json()["hint"]) == (413, True)
    assert client.options(UPLOADS).headers["tus-max-size"] == "1000"
    assert kept(services) == []


def test_more_than_was_announced_is_refused(client: httpx.Client) -> None:
    url = begin(client, 10)
    assert send(client, url, 0, b"x" * 11).status_code == 413
    assert offset_of(client, url) == 0
    assert send(client, url, 0, iter([b"x" * 6, b"x" * 6])).status_code == 413
    assert offset_of(client, url) <= 6


def test_a_large_part_needs_no_other_limit(client: httpx.Client) -> None:
    url = begin(client, 5_000_000)
    assert send(client, url, 0, b"x" * 3_000_000).headers["upload-offset"] == "3000000"


@pytest.mark.parametrize("offset", [1, 4, 6, 10])
def test_a_wrong_offset_is_a_conflict(client: httpx.Client, offset: int) -> None:
    url = begin(client, 10)
    send(client, url, 0, b"xxxxx")
    response = send(client, url, offset, b"x" * (10 - offset))
    assert (response.status_code, response.json()["type"]) == (409, "about:blank#conflict")
    assert offset_of(client, url) == 5


def test_another_content_type_is_refused(client: httpx.Client) -> None:
    url = begin(client, 10)
    for kind in ("application/octet-stream", "text/plain"):
        response = client.patch(url, headers={**TUS, "Upload-Offset": "0", "Content-Type": kind}, content=b"x")
        assert response.status_code == 415
    assert offset_of(client, url) == 0


def test_only_one_sends_at_a_time(client: httpx.Client, services: EdgeServices) -> None:
    url = begin(client, 10)
    with services.partial_uploads.held(url.rpartition("/")[2]):
        assert send(client, url, 0, b"x").status_code == 423
        assert client.delete(url, headers=TUS).status_code == 423
        assert offset_of(client, url) == 0
    assert send(client, url, 0, b"x").status_code == 204


def test_a_client_that_stops_sending_frees_its_upload(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumable_uploads, "PATIENCE_SECONDS", 0.05)
    url = begin(client, 10)
    head = (
        f"PATCH {url} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: {CHUNK['Content-Type']}\r\nContent-Length: 10\r\n\r\nxxx"
    )
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(head.encode())
        assert b" 408 " in connection.recv(1000)
    assert send(client, url, 3, b"x").headers["upload-offset"] == "4"


def test_an_upload_is_given_up(client: httpx.Client, services: EdgeServices) -> None:
    url = begin(client, 10)
    send(client, url, 0, b"x")
    assert client.delete(url, headers=TUS).status_code == 204
    assert (client.head(url, headers=TUS).status_code, kept(services)) == (404, [])
    assert client.delete(url, headers=TUS).status_code == 404


def test_options_tell_what_is_spoken(client: httpx.Client) -> None:
    response = client.options(UPLOADS)
    assert response.status_code == 204
    told = {name: response.headers[name] for name in ("tus-resumable", "tus-version", "tus-extension")}
    assert told == {"tus-resumable": "1.0.0", "tus-version": "1.0.0", "tus-extension": "creation,termination"}


def test_every_answer_tells_the_version_and_no_other_is_spoken(client: httpx.Client) -> None:
    url = begin(client, 10)
    for headers in ({}, {"Tus-Resumable": "0.2.2"}):
        answers = [
            client.head(url, headers=headers),
            client.delete(url, headers=headers),
            client.patch(url, headers={**CHUNK, "Upload-Offset": "0", "Tus-Resumable": "2"}, content=b"x" * 9),
            client.post(UPLOADS, headers={**headers, "Upload-Length": "1", "Upload-Metadata": encoded(filename="a")}),
        ]
        assert [answer.status_code for answer in answers] == [412] * 4
        assert all(answer.headers["tus-resumable"] == "1.0.0" for answer in answers)
    assert client.patch(url, headers=CHUNK, content=b"x").status_code == 422
    assert offset_of(client, url) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "10"},
        {"Upload-Metadata": encoded(filename="a.m4a")},
        {"Upload-Length": "-1", "Upload-Metadata": encoded(filename="a.m4a")},
        {"Upload-Length": "ten", "Upload-Metadata": encoded(filename="a.m4a")},
        {"Upload-Length": "10", "Upload-Metadata": "filename a.m4a"},
        {"Upload-Length": "10", "Upload-Metadata": "filename /w=="},
        {"Upload-Length": "10", "Upload-Metadata": encoded(project="Atlas")},
        {"Upload-Length": "10", "Upload-Metadata": encoded(filename="..")},
        {"Upload-Length": "10", "Upload-Metadata": encoded(filename="a.m4a", modified="noon")},
        {"Upload-Length": "10", "Upload-Metadata": encoded(filename="a.m4a", speakers="0")},
        {"Upload-Length": "10", "Upload-Metadata": ""},
    ],
)
def test_what_makes_no_sense_begins_nothing(
    client: httpx.Client, services: EdgeServices, headers: dict[str, str]
) -> None:
    response = client.post(UPLOADS, headers={**TUS, **headers})
    assert (response.status_code, response.headers["tus-resumable"]) == (422, "1.0.0")
    assert response.json()["detail"]
    assert kept(services) == []


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "..%2fkept", "a" * 32 + "%00", "A" * 32, "a" * 31, "a" * 32, "%2fetc%2fpasswd", "~"]
)
def test_no_id_leads_out_of_the_folder(client: httpx.Client, services: EdgeServices, name: str) -> None:
    outside = services.home.folder / "kept"
    outside.write_bytes(b"kept")
    address = f"{client.base_url}{UPLOADS}/{name}"
    for answer in (
        client.head(address, headers=TUS),
        client.patch(address, headers={**CHUNK, "Upload-Offset": "0"}, content=b"x"),
        client.delete(address, headers=TUS),
    ):
        assert answer.status_code in (404, 405)
    assert outside.read_bytes() == b"kept"
    assert not services.home.uploads.exists()


def test_names_of_files_never_become_paths(client: httpx.Client, services: EdgeServices) -> None:
    begin(client, 10, filename="../../../etc/passwd.m4a")
    [listed] = client.get(UPLOADS).json()
    assert listed["name"] == "passwd.m4a"
    assert sorted(kept(services)) == ["data", "upload.json"]


def test_another_origin_sends_nothing(client: httpx.Client) -> None:
    url = begin(client, 10)
    headers = {**CHUNK, "Upload-Offset": "0", "Origin": "http://evil.example"}
    assert client.patch(url, headers=headers, content=b"x").status_code == 403
    assert offset_of(client, url) == 0


def test_what_nobody_goes_on_with_is_dropped_after_a_week(tmp_path: Path) -> None:
    uploads = PartialUploads(tmp_path)
    old, new = (uploads.create(name, None, 10, "") for name in ("old.m4a", "new.m4a"))
    week = time.time() - 7.1 * 86_400
    folder = tmp_path / old.id
    for path in (*folder.iterdir(), folder):
        os.utime(path, (week, week))
    assert uploads.sweep() == 1
    assert [one.name for one in uploads.unfinished()] == [new.name]


def test_a_folder_that_is_no_upload_is_not_listed(tmp_path: Path) -> None:
    uploads = PartialUploads(tmp_path)
    (tmp_path / ("a" * 32)).mkdir()
    (tmp_path / ("b" * 32)).mkdir()
    (tmp_path / ("b" * 32) / "upload.json").write_bytes(b'{"na')
    (tmp_path / "other").mkdir()
    assert uploads.unfinished() == []
