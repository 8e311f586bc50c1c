from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name, content in {"2026-03-04.m4a": b"fine", "b.mp3": b"bad", "c.wav": b"silent"}.items():
        (folder / name).write_bytes(content)
    return folder


def test_bad_files_are_told_and_the_others_go_on(cli, fake: ModuleType, recordings: Path) -> None:
    result = cli("ingest", recordings, recordings / "nope", "--project", "Atlas", "--json")
    assert result.code == 1
    assert [(m["id"], m["stage"], Path(m["path"]).name) for m in result.document["meetings"]] == [
        ("m1", "ready", "2026-03-04.m4a")
    ]
    failed = {Path(f["path"]).name: (f["error"], f["hint"]) for f in result.document["failed"]}
    assert failed == {
        "nope": ("there is no such file or folder", "check the path"),
        "b.mp3": ("it is neither a recording nor a transcript", "record it again"),
        "c.wav": ("no speech was found in it", "raise its volume"),
    }
    for name, (error, _) in failed.items():
        assert sum(error in line and name in line for line in result.err.splitlines()) == 1


def test_file_travels_whole_with_what_the_user_said(cli, fake: ModuleType, tmp_path: Path) -> None:
    recording = tmp_path / "weekly.m4a"
    recording.write_bytes(content := b"fine" * 1_000_000)
    options = ("--project", "Atlas", "--title", "Weekly", "--date", "2026-03-02T10:00+08:00", "--language", "zh")
    assert cli("ingest", recording, *options).code == 0
    (upload,) = fake.LAST[-1].uploads
    assert upload["body"] == content
    assert {name: upload[name] for name in ("name", "project", "title", "date", "language")} == {
        "name": "weekly.m4a",
        "project": "Atlas",
        "title": "Weekly",
        "date": "2026-03-02T10:00+08:00",
        "language": "zh",
    }
    assert upload["modified"].endswith("+00:00")


def test_table_shows_where_the_date_came_from(cli, fake: ModuleType, recordings: Path) -> None:
    result = cli("ingest", recordings / "2026-03-04.m4a", "--project", "Atlas")
    assert result.code == 0
    assert all(word in result.out for word in ("m1", "2026-03-04", "file name", "01:01", "ready"))


def test_no_wait_leaves_the_job_to_later(cli, fake: ModuleType, recordings: Path) -> None:
    result = cli("ingest", recordings / "2026-03-04.m4a", "--project", "Atlas", "--no-wait", "--json")
    assert result.document["meetings"][0]["stage"] == "queued"


def test_one_title_for_several_files_is_wrong_usage(cli, fake: ModuleType, recordings: Path) -> None:
    assert cli("ingest", recordings, "--title", "Weekly", "--project", "Atlas").code == 2
    assert not fake.LAST or not fake.LAST[-1].uploads


def test_impossible_date_is_wrong_usage(cli, fake: ModuleType, recordings: Path) -> None:
    result = cli("ingest", recordings, "--date", "2026-02-30")
    assert result.code == 2
    assert "2026-02-30" in result.err


def test_the_number_of_speakers_travels_too(cli, fake: ModuleType, recordings: Path) -> None:
    assert cli("ingest", recordings / "2026-03-04.m4a", "--project", "Atlas", "--speakers", "2-5").code == 0
    assert fake.LAST[-1].uploads[-1]["speakers"] == "2-5"


@pytest.mark.parametrize("given", ["0", "30", "5-2", "x"])
def test_an_impossible_number_of_speakers_is_wrong_usage(cli, fake: ModuleType, recordings: Path, given: str) -> None:
    result = cli("ingest", recordings, "--speakers", given)
    assert (result.code, f"'{given}' is not a number of speakers" in " ".join(result.err.split())) == (2, True)
    assert not fake.LAST or not fake.LAST[-1].uploads


def test_folder_without_meetings(cli, fake: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = cli("ingest", tmp_path / "empty")
    assert result.code == 1
    assert result.err.startswith("error: no recording or transcript was found")


def test_deleted_while_worked_on(cli, fake: ModuleType, recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def jobs(self: object) -> list[object]:
        self.meetings.clear()  # type: ignore[attr-defined]
        return []

    monkeypatch.setattr(fake.FakeServices, "jobs", jobs)
    result = cli("ingest", recordings / "2026-03-04.m4a", "--project", "Atlas", "--json")
    assert result.code == 1
    assert "deleted" in result.document["failed"][0]["error"]


def test_terminal_shows_bars(cli, fake: ModuleType, recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    (recordings / "d.m4a").write_bytes(b"fine")
    result = cli("ingest", recordings / "2026-03-04.m4a", recordings / "d.m4a", "--project", "Atlas")
    assert result.code == 0
    assert "upload d.m4a" in result.err
    assert "transcribe" in result.err
    assert "about 00:05 left" in result.err
    assert "2/2" in result.err
