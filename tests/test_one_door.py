"""No module of the product reaches another machine but by the door, the downloads of models, and the stores that the
user names: read from the source, so that a new client cannot slip past unseen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingestion", "retrieval", "agents", "server")

NEVER_IMPORTED = (
    "aiohttp", "boto3", "dashscope", "ftplib", "grpc", "http.client", "httpx2", "huggingface_hub", "imaplib",
    "langsmith", "modelscope", "paramiko", "pycurl", "requests", "smtplib", "telnetlib", "urllib.request", "urllib3",
    "websocket", "websockets", "xmlrpc",
)  # fmt: skip
CONNECTS = (
    "asyncio.open_connection", "httpx.AsyncClient", "httpx.AsyncHTTPTransport", "httpx.Client", "httpx.HTTPTransport",
    "httpx.delete", "httpx.get", "httpx.head", "httpx.options", "httpx.patch", "httpx.post", "httpx.put",
    "httpx.request", "httpx.stream", "openai.AsyncAzureOpenAI", "openai.AsyncOpenAI", "openai.AzureOpenAI",
    "openai.DefaultAsyncHttpxClient", "openai.DefaultHttpxClient", "openai.OpenAI", "qdrant_client.QdrantClient",
    "socket.create_connection", "socket.getaddrinfo", "socket.gethostbyname", "socket.socket",
)  # fmt: skip
CONNECTING_METHODS = ("create_connection", "create_datagram_endpoint", "sock_connect")

MAY = {
    ("ingestion/outbound.py", "httpx.Client"),
    ("ingestion/outbound.py", "httpx.AsyncClient"),
    # downloads of models, which are refused offline by the store of models
    ("ingestion/models/sources/http.py", "httpx.Client"),
    # the command line and the server of this machine: a socket in a folder, or the address that the home's owner wrote
    ("server/cli/connection.py", "httpx.Client"),
    ("server/cli/connection.py", "httpx.HTTPTransport"),
    ("server/cli/connection.py", "httpx.get"),
    # what the server listens on
    ("server/cli/serve.py", "socket.socket"),
    # where the user keeps the data
    ("ingestion/vectors/qdrant.py", "qdrant_client.QdrantClient"),
}


def connections(source: str) -> Iterator[str]:
    """What of the two lists above a module imports or calls."""
    tree = ast.parse(source)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
                yield from _forbidden(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield from _forbidden(f"{node.module}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _dotted(node.func, known)
            given = {keyword.arg for keyword in node.keywords}
            # the SDK may be used over a client of the door
            if name in CONNECTS and not (name == "openai.AsyncOpenAI" and "http_client" in given):
                yield name
            elif isinstance(node.func, ast.Attribute) and node.func.attr in CONNECTING_METHODS:
                yield node.func.attr


def _forbidden(module: str) -> Iterator[str]:
    yield from (one for one in NEVER_IMPORTED if module == one or module.startswith(f"{one}."))


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, known)}.{node.attr}"
    return known.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def test_only_the_door_makes_clients() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for name in connections(path.read_text(encoding="utf-8"))
    }
    assert found == MAY


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import httpx\nhttpx.get('x')", "httpx.get"),
        ("from httpx import Client as C\nC()", "httpx.Client"),
        ("import httpx as h\nh.AsyncClient()", "httpx.AsyncClient"),
        ("import openai\nopenai.AsyncOpenAI(api_key='k')", "openai.AsyncOpenAI"),
        ("def f():\n    from urllib.request import urlopen", "urllib.request"),
        ("import urllib.request", "urllib.request"),
        ("import requests", "requests"),
        ("import socket\nsocket.create_connection(('x', 1))", "socket.create_connection"),
        ("import asyncio\nasyncio.get_event_loop().create_connection()", "create_connection"),
        ("from huggingface_hub import snapshot_download", "huggingface_hub"),
    ],
)
def test_a_client_of_ones_own_is_found(source: str, name: str) -> None:
    assert list(connections(source)) == [name]


def test_the_sdk_over_a_client_of_the_door_is_no_client_of_its_own() -> None:
    assert not list(connections("import openai\nopenai.AsyncOpenAI(http_client=door.async_client(url))"))
