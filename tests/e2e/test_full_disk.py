"""A data home on a disk that is really full: one clear line, nothing half-stored, and a way on once there is room."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingestion.vectors.edge import EdgeVectorStore
from tests.e2e.commands import SAMPLES, Ran, clip, explained, huimai, served, start, write_wav
from tests.e2e.small_disk import SmallDisk

pytestmark = [pytest.mark.models, pytest.mark.slow]

MB = 1024**2
RESERVE = 64 * MB
"""What an upload and the search index leave free."""
LINES = 120


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path / "disk", 160 * MB) as disk:
        yield disk


@pytest.fixture
def home(disk: SmallDisk) -> Path:
    return disk.folder / "home"


def transcript(path: Path, lines: int) -> Path:
    """Few words to embed, but much to store."""
    said = (
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n"
        f"<v Mina>Point {n} of the review is kept under {'0123456789abcdef' * 160}.</v>\n"
        for n in range(lines)
    )
    path.write_text("WEBVTT\n\n" + "\n".join(said), encoding="utf-8")
    return path


def follow_hint(disk: SmallDisk, home: Path, hint: str) -> Ran:
    """Run the command that a hint names."""
    named = re.search(r"`huimai ([^`]+)`", hint)
    assert named, hint
    return huimai(home, *named.group(1).split(), "--json", within=disk.within)


def media_in(disk: SmallDisk) -> list[str]:
    return [path.name for path in (disk.outside / "home" / "media").rglob("*") if path.is_file()]


def test_an_upload_that_does_not_fit_leaves_nothing(disk: SmallDisk, home: Path, tmp_path: Path) -> None:
    recording = write_wav(tmp_path / "long.wav", bytes(70 * MB))
    with served(home, within=disk.within) as url, httpx.Client(base_url=url, trust_env=False) as client:
        error, hint = explained(huimai(home, "ingest", recording, "--project", "P", within=disk.within))
        assert "full" in error
        assert "73.4 MB" in error
        assert "free some space" in hint

        unannounced = (bytes(MB) for _ in range(200))
        query = {"name": "long.wav", "project": "P"}
        answer = client.post("/api/v1/uploads", params=query, content=unannounced, timeout=60)
        assert (answer.status_code, answer.json()["type"]) == (507, "about:blank#storage-full")
        assert "full" in answer.json()["detail"]
        assert answer.json()["hint"]
        assert client.get("/api/v1/meetings").json()["meetings"] == []
        assert client.get("/api/v1/projects").json() in ([], {"projects": []})
    assert media_in(disk) == []


def test_a_disk_that_fills_during_index_fails_the_job_and_a_retry_finishes_it(
    disk: SmallDisk, home: Path, tmp_path: Path
) -> None:
    weekly = transcript(tmp_path / "weekly.vtt", LINES)
    disk.fill(leave=20 * MB)
    error, _ = explained(huimai(home, "meetings", within=disk.within))
    assert "full" in error, "a new home needs room for its index"
    disk.clear()
    with served(home, within=disk.within):
        disk.fill(leave=RESERVE + weekly.stat().st_size + MB // 2)
        error, hint = explained(huimai(home, "ingest", weekly, "--project", "P", within=disk.within))
        assert "search index" in error
        assert "weekly.vtt" in error
        disk.clear()
        assert follow_hint(disk, home, hint).document["jobs"][0]["stage"] == "ready"
    # the databases are closed now, and can be opened where this process can lock them
    stored = shutil.copytree(disk.outside / "home", tmp_path / "stored")
    assert counted(stored) == (1, LINES)
    assert chunks(stored) == vectors(stored)


def test_a_disk_that_another_program_fills_stops_the_job_and_not_the_process(
    disk: SmallDisk, home: Path, tmp_path: Path
) -> None:
    recording = clip(SAMPLES / "B_en_atlas_mobile" / "2026-03-04.m4a", tmp_path / "weekly.wav", 10.0, 20.0)
    working = start(home, "ingest", recording, "--project", "P", within=disk.within)
    working.until("transcribe")
    disk.fill()
    error, hint = explained(working.end())
    assert "full" in error
    assert "free some space" in hint
    full, _ = explained(huimai(home, "meetings", within=disk.within))
    assert "full" in full
    disk.clear()
    assert follow_hint(disk, home, hint).document["jobs"][0]["stage"] == "ready"
    assert len(media_in(disk)) == 1
    stored = shutil.copytree(disk.outside / "home", tmp_path / "stored")
    assert counted(stored)[0] == 1
    assert chunks(stored) == vectors(stored)


def counted(home: Path) -> tuple[int, int]:
    """Meetings and utterances."""
    with sqlite3.connect(home / "huimai.db") as rows:
        (meetings,) = rows.execute("SELECT count(*) FROM meeting WHERE lower(stage) = 'ready'").fetchone()
        (utterances,) = rows.execute("SELECT count(*) FROM utterance").fetchone()
    return meetings, utterances


def chunks(home: Path) -> list[str]:
    with sqlite3.connect(home / "huimai.db") as rows:
        return [id for (id,) in rows.execute("SELECT id FROM chunk ORDER BY first")]


def vectors(home: Path) -> list[str]:
    with sqlite3.connect(home / "huimai.db") as rows:
        ((meeting,),) = rows.execute("SELECT id FROM meeting").fetchall()
    store = EdgeVectorStore(home / "vectors", 384, "multilingual-e5-small")
    try:
        return store.ids(meeting)
    finally:
        store.close()
