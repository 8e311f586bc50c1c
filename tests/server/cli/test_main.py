from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

FAKE_APP = Path(__file__).with_name("fake_app.py")


def test_failure_is_one_line_and_a_hint(cli, fake: ModuleType) -> None:
    result = cli("meetings", "delete", "nope", "--yes")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == ["error: there is no meeting 'nope'", "hint: `huimai meetings` lists them"]


def test_unexpected_failure_shows_no_traceback(cli, fake: ModuleType) -> None:
    fake.FakeServices.opening_error = ZeroDivisionError("division by zero")
    result = cli("projects")
    assert result.code == 1
    assert "Traceback" not in result.err
    assert "ZeroDivisionError" in result.err
    assert "--debug" in result.err


def test_debug_shows_where(cli, fake: ModuleType) -> None:
    fake.FakeServices.opening_error = ZeroDivisionError("division by zero")
    with pytest.raises(ZeroDivisionError):
        cli("projects", "--debug")


@pytest.mark.parametrize("arguments", [("ask",), ("nope",), ("meetings", "shwo"), ("search", "x", "--since", "Monday")])
def test_wrong_usage_exits_2(cli, arguments: tuple[str, ...]) -> None:
    assert cli(*arguments).code == 2


def test_bad_setting_is_named(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_PORT", "many")
    result = cli("projects")
    assert result.code == 1
    assert "HUIMAI_PORT" in result.err
    assert "Traceback" not in result.err


def test_broken_settings_file_is_named(cli, home: Path) -> None:
    home.mkdir()
    (home / "huimai.toml").write_text("port = ")
    result = cli("projects")
    assert result.code == 1
    assert "huimai.toml" in result.err


def test_ctrl_c_ends_at_once_with_one_line(tmp_path: Path, home: Path) -> None:
    recording = tmp_path / "2026-03-04.m4a"
    recording.write_bytes(b"fine")
    command = [sys.executable, str(FAKE_APP), "ingest", str(recording), "--project", "Atlas"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    while "queued" not in process.stderr.readline():
        assert process.poll() is None
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip().splitlines()[-1] == (
        "stopped; the job goes on at the next `huimai serve` or `huimai jobs watch`"
    )
    assert "Traceback" not in err
