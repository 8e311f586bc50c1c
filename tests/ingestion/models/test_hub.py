"""Hubs over HTTP: resumed, checked, and honest about what they deliver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import ModelMissingError
from ingestion.models.sources import http
from tests.ingestion.models.conftest import CONTENT, FakeHub, assert_whole, make_card, make_store

WEIGHTS = "/org/tiny/resolve/main/weights/model.bin"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_PAUSE_SECONDS", 0)


def hub_source(hub: FakeHub, **more: Any) -> dict[str, Any]:
    return {"kind": "hub", "repo": "org/tiny", "url": hub.url, **more}


def test_a_pinned_model_arrives_with_progress(hub: FakeHub, tmp_path: Path) -> None:
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    seen: list[tuple[int, int]] = []
    assert_whole(store.pull("tiny", lambda done, total: seen.append((done, total))))
    size = sum(map(len, CONTENT.values()))
    assert seen[-1] == (size, size)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_hf_endpoint_names_the_hub(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url + "/")
    store = make_store(tmp_path, make_card([{"kind": "hub", "repo": "org/tiny"}]))
    assert_whole(store.pull("tiny"))


def test_a_connection_that_dies_midway_is_resumed_by_range(hub: FakeHub, tmp_path: Path) -> None:
    hub.break_after = [10**9, 2_000_000, 700_000]
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    assert_whole(store.pull("tiny"))
    starts = [asked for path, asked in hub.requests if path == WEIGHTS]
    assert starts == [None, "bytes=2000000-", "bytes=2700000-"]


def test_a_second_pull_carries_on_where_the_first_gave_up(hub: FakeHub, tmp_path: Path) -> None:
    hub.break_after = [10**9, 2_000_000, 0, 0, 0]
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    with pytest.raises(ModelMissingError) as caught:
        store.pull("tiny")
    assert "what arrived is kept" in caught.value.hint
    assert store.status("tiny").state == "partial"
    hub.requests.clear()
    assert_whole(store.pull("tiny"))
    assert hub.requests == [(WEIGHTS, "bytes=2000000-")]


def test_a_hub_without_ranges_is_read_from_the_start(hub: FakeHub, tmp_path: Path) -> None:
    hub.ranges = False
    hub.break_after = [10**9, 2_000_000]
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    assert_whole(store.pull("tiny"))


def test_a_stale_beginning_is_thrown_away(hub: FakeHub, tmp_path: Path) -> None:
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    part = store.folder / ".staging/tiny/files/weights/model.bin.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"something else")
    assert_whole(store.pull("tiny"))


def test_a_wrong_hash_is_never_used_and_the_next_source_is_asked(hub: FakeHub, tmp_path: Path) -> None:
    good = tmp_path / "good"
    for path, data in CONTENT.items():
        (good / path).parent.mkdir(parents=True, exist_ok=True)
        (good / path).write_bytes(data)
    hub.content["weights/model.bin"] = b"x" * len(CONTENT["weights/model.bin"])
    store = make_store(tmp_path, make_card([hub_source(hub), {"kind": "folder", "path": str(good)}]))
    assert_whole(store.pull("tiny"))
    assert store.status("tiny").source == f"folder {good}"


def test_a_wrong_hash_with_no_other_source_leaves_nothing(hub: FakeHub, tmp_path: Path) -> None:
    hub.content["weights/model.bin"] = b"x" * len(CONTENT["weights/model.bin"])
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    with pytest.raises(ModelMissingError, match="SHA-256"):
        store.pull("tiny")
    assert not (store.folder / "tiny").exists()
    assert not list(store.folder.rglob("model.bin*"))
    with pytest.raises(ModelMissingError) as caught:
        store.path("tiny")
    assert "huimai models pull tiny" in caught.value.hint


def test_an_endless_answer_is_cut_off(hub: FakeHub, tmp_path: Path) -> None:
    hub.content["config.json"] += b" " * 50_000_000
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    with pytest.raises(ModelMissingError, match=r"config\.json"):
        store.pull("tiny")


def test_a_missing_file_is_named(hub: FakeHub, tmp_path: Path) -> None:
    del hub.content["config.json"]
    store = make_store(tmp_path, make_card([hub_source(hub)]))
    with pytest.raises(ModelMissingError, match="404"):
        store.pull("tiny")


def test_a_hub_that_cannot_be_reached_is_said_so(tmp_path: Path) -> None:
    source = {"kind": "hub", "repo": "org/tiny", "url": "http://127.0.0.1:9"}
    with pytest.raises(ModelMissingError, match="cannot be reached"):
        make_store(tmp_path, make_card([source])).pull("tiny")


def test_offline_means_that_the_hub_is_not_asked(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelMissingError, match="HF_HUB_OFFLINE"):
        make_store(tmp_path, make_card([hub_source(hub)])).pull("tiny")
    assert hub.requests == []


def test_an_unpinned_model_is_held_to_the_hashes_of_its_first_pull(hub: FakeHub, tmp_path: Path) -> None:
    hub.content["README.md"] = b"not wanted"
    source = hub_source(hub, include=["*.json", "weights/*"])
    store = make_store(tmp_path, make_card([source], files=[]))
    folder = store.pull("tiny")
    assert_whole(folder)
    assert not (folder / "README.md").exists()
    record = json.loads((folder / ".huimai.json").read_text())
    assert record["revision"] == "c0ffee"
    assert ("/org/tiny/resolve/c0ffee/config.json", None) in hub.requests
    assert store.verify("tiny").state == "present"
    (folder / "config.json").write_bytes(b"changed")
    assert store.verify("tiny").state == "damaged"


@pytest.mark.parametrize("changed", ["config.json", "weights/model.bin"])
def test_an_unpinned_file_must_be_the_one_that_the_hub_lists(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    listing = hub.listing()
    monkeypatch.setattr(hub, "listing", lambda: listing)
    hub.content[changed] = bytes(len(hub.content[changed]))
    store = make_store(tmp_path, make_card([hub_source(hub, include=["*", "*/*"])], files=[]))
    with pytest.raises(ModelMissingError, match=changed.rpartition("/")[2]):
        store.pull("tiny")
    assert not (store.folder / "tiny").exists()


def test_a_listed_path_may_not_leave_the_folder(hub: FakeHub, tmp_path: Path) -> None:
    hub.content["../evil.json"] = b"{}"
    store = make_store(tmp_path, make_card([hub_source(hub, include=["*", "*/*"])], files=[]))
    with pytest.raises(ModelMissingError, match="outside"):
        store.pull("tiny")


@pytest.mark.parametrize("pinned", [True, False])
def test_modelscope_speaks_its_own_protocol(hub: FakeHub, tmp_path: Path, pinned: bool) -> None:
    source = {"kind": "modelscope", "repo": "org/tiny", "url": hub.url, "include": ["*", "*/*"]}
    card = make_card([source]) if pinned else make_card([source], files=[])
    assert_whole(make_store(tmp_path, card).pull("tiny"))
    assert ("/models/org/tiny/resolve/master/config.json", None) in hub.requests
