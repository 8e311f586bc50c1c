"""The store: what it trusts, what it repairs, and two pulls at once."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import BadInputError, ModelMissingError, NotFoundError, StorageFullError
from ingestion.models import manifest, receiving
from ingestion.models.catalogue import Catalogue
from ingestion.models.store import ModelStore
from ingestion.outbound import Outbound
from tests.ingestion.models.conftest import CONTENT, FakeHub, assert_whole, make_card, make_store


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that holds the model under its name."""
    for path, data in CONTENT.items():
        target = tmp_path / "stick" / "tiny" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return tmp_path / "stick"


@pytest.fixture
def store(stick: Path, tmp_path: Path) -> ModelStore:
    return make_store(tmp_path, make_card([{"kind": "folder", "path": str(stick)}]))


def test_a_pulled_model_is_found(store: ModelStore, stick: Path) -> None:
    assert store.status("tiny").state == "missing"
    assert store.pull("tiny") == store.path("tiny") == store.folder / "tiny"
    assert_whole(store.path("tiny"))
    status = store.status("tiny")
    assert (status.state, status.source) == ("present", f"folder {stick}")


def test_a_missing_model_names_the_command_that_brings_it(store: ModelStore) -> None:
    with pytest.raises(ModelMissingError) as caught:
        store.path("tiny")
    assert caught.value.hint == "run `huimai models pull tiny`"


def test_an_unknown_name_is_not_found(store: ModelStore) -> None:
    for call in (store.path, store.pull, store.status, store.verify, store.remove):
        with pytest.raises(NotFoundError):
            call("tinny")


def test_a_second_pull_touches_nothing(store: ModelStore, stick: Path) -> None:
    store.pull("tiny")
    shutil.rmtree(stick)
    assert_whole(store.pull("tiny"))


def test_a_folder_given_by_hand_comes_first(hub: FakeHub, stick: Path, tmp_path: Path) -> None:
    store = make_store(tmp_path, make_card([{"kind": "hub", "repo": "org/tiny", "url": hub.url}]))
    assert_whole(store.pull("tiny", from_folder=stick))
    assert hub.requests == []


def test_a_folder_that_lacks_a_file_is_no_source(store: ModelStore, stick: Path) -> None:
    (stick / "tiny" / "config.json").unlink()
    with pytest.raises(ModelMissingError, match=r"config\.json"):
        store.pull("tiny")


def test_offline_nothing_is_downloaded_and_folders_still_serve(
    hub: FakeHub, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*given: Any, **options: Any) -> Any:
        raise AssertionError(f"{given} was started")

    monkeypatch.setattr(subprocess, "run", started)
    monkeypatch.setattr(socket.socket, "connect", started)
    parts = {"package": "tiny==1.0", "member": "tiny/x", "size": 1, "sha256": "0" * 64}
    wheels = {"kind": "wheels", "files": [{"path": path, "parts": [parts]} for path in CONTENT]}
    card = make_card([{"kind": "hub", "repo": "a/b", "url": hub.url}, {"kind": "modelscope", "repo": "a/b"}, wheels])
    store = ModelStore(tmp_path / "models", Catalogue([card]), Outbound(offline=True))
    with pytest.raises(ModelMissingError) as caught:
        store.pull("tiny")
    assert caught.value.message == "model tiny could not be had: nothing is downloaded while HUIMAI_OFFLINE is set"
    assert "huimai models pull tiny --from FOLDER" in caught.value.hint
    with pytest.raises(ModelMissingError, match=r"elsewhere is not a folder; nothing is downloaded"):
        store.pull("tiny", from_folder=tmp_path / "elsewhere")
    assert_whole(store.pull("tiny", from_folder=stick))
    assert hub.requests == []


