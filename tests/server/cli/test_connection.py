from __future__ import annotations

import socket
import tempfile
import threading
import time
from pathlib import Path
from types import ModuleType

import httpx
import pytest
import uvicorn

from ingestion.errors import ConflictError, HuimaiError, NotFoundError
from server.cli.connection import client_for, connect
from server.home import Home


def test_own_server_for_as_long_as_the_command_takes(
    fake: ModuleType, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with connect() as client:
        assert client.get("/api/v1/projects").json()[0]["name"] == "Atlas"
        assert Home(home).owner() is not None
        (folder,) = tmp_path.glob("huimai-*")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert fake.LAST[-1].closed
    assert not list(tmp_path.glob("huimai-*"))
    again = Home(home)
    again.own()
    again.disown()


def test_problems_are_raised_with_their_hint(fake: ModuleType) -> None:
    with connect() as client, pytest.raises(HuimaiError) as raised:
        client.get("/api/v1/meetings/nope")
    assert raised.value.status == NotFoundError.status
    assert raised.value.hint == "`huimai meetings` lists them"


def test_what_opening_raised_is_raised(fake: ModuleType, home: Path) -> None:
    fake.FakeServices.opening_error = ConflictError("used by a newer release", "install it again")
    with pytest.raises(ConflictError, match="newer release"), connect():
        pass
    Home(home).own()


def test_home_of_another_command_is_refused(fake: ModuleType, home: Path) -> None:
    other = Home(home)
    other.own()
    other.announce(None)
    with pytest.raises(ConflictError, match="in use"), connect():
        pass
    other.disown()


def test_running_server_is_spoken_to(fake: ModuleType, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    owner = Home(home)
    owner.own()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(fake.create_app(fake.FakeServices), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        owner.announce(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with connect() as client:
            assert client.base_url == httpx.URL(owner.owner().url)  # type: ignore[union-attr]
            assert client.get("/api/v1/projects").json()
        server.should_exit = True
        thread.join()
    owner.disown()


def test_the_server_is_asked_in_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    server = httpx.MockTransport(lambda request: httpx.Response(200, text=request.headers["Accept-Language"]))
    with client_for(server, "http://localhost") as client:
        assert client.get("/").text == "zh"
