"""Recordings are served by the byte."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from ingestion.repository import MeetingRepository
from ingestion.tables import Media
from tests.server.conftest import EdgeServices

CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def url(client: httpx.Client, services: EdgeServices) -> str:
    received = services.media.receive([CONTENT], "weekly.m4a", len(CONTENT))
    services.media.commit(received, "m4a")
    media = Media(
        sha256=SHA256, extension="m4a", size=len(CONTENT), container="mp4", codec="aac", sample_rate=16000, channels=1
    )
    with services.database.session() as session:
        MeetingRepository(session).add_media(media)
    return f"/api/v1/meetings/{services.add_meeting('Weekly', media_sha256=SHA256)}/media"


def test_the_whole_recording(client: httpx.Client, url: str) -> None:
    response = client.get(url)
    assert response.content == CONTENT
    assert response.headers["content-type"] == "audio/mp4"
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["etag"] == f'"{SHA256}"'


@pytest.mark.parametrize(
    ("range", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=255000-", 255000, 255999),
        ("bytes=-100", 255900, 255999),
        ("bytes=0-99999999", 0, 255999),
        ("bytes=-99999999", 0, 255999),
    ],
)
def test_a_range(client: httpx.Client, url: str, range: str, first: int, last: int) -> None:
    response = client.get(url, headers={"Range": range})
    assert response.status_code == 206
    assert response.content == CONTENT[first : last + 1]
    assert response.headers["content-range"] == f"bytes {first}-{last}/256000"


@pytest.mark.parametrize("range", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_range_outside_is_416(client: httpx.Client, url: str, range: str) -> None:
    response = client.get(url, headers={"Range": range})
    assert response.status_code == 416
    assert response.headers["content-range"] == "bytes */256000"
    assert response.json()["type"] == "about:blank#range-not-satisfiable"


@pytest.mark.parametrize(
    "range", ["bytes", "bytes=", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=9-3", "bytes=--1"]
)
def test_a_range_that_makes_no_sense_is_ignored(client: httpx.Client, url: str, range: str) -> None:
    response = client.get(url, headers={"Range": range})
    assert (response.status_code, response.content) == (200, CONTENT)


def test_if_range_protects_from_mixing_two_files(client: httpx.Client, url: str) -> None:
    same = client.get(url, headers={"Range": "bytes=0-9", "If-Range": f'"{SHA256}"'})
    other = client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    beyond = client.get(url, headers={"Range": "bytes=999999-", "If-Range": '"another"'})
    assert [r.status_code for r in (same, other, beyond)] == [206, 200, 200]


def test_head_tells_the_size_and_sends_nothing(client: httpx.Client, url: str) -> None:
    response = client.head(url)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == "256000"


def test_a_known_etag_is_not_sent_again(client: httpx.Client, url: str) -> None:
    response = client.get(url, headers={"If-None-Match": f'"{SHA256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_meeting_without_a_recording(client: httpx.Client, services: EdgeServices) -> None:
    response = client.get(f"/api/v1/meetings/{services.add_meeting('Imported')}/media")
    assert response.status_code == 404
    assert "transcript" in response.json()["hint"]


def test_a_lost_file_is_said(client: httpx.Client, services: EdgeServices, url: str) -> None:
    services.media.delete(SHA256)
    response = client.get(url)
    assert response.status_code == 404
    assert "backup" in response.json()["hint"]
