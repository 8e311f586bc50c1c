"""Downloading from a hub over HTTP: byte ranges carry on where a connection broke."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from ingestion.models.card import ModelCard, ModelFile, is_inside
from ingestion.models.receiving import BytesProgress, IncomingFile, SourceError, Tally, WrongHashError, blocks_of

# a machine behind a firewall that drops packets should reach its next source soon
_TIMEOUT = httpx.Timeout(60.0, connect=8.0)
_TRIES_WITHOUT_PROGRESS = 3
_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that a hub offers. Large files come with their SHA-256, small ones may have only git's blob hash."""

    path: str
    size: int
    sha256: str | None = None
    git_sha1: str | None = None


def remote_files(card: ModelCard) -> list[RemoteFile]:
    """The files that a pinned card names."""
    return [RemoteFile(file.path, file.size, file.sha256) for file in card.files]


def chosen(files: Sequence[RemoteFile], include: Sequence[str], repo: str) -> list[RemoteFile]:
    """The files that match one of the patterns. Raises SourceError when none does or one has no hash."""
    kept = [file for file in files if any(_matches(file.path, pattern) for pattern in include)]
    if not kept:
        raise SourceError(f"{repo} holds no file like {', '.join(include)}")
    for file in kept:
        if not is_inside(file.path):
            raise SourceError(f"the hub offers a file outside its folder: {file.path!r}")
        if file.sha256 is None and file.git_sha1 is None:
            raise SourceError(f"the hub states no hash for {file.path}, so it cannot be checked")
    return kept


def _matches(path: str, pattern: str) -> bool:
    """Glob match in which `*` stays within a folder."""
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


@contextmanager
def hub_client() -> Generator[httpx.Client]:
    """A client that follows redirects; network failures become SourceError."""
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
            yield client
    except httpx.HTTPError as error:
        raise SourceError(f"cannot be reached: {error or type(error).__name__}") from error


def get_json(client: httpx.Client, url: str) -> Any:
    """A JSON document. Raises SourceError."""
    response = client.get(url)
    _raise_for(response)
    try:
        return response.json()
    except ValueError as error:
        raise SourceError(f"{url} did not answer with JSON") from error


def download_all(
    client: httpx.Client, base: str, files: Sequence[RemoteFile], into: Path, progress: BytesProgress | None
) -> tuple[ModelFile, ...]:
    """Download `<base>/<path>` for each file."""
    tally = Tally(sum(file.size for file in files), progress)
    return tuple(_download(client, f"{base}/{quote(file.path)}", file, into, tally) for file in files)


def _download(client: httpx.Client, url: str, file: RemoteFile, into: Path, tally: Tally) -> ModelFile:
    try:
        sha256 = _receive(client, url, file, into, tally)
    except _StaleStartError:
        sha256 = _receive(client, url, file, into, tally)
    if file.sha256 is None:
        _check_git_blob(into / file.path, file)
    return ModelFile(path=file.path, size=file.size, sha256=sha256)


class _StaleStartError(WrongHashError):
    """The file is wrong, but its beginning was left by an earlier try and may be what is wrong with it."""


def _receive(client: httpx.Client, url: str, file: RemoteFile, into: Path, tally: Tally) -> str:
    with IncomingFile(into / file.path, tally) as incoming:
        continued = incoming.size > 0
        _receive_whole(client, url, incoming, file.size)
        try:
            return incoming.finish(file.size, file.sha256)
        except WrongHashError as error:
            tally.add(-incoming.size)
            if continued:
                raise _StaleStartError(error.message) from error
            raise


def _receive_whole(client: httpx.Client, url: str, incoming: IncomingFile, size: int) -> None:
    fruitless, start = 0, incoming.size
    while incoming.size < size:
        before = incoming.size
        try:
            _receive_rest(client, url, incoming, size)
        except httpx.TransportError as error:
            fruitless = 0 if incoming.size > before else fruitless + 1
            unreachable = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) and incoming.size == start
            if unreachable or fruitless == _TRIES_WITHOUT_PROGRESS:
                raise
            time.sleep(_PAUSE_SECONDS * fruitless)
        else:
            return


def _receive_rest(client: httpx.Client, url: str, incoming: IncomingFile, size: int) -> None:
    # no compression: a range counts the bytes that are hashed
    headers = {"Accept-Encoding": "identity"}
    if incoming.size:
        headers["Range"] = f"bytes={incoming.size}-"
    with client.stream("GET", url, headers=headers) as response:
        _raise_for(response)
        expected_start = f"bytes {incoming.size}-"
        resumed = response.status_code == 206 and response.headers.get("Content-Range", "").startswith(expected_start)
        if incoming.size and not resumed:
            incoming.restart()
        for block in response.iter_raw():
            incoming.write(block)
            if incoming.size > size:
                return


def _raise_for(response: httpx.Response) -> None:
    if response.is_error:
        raise SourceError(f"{response.request.url} answered {response.status_code} {response.reason_phrase}".strip())


def _check_git_blob(path: Path, file: RemoteFile) -> None:
    """Git names a file by the SHA-1 of the word blob, its size, a zero byte and its bytes."""
    digest = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
    for block in blocks_of(path):
        digest.update(block)
    if digest.hexdigest() != file.git_sha1:
        path.unlink()
        raise WrongHashError(f"{file.path} is not the file that the hub lists")