def test_files_that_were_not_touched_are_not_hashed_again(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pull("tiny")
    monkeypatch.setattr(manifest, "sha256_of", lambda path: pytest.fail(f"{path} was hashed"))
    store.path("tiny")
    with pytest.raises(pytest.fail.Exception):
        store.verify("tiny")


def test_a_file_that_was_only_touched_is_hashed_once(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pull("tiny")
    os.utime(store.folder / "tiny" / "config.json", ns=(1, 1))
    store.path("tiny")
    monkeypatch.setattr(manifest, "sha256_of", lambda path: pytest.fail(f"{path} was hashed"))
    store.path("tiny")


def test_a_damaged_file_stops_the_model_and_a_pull_repairs_it(store: ModelStore) -> None:
    store.pull("tiny")
    (store.folder / "tiny" / "config.json").write_bytes(b'{"layers": 3}')
    with pytest.raises(ModelMissingError, match=r"config\.json is damaged") as caught:
        store.path("tiny")
    assert "huimai models pull tiny" in caught.value.hint
    assert store.status("tiny").state == "damaged"
    assert_whole(store.pull("tiny"))
    assert_whole(store.path("tiny"))


def test_damage_that_keeps_size_and_time_is_found_by_verify(store: ModelStore) -> None:
    path = store.pull("tiny") / "config.json"
    before = path.stat()
    path.write_bytes(b'{"layers": 9}')
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    store.path("tiny")
    assert store.verify("tiny").state == "damaged"
    with pytest.raises(ModelMissingError, match=r"config\.json is damaged"):
        store.path("tiny")
    assert store.status("tiny").state == "damaged"


def test_a_repair_fetches_only_what_is_damaged(hub: FakeHub, tmp_path: Path) -> None:
    store = make_store(tmp_path, make_card([{"kind": "hub", "repo": "org/tiny", "url": hub.url}]))
    (store.pull("tiny") / "config.json").unlink()
    hub.requests.clear()
    assert_whole(store.pull("tiny"))
    assert [path for path, _ in hub.requests] == ["/org/tiny/resolve/main/config.json"]


def test_files_copied_here_by_hand_are_accepted_once_they_are_right(store: ModelStore, stick: Path) -> None:
    shutil.copytree(stick / "tiny", store.folder / "tiny")
    assert_whole(store.path("tiny"))


def test_a_card_that_names_other_bytes_asks_for_a_new_pull(store: ModelStore, stick: Path, tmp_path: Path) -> None:
    store.pull("tiny")
    files = [{"path": "config.json", "size": 2, "sha256": "0" * 64}]
    newer = make_store(tmp_path, make_card([{"kind": "folder", "path": str(stick)}], files=files))
    with pytest.raises(ModelMissingError, match="damaged"):
        newer.path("tiny")


def test_remove_leaves_nothing(store: ModelStore) -> None:
    store.pull("tiny")
    store.remove("tiny")
    store.remove("tiny")
    assert store.status("tiny").state == "missing"


def test_a_disk_that_fills_up_is_said_so(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: receiving.IncomingFile, block: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receiving.IncomingFile, "write", full)
    with pytest.raises(StorageFullError):
        store.pull("tiny")
    monkeypatch.undo()
    assert_whole(store.pull("tiny"))


def test_a_disk_without_room_is_refused_before_the_download(stick: Path, tmp_path: Path) -> None:
    card = make_card([{"kind": "folder", "path": str(stick)}], size=1 << 60)
    with pytest.raises(StorageFullError):
        make_store(tmp_path, card).pull("tiny")


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_to_is_said_so(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(BadInputError, match="may not be written to") as caught:
        store.pull("tiny")
    assert "HUIMAI_MODELS_DIR" in caught.value.hint


def _pull(folder: Path, url: str) -> None:
    card = make_card([{"kind": "hub", "repo": "org/tiny", "url": url}])
    assert_whole(make_store(folder, card).pull("tiny"))


def test_two_processes_may_pull_at_once(hub: FakeHub, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_pull, args=(tmp_path, hub.url)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert len(hub.requests) == len(CONTENT)
