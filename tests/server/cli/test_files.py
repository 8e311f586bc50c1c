from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli.files import select

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mina>Hello.\n"
RECORD = json.dumps({"utterances": [{"i": 0, "speaker": "Mina", "text": "Hello.", "start": 0, "end": 1}]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have them: forms of one meeting, other files, hidden ones."""
    files = {
        "2026-03-02.m4a": "\0\0\0\x20ftypM4A ",
        "2026-03-02.vtt": VTT,
        "2026-03-02.srt": "1\n00:00:00,000 --> 00:00:02,000\nHello.\n",
        "2026-03-02.truth.json": RECORD,
        "only.zh-Hans.vtt": VTT,
        "README.txt": "What this folder is for",
        "truth.json": '{"questions": []}',
        "broken.json": '{"utterances": [',
        "empty.txt": "",
        "picture.png": "\x89PNG\0",
        "no-suffix": "OggS\0",
        ".hidden.m4a": "x",
        ".git/x.m4a": "x",
        "sub/2026-03-02.mp3": "ID3",
        "all.jsonl": RECORD,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="latin-1")
    return tmp_path


def names(paths: list[Path], folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def test_folder_gives_each_meeting_once(folder: Path) -> None:
    selection = select([folder])
    assert names(selection.chosen, folder) == [
        "2026-03-02.m4a", "all.jsonl", "broken.json", "empty.txt", "no-suffix", "only.zh-Hans.vtt",
        "sub/2026-03-02.mp3",
    ]  # fmt: skip
    reasons = {left.path.name: left.reason for left in selection.skipped}
    assert reasons.keys() == {
        "2026-03-02.vtt", "2026-03-02.srt", "2026-03-02.truth.json", "README.txt", "truth.json", "picture.png",
    }  # fmt: skip
    assert "2026-03-02.m4a" in reasons["2026-03-02.truth.json"]


def test_transcript_may_be_preferred(folder: Path) -> None:
    assert folder / "2026-03-02.vtt" in select([folder], "transcript").chosen
    assert folder / "2026-03-02.m4a" not in select([folder], "transcript").chosen


def test_named_file_is_taken_as_it_is(folder: Path) -> None:
    assert select([folder / "picture.png", folder / ".hidden.m4a"]).chosen == [
        folder / "picture.png",
        folder / ".hidden.m4a",
    ]
    assert select([folder / "2026-03-02.srt"]).chosen == [folder / "2026-03-02.srt"]


def test_named_twice_is_taken_once(folder: Path) -> None:
    assert names(select([folder / "sub", folder / "sub" / "2026-03-02.mp3"]).chosen, folder) == ["sub/2026-03-02.mp3"]


def test_recordings_that_only_begin_alike_stay_apart(tmp_path: Path) -> None:
    for name in ("call.mp3", "call.part2.mp3", "call.2.vtt"):
        (tmp_path / name).write_text(VTT)
    assert len(select([tmp_path]).chosen) == 3


def test_missing_path_is_told_and_the_others_go_on(folder: Path) -> None:
    selection = select([folder / "nope", folder / "sub"])
    assert len(selection.chosen) == 1
    assert [left.path.name for left in selection.unreadable] == ["nope"]


def test_unreadable_file_is_told(folder: Path) -> None:
    recording = folder / "2026-03-02.m4a"
    recording.unlink()
    recording.symlink_to(recording)  # not even root can open a link to itself
    assert [left.path.name for left in select([folder]).unreadable] == ["2026-03-02.m4a"]
