"""The record beside a model's files of what was verified: size, modification time and SHA-256 of each."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ingestion.models.card import ModelCard, ModelFile
from ingestion.models.receiving import sha256_of

MANIFEST = ".huimai.json"


class VerifiedFile(ModelFile):
    """A file that was right when its modification time (nanoseconds) was `modified`."""

    modified: int


class Manifest(BaseModel):
    """What a model folder held when it was last verified, and where it came from."""

    model_config = ConfigDict(frozen=True)

    name: str
    source: str = ""
    revision: str = ""
    files: tuple[VerifiedFile, ...]

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The folder's record, or None when it has none that can be read."""
        try:
            return cls.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, folder: Path) -> None:
        """Replace the folder's record."""
        path = folder / MANIFEST
        scratch = path.with_name(f"{MANIFEST}.{os.getpid()}")
        scratch.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        scratch.replace(path)

    def distrust(self, folder: Path) -> None:
        """Have every file hashed again before its next use."""
        files = tuple(file.model_copy(update={"modified": 0}) for file in self.files)
        self.model_copy(update={"files": files}).write(folder)

    def untouched(self, folder: Path) -> bool:
        """Whether every file still has its size and modification time."""
        return all(_is_untouched(folder / file.path, file) for file in self.files)


def record(folder: Path, name: str, files: tuple[ModelFile, ...], source: str = "", revision: str = "") -> Manifest:
    """Write the record of files that were just verified."""
    verified = tuple(
        VerifiedFile(**file.model_dump(include={"path", "size", "sha256"}), modified=_modified(folder / file.path))
        for file in files
    )
    manifest = Manifest(name=name, source=source, revision=revision, files=verified)
    manifest.write(folder)
    return manifest


def expected_files(card: ModelCard, manifest: Manifest | None) -> tuple[ModelFile, ...]:
    """The bytes that are right: the card's, or for an unpinned card those recorded at its pull."""
    return card.files or (manifest.files if manifest else ())


def first_problem(folder: Path, files: tuple[ModelFile, ...]) -> str:
    """Hash the files; what is wrong with the first bad one, or an empty text."""
    for file in files:
        path = folder / file.path
        if not path.is_file():
            return f"{file.path} is missing"
        if path.stat().st_size != file.size or sha256_of(path) != file.sha256:
            return f"{file.path} is damaged"
    return ""


def _is_untouched(path: Path, file: VerifiedFile) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return stat.st_size == file.size and stat.st_mtime_ns == file.modified


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns
