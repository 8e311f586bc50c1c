"""A local folder as a source: a USB stick, a shared drive, another machine's models."""

from __future__ import annotations

from pathlib import Path

from ingestion.models.card import FolderSource, ModelCard, ModelFile
from ingestion.models.receiving import BytesProgress, IncomingFile, SourceError, Tally, blocks_of
from ingestion.models.sources.base import Fetched


class LocalFolder:
    """Copies the files out of `spec.path`, or out of the folder in it that has the model's name."""

    def __init__(self, spec: FolderSource) -> None:
        self._path = spec.path.expanduser()

    @property
    def label(self) -> str:
        """The folder."""
        return f"folder {self._path}"

    def fetch(self, card: ModelCard, into: Path, progress: BytesProgress | None) -> Fetched:
        """Copy and hash. A card without a list of files takes all that are there, hidden ones excepted."""
        named = self._path / card.name
        folder = named if named.is_dir() else self._path
        if not folder.is_dir():
            raise SourceError(f"{folder} is not a folder")
        wanted = {file.path: file for file in card.files}
        paths = list(wanted) or _visible_files(folder)
        missing = [path for path in paths if not (folder / path).is_file()]
        if missing or not paths:
            raise SourceError(f"{folder} does not hold {missing[0] if missing else 'any file'}")
        tally = Tally(sum((folder / path).stat().st_size for path in paths), progress)
        return Fetched(tuple(_copy(folder, path, wanted.get(path), into, tally) for path in paths))


def _copy(folder: Path, path: str, wanted: ModelFile | None, into: Path, tally: Tally) -> ModelFile:
    size = wanted.size if wanted else (folder / path).stat().st_size
    with IncomingFile(into / path, tally) as incoming:
        incoming.restart()
        for block in blocks_of(folder / path):
            incoming.write(block)
        sha256 = incoming.finish(size, wanted.sha256 if wanted else None)
    return ModelFile(path=path, size=size, sha256=sha256)


def _visible_files(folder: Path) -> list[str]:
    relative = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts)]
