"""What lies in a data home, and filling one from a backup that may come from anywhere."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from agents.llm.card_catalogue import OWN_CARDS
from ingestion.errors import BadInputError, ConflictError
from ingestion.storage import disk_full_is_said
from server.cli.messages import say
from server.home import Home
from server.settings import SETTINGS_FILE

_BLOCK = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_TAR_MAGIC_AT = 257
_TAR_END = 1024
"""A whole tar ends in two empty blocks of 512 bytes (POSIX ustar)."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def data_of(home: Home) -> list[Path]:
    """What is stored in the home: databases, their journals, media, vectors, work. Settings are not data."""
    databases = [home.database, home.jobs, home.conversations]
    journals = [path.with_name(path.name + end) for path in databases for end in ("-wal", "-shm", "-journal")]
    return [path for path in (*databases, *journals, home.media, home.vectors, home.work) if path.exists()]


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def remove(path: Path) -> None:
    """Delete a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def restore_home(home: Home, backup: Path, *, force: bool = False) -> int:
    """Fill the home from a backup; returns the number of files. The caller owns the home.

    Nothing in the home changes until the whole backup was unpacked and checked. Raises ConflictError when the home
    holds data and `force` is not given (settings alone are no data, and stay), BadInputError when the backup is
    damaged or holds anything but a data home.
    """
    if data_of(home) and not force:
        raise ConflictError(say("home_not_empty", home=home.folder), say("home_not_empty_hint"))
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home.folder) as folder, disk_full_is_said(home.folder):
        fresh, old = Path(folder, "new"), Path(folder, "old")
        fresh.mkdir()
        old.mkdir()
        files = _unpack(home, backup, fresh)
        _check_databases(home, fresh)
        for path in data_of(home):
            path.replace(old / path.name)
        for path in fresh.iterdir():
            if force or not (home.folder / path.name).exists():
                path.replace(home.folder / path.name)
    return files


def _unpack(home: Home, backup: Path, folder: Path) -> int:
    try:
        with _opened(backup) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            files = sum(1 for member in _safe_members(home, tar) if _extract(tar, member, folder))
            # whether packed data is whole is told at its end, which a tar does not reach
            while stream.read(_BLOCK):
                pass
            return files
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise _damaged(backup, str(error)) from error


def _opened(backup: Path) -> BinaryIO:
    """The tar in a backup, which may be gzipped. Raises BadInputError."""
    try:
        with backup.open("rb") as file:
            packed = file.read(2) == _GZIP_MAGIC
        if packed:
            return cast(BinaryIO, gzip.open(backup))
        _require_whole(backup)
        return backup.open("rb")
    except OSError as error:
        reason = say("file_unreadable", path=backup, error=error.strerror)
        raise BadInputError(reason, say("no_such_hint")) from error


def _require_whole(backup: Path) -> None:
    """tarfile does not notice when an archive was cut between two members."""
    with backup.open("rb") as file:
        file.seek(_TAR_MAGIC_AT)
        is_tar = file.read(5) == b"ustar"
        file.seek(-min(_TAR_END, backup.stat().st_size), 2)
        end = file.read()
    if not is_tar:
        raise _damaged(backup, say("backup_not_tar"))
    if end.strip(b"\0"):
        raise _damaged(backup, say("backup_cut"))


def _safe_members(home: Home, tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The members, each checked to be a plain file or folder of a data home."""
    files = {home.database.name, home.jobs.name, home.conversations.name, SETTINGS_FILE, OWN_CARDS}
    folders = {home.media.name, home.vectors.name, home.templates.name}
    for member in tar:
        path = PurePosixPath(member.name)
        inside = bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in member.name
        known = inside and (path.parts[0] in folders or (member.isfile() and member.name in files))
        if not known or not (member.isfile() or member.isdir()):
            raise BadInputError(say("backup_foreign", name=member.name[:80]), say("backup_foreign_hint"))
        yield member


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> bool:
    """Write one member below `folder`; whether it is a file."""
    target = folder / PurePosixPath(member.name)
    source = tar.extractfile(member)
    if source is None:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        return False
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with source, target.open("xb") as file:
        target.chmod(0o600)
        digest = _copy(source, file)
    named = _SHA256.match(target.name)
    if PurePosixPath(member.name).parts[0] == "media" and named and named.group() != digest:
        raise BadInputError(say("backup_media_damaged", name=member.name), say("backup_damaged_hint"))
    return True


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy all bytes; returns their SHA-256."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _check_databases(home: Home, folder: Path) -> None:
    if not (folder / home.database.name).is_file():
        raise BadInputError(say("backup_no_database"), say("backup_foreign_hint"))
    for database in folder.glob("*.db"):
        try:
            connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                found = connection.execute("PRAGMA quick_check").fetchone()[0]
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            found = str(error)
        if found != "ok":
            reason = say("backup_database_damaged", name=database.name, found=found)
            raise BadInputError(reason, say("backup_damaged_hint"))


def _damaged(backup: Path, reason: str) -> BadInputError:
    return BadInputError(say("backup_unreadable", path=backup, reason=reason), say("backup_unreadable_hint"))
