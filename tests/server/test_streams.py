"""Bodies that are produced while they are sent."""

from __future__ import annotations

import io
import tarfile
import threading
from typing import BinaryIO

import httpx
import pytest

from ingestion.errors import StorageFullError
from tests.server.conftest import EdgeServices

BACKUP = "/api/v1/backup"


def test_a_backup_arrives_whole(client: httpx.Client, services: EdgeServices) -> None:
    content = bytes(range(256)) * 8192

    def write(target: BinaryIO) -> None:
        with tarfile.open(fileobj=target, mode="w|") as tar:
            member = tarfile.TarInfo("media/a.m4a")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

    services.write_backup = write  # type: ignore[method-assign]
    response = client.get(BACKUP)
    assert response.headers["content-type"] == "application/gzip"
    assert response.headers["content-disposition"].startswith("attachment; filename*=utf-8''huimai-")
    with tarfile.open(fileobj=io.BytesIO(response.content)) as tar:
        member = tar.extractfile("media/a.m4a")
        assert member is not None
        assert member.read() == content


def test_an_error_before_the_first_byte_is_a_problem(client: httpx.Client, services: EdgeServices) -> None:
    def write(target: BinaryIO) -> None:
        raise StorageFullError("the disk is full", "free some space")

    services.write_backup = write  # type: ignore[method-assign]
    response = client.get(BACKUP)
    assert response.status_code == 507
    assert response.json()["detail"] == "the disk is full"


def test_an_error_in_the_middle_breaks_the_connection(client: httpx.Client, services: EdgeServices) -> None:
    def write(target: BinaryIO) -> None:
        target.write(b"x" * 1_000_000)
        raise OSError("the disk went away")

    services.write_backup = write  # type: ignore[method-assign]
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(BACKUP)


def test_closing_the_connection_ends_the_writing(client: httpx.Client, services: EdgeServices) -> None:
    ended = threading.Event()

    def write(target: BinaryIO) -> None:
        try:
            while True:
                target.write(b"x" * 1_000_000)
        finally:
            ended.set()

    services.write_backup = write  # type: ignore[method-assign]
    with client.stream("GET", BACKUP) as response:
        next(response.iter_raw())
    assert ended.wait(timeout=30)
