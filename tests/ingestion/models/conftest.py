"""A hub, packages and cards of a small made-up model."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ingestion.models.card import ModelCard
from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from tests.serving import Handler, listening

CONTENT = {"config.json": b'{"layers": 2}', "weights/model.bin": bytes(range(256)) * 12_000}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def listed(content: dict[str, bytes]) -> list[dict[str, Any]]:
    return [{"path": path, "size": len(data), "sha256": sha256(data)} for path, data in content.items()]


def make_card(sources: list[dict[str, Any]], **changes: Any) -> ModelCard:
    fields: dict[str, Any] = {
        "name": "tiny",
        "task": "embedding",
        "engine": "none",
        "description": "a made-up model",
        "licence": "MIT",
        "size": sum(map(len, CONTENT.values())),
        "memory_bytes": 1,
        "files": listed(CONTENT),
        "sources": sources,
    }
    return ModelCard.model_validate(fields | changes)


def make_store(folder: Path, *cards: ModelCard) -> ModelStore:
    return ModelStore(folder / "models", Catalogue(cards))


def assert_whole(folder: Path) -> None:
    for path, data in CONTENT.items():
        assert (folder / path).read_bytes() == data


def write_wheel(folder: Path, name: str, members: dict[str, bytes]) -> None:
    """The smallest archive that pip accepts as a wheel of version 1.0."""
    info = f"{name}-1.0.dist-info"
    records = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        for path, data in (members | records).items():
            wheel.writestr(path, data)
        wheel.writestr(f"{info}/RECORD", "")


@dataclass
class FakeHub:
    """A hub on 127.0.0.1 that serves `content` and misbehaves on request."""

    url: str = ""
    content: dict[str, bytes] = field(default_factory=lambda: dict(CONTENT))
    ranges: bool = True
    break_after: list[int] = field(default_factory=list)
    """For each of the next answers the number of bytes after which the connection dies."""
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and Range header of every request."""

    def listing(self) -> dict[str, Any]:
        siblings: list[dict[str, Any]] = []
        for path, data in self.content.items():
            git = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            entry: dict[str, Any] = {"rfilename": path, "size": len(data), "blobId": git}
            if path.endswith(".bin"):
                entry["lfs"] = {"sha256": sha256(data), "size": len(data)}
            siblings.append(entry)
        return {"sha": "c0ffee", "siblings": siblings}

    def modelscope_listing(self) -> dict[str, Any]:
        files = [
            {"Path": e["path"], "Size": e["size"], "Sha256": e["sha256"], "Type": "blob"} for e in listed(self.content)
        ]
        return {"Code": 200, "Data": {"Files": [{"Path": "weights", "Size": 0, "Type": "tree"}, *files]}}


class _Handler(Handler):
    hub: FakeHub

    def do_GET(self) -> None:
        hub, path = self.hub, self.path.partition("?")[0]
        hub.requests.append((path, self.headers.get("Range")))
        if path.startswith("/api/v1/models/"):
            self.answer(200, json.dumps(hub.modelscope_listing()).encode())
        elif path.startswith("/api/models/"):
            self.answer(200, json.dumps(hub.listing()).encode())
        else:
            data = hub.content.get(path.partition("/resolve/")[2].partition("/")[2])
            self.answer_file(data) if data is not None else self.answer(404, b"")

    def answer_file(self, data: bytes) -> None:
        asked = self.headers.get("Range")
        if asked and self.hub.ranges:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.answer(206, data[start:], f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.answer(200, data)

    def answer(self, status: int, body: bytes, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        limit = self.hub.break_after.pop(0) if self.hub.break_after else len(body)
        self.wfile.write(body[:limit])
        self.close_connection = True


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    fake = FakeHub()
    with listening(type("Handling", (_Handler,), {"hub": fake})) as fake.url:
        yield fake
