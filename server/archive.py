"""Backups: what cannot be made again, and the vectors that would take long to make, in one tar.gz."""

from __future__ import annotations

import gzip
import sqlite3
import tarfile
import tempfile
from pathlib import Path
from typing import BinaryIO

from agents.llm.card_catalogue import OWN_CARDS
from ingestion.ports import VectorStore
from server.home import Home
from server.settings import SETTINGS_FILE


def write_backup(home: Home, vectors: VectorStore, target: BinaryIO) -> None:
    """Write a consistent copy of the data home to `target` as a gzipped tar, while the home is in use. Blocking."""
    # beside the data, so that a copy needs no room on another disk and is as private
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home.folder) as folder:
        copy = Path(folder)
        databases = [path for path in (home.database, home.jobs, home.conversations) if path.exists()]
        for database in databases:
            _copy_database(database, copy / database.name)
        vectors.backup_to(copy / home.vectors.name)
        # tarfile itself takes no level for a stream before Python 3.12
        with (
            gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1, filename="") as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            for path in sorted(copy.iterdir()):
                tar.add(path, arcname=path.name)
            for path in (home.media, home.folder / SETTINGS_FILE, home.folder / OWN_CARDS):
                if path.exists():
                    tar.add(path, arcname=path.name)
            for path in sorted(home.templates.glob("*.toml")):
                # a link is followed: a backup with one in it is refused
                if path.is_file():
                    tar.add(path.resolve(), arcname=f"{home.templates.name}/{path.name}")


def _copy_database(source: Path, target: Path) -> None:
    reader, writer = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reader.backup(writer)
    finally:
        reader.close()
        writer.close()
