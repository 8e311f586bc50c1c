"""Ctrl-C while real work is done, and two processes on one data home."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES, Running, clip, explained, huimai, start

pytestmark = [pytest.mark.models, pytest.mark.slow]

SERIES = SAMPLES / "B_en_atlas_mobile"
SHORT_PIECES = {"HUIMAI_INGESTION__PIECE_SECONDS": "30"}


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough for several pieces."""
    folder = tmp_path_factory.mktemp("recording")
    return clip(SERIES / "2026-03-04.m4a", folder / "2026-03-04.wav", 10.0, 75.0)


def rows(home: Path, query: str) -> list[tuple[str | None, int]]:
    with sqlite3.connect(f"file:{home / 'huimai.db'}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def pieces(home: Path) -> list[tuple[str | None, int]]:
    """What was heard in each piece so far, and how often its transcription was begun."""
    return rows(home, 'SELECT segments, attempts FROM piece ORDER BY "index"')


def until_first_piece(home: Path, ingest: Running) -> None:
    ingest.until("transcribe")
    while not pieces(home)[0][0]:
        time.sleep(0.05)


def test_an_interrupted_ingest_ends_at_once_and_goes_on_later(tmp_path: Path, recording: Path) -> None:
    home = tmp_path / "home"
    ingest = start(home, "ingest", recording, "--project", "P", **SHORT_PIECES)
    until_first_piece(home, ingest)
    stopped = ingest.interrupt()
    assert stopped.code == 130
    assert stopped.err.splitlines()[-1].startswith("stopped; the job goes on")
    assert "Traceback" not in stopped.err
    heard = pieces(home)
    finished = [piece for piece in heard if piece[0]]
    assert 0 < len(finished) < len(heard), "it was not interrupted in the middle"

    assert huimai(home, "jobs", "watch", **SHORT_PIECES).code == 0
    assert pieces(home)[: len(finished)] == finished, "a finished piece was transcribed again"
    assert all(segments for segments, _ in pieces(home))
    assert rows(home, "SELECT stage, count(*) FROM meeting") == [("ready", 1)]


def test_a_second_process_is_told_who_has_the_data_home(tmp_path: Path, recording: Path) -> None:
    home = tmp_path / "home"
    ingest = start(home, "ingest", recording, "--project", "P")
    ingest.until("P · ")
    for arguments in (("meetings",), ("ingest", SERIES / "2026-03-11.vtt", "--project", "P")):
        error, hint = explained(huimai(home, *arguments))
        assert f"in use by process {ingest.pid}" in error
        assert "huimai serve" in hint
    assert ingest.interrupt().code == 130
    assert rows(home, "SELECT source_name, count(*) FROM meeting") == [(recording.name, 1)]


def test_an_interrupted_server_ends_soon_and_frees_the_data_home(tmp_path: Path, recording: Path) -> None:
    home = tmp_path / "home"
    server = start(home, "serve", "--port", "0", **SHORT_PIECES)
    server.first_lines(1)
    ingest = start(home, "ingest", recording, "--project", "P")
    ingest.until("transcribe")
    stopped = server.interrupt()
    assert stopped.code in (0, 130)
    assert "Traceback" not in stopped.err
    explained(ingest.end())
    (job,) = huimai(home, "jobs", "--json").document["jobs"]
    assert job["stage"] == "transcribe"
