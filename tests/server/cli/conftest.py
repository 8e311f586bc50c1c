from __future__ import annotations

import importlib.util
import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest

from server.cli.main import main

FAKE_APP = Path(__file__).with_name("fake_app.py")
Made = TypeVar("Made")


@dataclass
class Result:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data home of the test's own, in a language and terminal that do not vary."""
    folder = tmp_path / "home"
    for name, value in {"HUIMAI_HOME": str(folder), "HUIMAI_LANG": "en", "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HUIMAI_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return folder


class PreparedHome:
    """A data home that the first test of a module makes, and of which every later one gets a copy."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._made: Any = None

    def at(self, home: Path, make: Callable[[], Made]) -> Made:
        """Put it there; returns what `make` returned when it was called."""
        if self._kept.exists():
            shutil.copytree(self._kept, home)
        else:
            self._made = make()
            shutil.copytree(home, self._kept)
        return self._made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedHome:
    """The home that the tests of the module begin with."""
    return PreparedHome(tmp_path_factory.mktemp("prepared") / "home")


@pytest.fixture(autouse=True)
def _no_stream_of_the_jobs_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The jobs' engine would log to the first `sys.stderr` that it sees, which here is closed before the next one."""
    jobs_log, nowhere = logging.getLogger("dbos"), logging.NullHandler()
    monkeypatch.setattr(jobs_log, "propagate", False)
    jobs_log.addHandler(nowhere)
    yield
    jobs_log.removeHandler(nowhere)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line in this process."""

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["huimai", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The fake application in place of the real one."""
    spec = importlib.util.spec_from_file_location("fake_app", FAKE_APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, stand_in in module.fake_modules().items():
        monkeypatch.setitem(sys.modules, name, stand_in)
    return module
