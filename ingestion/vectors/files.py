"""The folder of an index in process: its manifest, its making and its copying."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from ingestion.errors import IndexUnusableError, StorageFullError
from ingestion.storage import FREE_SPACE, disk_full_is_said

REBUILD = "run `huimai reindex`: it rebuilds the index from the database"

_FORMAT = 2
_BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built with. Another model or another number of dimensions makes its vectors useless."""

    model: str
    dimensions: int
    format: int = _FORMAT


class IndexFolder:
    """The files of an index: a manifest and a shard, which appear together or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = folder / "index"
        self._manifest = self._index / "manifest.json"
        self.shard = self._index / "shard"

    @property
    def exists(self) -> bool:
        """Whether an index was made here."""
        return self._index.exists()

    def check(self, wanted: Manifest) -> None:
        """Raises ConflictError when the index was built with something else, HuimaiError when that is unknown."""
        try:
            found = Manifest(**json.loads(self._manifest.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnusableError(f"the search index in {self.folder} is damaged: {error}", REBUILD) from error
        if found.format != wanted.format:
            raise IndexUnusableError("the search index was built by another version of Huimai", REBUILD)
        if found != wanted:
            raise IndexUnusableError(
                f"the search index was built with the embedding model {found.model} ({found.dimensions} dimensions), "
                f"the settings name {wanted.model} ({wanted.dimensions})",
                REBUILD + ", or set the model back",
            )

    def make(self, manifest: Manifest, create_shard: Callable[[Path], None]) -> None:
        """Put a new, empty index in place of what is there."""
        fresh = self.folder / "index.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        create_shard(fresh / self.shard.name)
        (fresh / self._manifest.name).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        shutil.rmtree(self._index, ignore_errors=True)
        fresh.rename(self._index)

    def copy_to(self, target: Path) -> None:
        """Copy the index of a closed shard, keeping the holes of its preallocated files.

        Raises StorageFullError.
        """
        with disk_full_is_said(target):
            for source in sorted(self._index.rglob("*")):
                copy = target / source.relative_to(self.folder)
                if source.is_file():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    _copy_sparsely(source, copy)
                else:
                    copy.mkdir(parents=True, exist_ok=True)

    def require_space(self, least: int) -> None:
        """Raises StorageFullError when fewer than `least` bytes are free."""
        existing = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        free = shutil.disk_usage(existing).free
        if free < least:
            raise StorageFullError(
                f"the disk that holds {self.folder} is full: {free / 1e6:.0f} MB are left, the search index needs "
                f"{least / 1e6:.0f} MB; nothing more was indexed",
                FREE_SPACE,
            )


def _copy_sparsely(source: Path, target: Path) -> None:
    with source.open("rb") as reader, target.open("wb") as writer:
        while block := reader.read(_BLOCK):
            if block.strip(b"\0"):
                writer.write(block)
            else:
                writer.seek(len(block), 1)
        writer.truncate(source.stat().st_size)
