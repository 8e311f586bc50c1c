"""A chat server for the session, and the embedded model's file."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.models.store import ModelStore
from tests.agents.llm.fake_server import KEY, FakeChatServer, serving

CHAT_MODEL = "qwen2.5-coder-1.5b-instruct"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def _served() -> Iterator[FakeChatServer]:
    """One server for the session; `chat_server` resets it."""
    with serving(FakeChatServer()) as fake:
        yield fake


@pytest.fixture
def chat_server(_served: FakeChatServer) -> FakeChatServer:
    _served.reset()
    return _served


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def llama_server(chat_model_file: Path) -> Iterator[str]:
    """The address of llama.cpp's own HTTP server with the catalogue's model; its key is `KEY`."""
    script = Path(__file__).with_name("llama_server.py")
    child = subprocess.Popen(
        [sys.executable, "-P", str(script), str(chat_model_file), KEY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "OMP_WAIT_POLICY": "passive"},
    )
    assert child.stdout is not None
    try:
        yield child.stdout.readline().strip()
    finally:
        child.kill()
        child.wait()


@pytest.fixture(scope="session")
def chat_model_file(model_store: ModelStore) -> Path:
    """The embedded model's file, where `huimai models pull` put it."""
    return next(model_store.path(CHAT_MODEL).glob("*.gguf"))
