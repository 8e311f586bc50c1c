"""A server that is killed in the middle of an upload: it goes on where it stopped, and the file is the same."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.e2e.commands import SAMPLES, start

pytestmark = pytest.mark.slow

RECORDING = min(SAMPLES.rglob("*.m4a"), key=lambda path: path.stat().st_size)
UPLOADS = "/api/v1/resumable-uploads"
TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {**TUS, "Content-Type": "application/offset+octet-stream"}


def serving(home: Path) -> tuple[int, str]:
    """The process and the address of a new server."""
    server = start(home, "serve", "--port", "0", "--json")
    return server.pid, json.loads(server.first_lines(3))["url"]


def offset(url: str) -> int:
    return int(httpx.head(url, headers=TUS, trust_env=False).headers["upload-offset"])


def send_part(url: str, content: bytes) -> socket.socket:
    """Begin to send a file, of which only this part gets there; the connection stays open."""
    address = httpx.URL(url)
    connection = socket.create_connection((address.host, address.port))
    head = "".join(f"{name}: {value}\r\n" for name, value in {**CHUNK, "Upload-Offset": "0"}.items())
    request = f"PATCH {address.path} HTTP/1.1\r\nHost: localhost\r\n{head}Content-Length: {len(content) + 1}\r\n\r\n"
    connection.sendall(request.encode() + content)
    deadline = time.monotonic() + 30
    while offset(url) < len(content) and time.monotonic() < deadline:
        time.sleep(0.01)
    return connection


def test_an_upload_goes_on_after_kill_9(tmp_path: Path) -> None:
    home, content = tmp_path / "home", RECORDING.read_bytes()
    said = {"filename": "2026-03-04.m4a", "project": "P"}
    metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
    pid, url = serving(home)
    headers = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
    path = httpx.post(f"{url}{UPLOADS}", headers=headers, trust_env=False).headers["location"]

    part = len(content) // 2 + 1
    with send_part(url + path, content[:part]):
        os.kill(pid, signal.SIGKILL)
    pid, url = serving(home)
    assert offset(url + path) == part
    [unfinished] = httpx.get(f"{url}{UPLOADS}", trust_env=False).json()
    assert (unfinished["name"], unfinished["offset"]) == ("2026-03-04.m4a", part)
    rest = httpx.patch(
        url + path, headers={**CHUNK, "Upload-Offset": str(part)}, content=content[part:], timeout=60, trust_env=False
    )
    os.kill(pid, signal.SIGKILL)
    assert rest.headers["huimai-meetings"]
    [stored] = [file for file in (home / "media").rglob("*.m4a") if file.is_file()]
    assert hashlib.sha256(stored.read_bytes()).hexdigest() == hashlib.sha256(content).hexdigest() == stored.stem
