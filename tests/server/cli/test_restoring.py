from __future__ import annotations

import gzip
import hashlib
import io
import sqlite3
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

from ingestion.errors import BadInputError, ConflictError
from server.cli.restoring import data_of, restore_home
from server.home import Home

RECORDING = b"sound" * 1000
NAME = f"media/ab/{hashlib.sha256(RECORDING).hexdigest()}.m4a"


@pytest.fixture
def database(tmp_path: Path) -> bytes:
    path = tmp_path / "made.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.fixture
def owned(home: Path) -> Home:
    owned = Home(home)
    owned.create()
    return owned


def backup_of(folder: Path, members: dict[str, bytes], **link: str) -> Path:
    path = folder / "backup.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        for name, target in link.items():
            info = tarfile.TarInfo(f"media/{name}")
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return path


def test_backup_comes_back(owned: Home, database: bytes, tmp_path: Path) -> None:
    backup = backup_of(
        tmp_path, {"huimai.db": database, NAME: RECORDING, "vectors/x/y": b"v", "templates/a.toml": b"t"}
    )
    assert restore_home(owned, backup) == 4
    assert (owned.folder / NAME).read_bytes() == RECORDING
    assert owned.database.read_bytes() == database
    assert owned.database.stat().st_mode & 0o077 == 0
    assert not list(owned.folder.glob(".restore-*"))


def test_home_with_data_is_kept_unless_forced(owned: Home, database: bytes, tmp_path: Path) -> None:
    owned.database.write_bytes(b"mine")
    owned.database.with_name("huimai.db-wal").write_bytes(b"mine")
    backup = backup_of(tmp_path, {"huimai.db": database})
    with pytest.raises(ConflictError, match="not empty"):
        restore_home(owned, backup)
    assert owned.database.read_bytes() == b"mine"
    restore_home(owned, backup, force=True)
    assert data_of(owned) == [owned.database]
    assert owned.database.read_bytes() == database


@pytest.mark.parametrize(
    "name", ["../evil", "/tmp/evil", "media/../../evil", "owner.lock", ".ssh/config", "media\\..\\x"]
)
def test_other_paths_are_refused(owned: Home, database: bytes, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInputError, match="no part of a data home"):
        restore_home(owned, backup_of(tmp_path, {"huimai.db": database, name: b"x"}))
    assert data_of(owned) == []
    assert not (tmp_path / "evil").exists()


def test_links_are_refused(owned: Home, database: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="media/x"):
        restore_home(owned, backup_of(tmp_path, {"huimai.db": database}, x="/etc/passwd"))
    assert data_of(owned) == []


def test_a_gzipped_backup_comes_back_and_a_damaged_one_does_not(owned: Home, database: bytes, tmp_path: Path) -> None:
    backup = backup_of(tmp_path, {"huimai.db": database, NAME: RECORDING})
    packed = gzip.compress(backup.read_bytes())
    middle = len(packed) // 2
    twisted = packed[:middle] + bytes([packed[middle] ^ 255]) + packed[middle + 1 :]
    for broken in (packed[:-1], packed[:-8], packed[:middle], packed[:20], twisted, packed[:-8] + bytes(8)):
        backup.write_bytes(broken)
        with pytest.raises(BadInputError, match="nothing was restored"):
            restore_home(owned, backup)
        assert data_of(owned) == []
    backup.write_bytes(packed)
    assert restore_home(owned, backup) == 2


@pytest.mark.parametrize("cut", [100, 1024, 30_000])
def test_cut_backup_is_refused(owned: Home, database: bytes, tmp_path: Path, cut: int) -> None:
    backup = backup_of(tmp_path, {"huimai.db": database, NAME: RECORDING})
    backup.write_bytes(backup.read_bytes()[:-cut].rstrip(b"\0"))
    with pytest.raises(BadInputError, match="nothing was restored"):
        restore_home(owned, backup)
    assert data_of(owned) == []


def test_cut_between_two_members_is_refused(owned: Home, database: bytes, tmp_path: Path) -> None:
    backup = backup_of(tmp_path, {"huimai.db": database, NAME: RECORDING})
    with tarfile.open(backup) as tar:
        second = tar.getmembers()[1].offset
    backup.write_bytes(backup.read_bytes()[:second])
    with pytest.raises(BadInputError, match="cut short"):
        restore_home(owned, backup)


def test_damaged_recording_is_refused(owned: Home, database: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="recording"):
        restore_home(owned, backup_of(tmp_path, {"huimai.db": database, NAME: RECORDING[1:]}))
    assert data_of(owned) == []


def test_damaged_database_is_refused(owned: Home, database: bytes, tmp_path: Path) -> None:
    for broken in (b"no database at all", database[:5000] + b"\xff" * 4096 + database[9096:]):
        with pytest.raises(BadInputError, match=r"huimai\.db"):
            restore_home(owned, backup_of(tmp_path, {"huimai.db": broken}))
    assert data_of(owned) == []


def test_backup_without_database_is_refused(owned: Home, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no database"):
        restore_home(owned, backup_of(tmp_path, {NAME: RECORDING}))


def test_something_else_is_refused(owned: Home, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "notes.txt", "huimai.db")
    for path in (tmp_path / "notes.txt", tmp_path / "b.tar.gz", tmp_path / "nope.tar", tmp_path):
        with pytest.raises(BadInputError):
            restore_home(owned, path)


def test_restore_and_wipe_commands(cli, owned: Home, database: bytes, tmp_path: Path) -> None:
    backup = backup_of(tmp_path, {"huimai.db": database, "huimai.toml": b"port = 8001\n"})
    assert cli("restore", backup, "--json").document["files"] == 2
    assert cli("restore", backup).code == 1
    assert cli("wipe", "--yes", "--json").document["deleted"] == ["huimai.db"]
    assert data_of(owned) == []
    assert (owned.folder / "huimai.toml").exists()


def test_wipe_asks_and_a_no_deletes_nothing(cli, owned: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    owned.database.write_bytes(b"mine")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert cli("wipe").code == 1
    assert owned.database.exists()


def test_used_home_is_neither_wiped_nor_restored(cli, owned: Home, tmp_path: Path) -> None:
    owned.own()
    owned.database.write_bytes(b"mine")
    assert cli("wipe", "--yes").code == 1
    assert cli("restore", tmp_path / "x.tar", "--force").code == 1
    assert owned.database.exists()
    owned.disown()


def test_backup_is_written_whole_and_not_over_another(cli, fake: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    assert cli("backup", target, "--json").document == {"path": str(target), "bytes": 3}
    assert target.stat().st_mode & 0o077 == 0
    assert cli("backup", target).code == 1
    assert cli("backup", target, "--force").code == 0
    assert cli("backup", tmp_path).code == 0
    assert len(list(tmp_path.glob("huimai-2*.tar.gz"))) == 1
