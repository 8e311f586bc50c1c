"""kill -9 in every step of an ingest; afterwards everything is there, once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ingestion.database import Database
from ingestion.vectors.edge import EdgeVectorStore
from tests.doubles import HashEmbedder
from tests.server.ledger_home import FIRST, SECOND, transcript

ROOT = Path(__file__).parents[2]
RECORDING = ROOT / "samples" / "B_en_atlas_mobile" / "2026-03-04.m4a"
POINTS = (
    "before decode",
    "after decode",
    "after segment",
    "before transcribe",
    "during transcribe",
    "after transcribe",
    "during listen",
    "after listen",
    "after tell_apart",
    "after clean",
    "after chunk",
    "during index",
    "after index",
    "after finish",
)


class Driver:
    """Runs the crash driver; what it says of a failure goes to stderr."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.e2e.crash_driver"]
        # numpy would make threads when it is imported, and a process that forks is to have none
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, home: Path, *files: Path, kill: str = "", rehear: str = "", read: str = "") -> int:
        """The exit status of a run: 0 when no job is left."""
        environment = {
            "HUIMAI_HOME": str(home),
            "HUIMAI_INGESTION__PIECE_SECONDS": "30",
            "HUIMAI_INGESTION__CHUNK_WORDS": "20",
            "HUIMAI_INGESTION__EMBEDDING_BATCH": "1",
            "KILL": kill,
            "REHEAR": rehear,
            "READ": read,
        }
        assert self._process.stdin and self._process.stdout
        wanted = {"arguments": [str(path) for path in (home, *files)], "environment": environment}
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture(scope="module")
def drive() -> Iterator[Driver]:
    driver = Driver()
    yield driver
    driver.close()


def rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What is stored, without random ids and times."""
    queries = {
        "meeting": "SELECT title, stage, attempt, duration, language FROM meeting",
        "media": "SELECT sha256, size FROM media",
        "piece": 'SELECT "index", start, "end", segments, voices FROM piece ORDER BY "index"',
        "turn": 'SELECT speaker, start, "end" FROM turn ORDER BY "index"',
        "utterance": 'SELECT "index", start, "end", speaker, text FROM utterance ORDER BY "index"',
        "chunk": "SELECT first, last, text FROM chunk ORDER BY first",
        "rehearing": 'SELECT start, "end", language, model, segments, error FROM rehearing',
    }
    database = Database(f"sqlite:///{home / 'huimai.db'}")
    with database.engine.connect() as connection:
        stored = {table: [tuple(row) for row in connection.execute(text(query))] for table, query in queries.items()}
    database.close()
    return stored


def vectors(home: Path) -> tuple[int, int]:
    """Points in the index, and chunks whose point is there."""
    database = Database(f"sqlite:///{home / 'huimai.db'}")
    with database.engine.connect() as connection:
        meeting, *_ = connection.execute(text("SELECT id FROM meeting")).scalars()
        chunks = set(connection.execute(text("SELECT id FROM chunk")).scalars())
    database.close()
    embedder = HashEmbedder()
    store = EdgeVectorStore(home / "vectors", embedder.dimensions, embedder.model_id)
    ids = store.ids(meeting)
    store.close()
    return len(ids), len(chunks & set(ids))


def files(home: Path) -> list[str]:
    kept = [p for folder in ("media", "work") for p in (home / folder).rglob("*") if p.is_file()]
    return sorted(str(p.relative_to(home)) for p in kept)


@pytest.mark.slow
def test_an_ingest_killed_in_every_step_ends_like_one_that_never_was(tmp_path: Path, drive: Driver) -> None:
    calm, stormy = tmp_path / "calm", tmp_path / "stormy"
    assert drive(calm, RECORDING) == 0
    for number, point in enumerate(POINTS):
        assert drive(stormy, *([RECORDING] if number == 0 else []), kill=point) == -signal.SIGKILL, point
    assert drive(stormy) == 0

    assert rows(stormy) == rows(calm)
    assert len(rows(calm)["piece"]) >= 4
    assert vectors(stormy) == vectors(calm)
    points, known = vectors(calm)
    assert points == known == len(rows(calm)["chunk"])
    assert files(stormy) == files(calm)
    assert len(files(calm)) == 1
    for log in ("heard.log", "voices.log"):
        heard = Counter((stormy / log).read_text().split())
        assert set(heard.values()) == {1}, f"a piece was heard twice: {log}"
        assert len(heard) == len(rows(calm)["piece"])
    assert {speaker for *_, speaker, _ in rows(calm)["utterance"]} == {"Speaker 1", "Speaker 2"}


REHEARING_POINTS = (
    "before enqueue",
    "before hear_again",
    "after hear_again",
    "after clean",
    "after chunk",
    "after index",
    "after finish",
)


@pytest.mark.slow
def test_a_rehearing_killed_in_every_step_ends_like_one_that_never_was(tmp_path: Path, drive: Driver) -> None:
    calm, stormy = tmp_path / "calm", tmp_path / "stormy"
    for home in (calm, stormy):
        assert drive(home, RECORDING) == 0
    before = rows(calm)
    assert drive(calm, rehear="yes") == 0
    for point in REHEARING_POINTS:
        assert drive(stormy, kill=point, rehear="yes") == -signal.SIGKILL, point
    assert drive(stormy, rehear="yes") == 0

    assert rows(stormy) == rows(calm)
    assert len(rows(calm)["rehearing"]) == 1
    assert rows(calm)["utterance"] != before["utterance"]
    assert rows(calm)["piece"] == before["piece"]
    assert vectors(stormy) == vectors(calm)
    assert files(stormy) == files(calm)
    assert Counter((stormy / "heard.log").read_text().split()) == Counter((calm / "heard.log").read_text().split())


READING_POINTS = (
    "before reading extract",
    "before reading want",
    "after reading want",
    "after reading extract",
    "before reading link",
    "after reading link",
    "before reading finish",
    "after reading finish",
)


def ledger(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What was read into the ledger, without random ids and times."""
    queries = {
        "items": "SELECT date, kind, lines, text, owner, due, measure_value FROM ledgeritem"
        " JOIN meeting ON meeting.id = meeting_id ORDER BY date, lines, kind",
        "links": "SELECT later.text, earlier.text, type, ledgerlink.confidence, reason FROM ledgerlink"
        " JOIN ledgeritem later ON later.id = ledgerlink.later"
        " JOIN ledgeritem earlier ON earlier.id = ledgerlink.earlier ORDER BY 1, 2",
        "readings": "SELECT done >= wanted, error FROM reading",
    }
    database = Database(f"sqlite:///{home / 'huimai.db'}")
    with database.engine.connect() as connection:
        stored = {name: [tuple(row) for row in connection.execute(text(query))] for name, query in queries.items()}
    database.close()
    return stored


@pytest.mark.slow
def test_a_reading_killed_in_every_step_ends_like_one_that_never_was(tmp_path: Path, drive: Driver) -> None:
    meetings = [tmp_path / name for name in ("2026-03-02.json", "2026-03-09.json")]
    for file, lines in zip(meetings, (FIRST, SECOND), strict=True):
        file.write_bytes(transcript(lines))
    calm, stormy = tmp_path / "calm", tmp_path / "stormy"
    assert drive(calm, *meetings, read="yes") == 0
    for number, point in enumerate(READING_POINTS):
        assert drive(stormy, *(meetings if number == 0 else []), kill=point, read="yes") == -signal.SIGKILL, point
    assert drive(stormy, read="yes") == 0

    assert ledger(stormy) == ledger(calm)
    assert len(ledger(calm)["links"]) >= 3
    assert set(ledger(stormy)["readings"]) == {(1, None)}
