from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.errors import BadInputError, StorageFullError, TooLargeError
from ingestion.media.store import MediaStore

CONTENT = b"sound" * 1000
SHA = hashlib.sha256(CONTENT).hexdigest()
NASTY_NAMES = ["../../etc/passwd", "/etc/passwd", "a\0b.mp3", "x" * 5000, "..\\..\\boot.ini", "\n\x1b[31m", ""]


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_content_names_the_file(store, tmp_path):
    received = store.receive([CONTENT[:3], CONTENT[3:]], "周会.M4A", 10**6)
    assert (received.sha256, received.size) == (SHA, len(CONTENT))
    kept = store.commit(received, ".M4A")
    assert files(tmp_path / "media") == [f"{SHA[:2]}/{SHA}.m4a"]
    assert kept.read_bytes() == CONTENT
    assert store.find(SHA) == kept == store.path(SHA, "m4a")


def test_the_same_content_is_kept_once(store, tmp_path):
    first = store.commit(store.receive([CONTENT], "a", 10**6), "wav")
    again = store.commit(store.receive([CONTENT], "b", 10**6), "mp3")
    assert again == first
    assert len(files(tmp_path / "media")) == 1


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_names_never_become_paths(store, tmp_path, name):
    received = store.receive([CONTENT], name, 10**6)
    assert received.path.parent == tmp_path / "media" / "incoming"
    kept = store.commit(received, name)
    assert kept == tmp_path / "media" / SHA[:2] / f"{SHA}.bin"
    assert files(tmp_path) == [f"media/{SHA[:2]}/{SHA}.bin"]


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_names_are_fit_for_one_line(store, name):
    with pytest.raises(TooLargeError) as caught:
        store.receive([CONTENT], name, 10)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200


@pytest.mark.parametrize("sha256", ["../x", "a" * 63, "A" * 64, "", SHA + "/../../x", SHA + "\n"])
def test_only_hashes_name_content(store, sha256):
    for call in (store.find, store.delete, lambda s: store.path(s, "wav")):
        with pytest.raises(BadInputError):
            call(sha256)


def test_a_large_upload_stops_at_the_limit(store, tmp_path):
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 1000

    with pytest.raises(TooLargeError):
        store.receive(endless(), "a.wav", 10_000)
    assert read == 11
    assert files(tmp_path) == []


def test_an_empty_upload_is_refused(store, tmp_path):
    with pytest.raises(BadInputError):
        store.receive([], "a.wav", 100)
    assert files(tmp_path) == []


def test_a_broken_upload_leaves_nothing(store, tmp_path):
    def breaks() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.receive(breaks(), "a.wav", 100)
    assert files(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_nothing(store, tmp_path, monkeypatch):
    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StorageFullError):
        store.receive([CONTENT], "a.wav", 10**6)
    assert files(tmp_path) == []


def test_delete_removes_the_content(store, tmp_path):
    store.commit(store.receive([CONTENT], "a", 10**6), "wav")
    assert store.delete(SHA) is True
    assert files(tmp_path) == []
    assert store.delete(SHA) is False
    assert store.find(SHA) is None


def test_sweep_takes_only_stale_uploads(store, tmp_path):
    stale = store.receive([b"old"], "a", 100)
    fresh = store.receive([b"new"], "b", 100)
    kept = store.commit(store.receive([CONTENT], "c", 10**6), "wav")
    long_ago = time.time() - 25 * 3600
    for path in (stale.path, kept):
        os.utime(path, (long_ago, long_ago))
    assert store.sweep(older_than_hours=24) == 1
    assert not stale.path.exists()
    assert fresh.path.exists()
    assert kept.exists()
    store.discard(fresh)
    assert not fresh.path.exists()
