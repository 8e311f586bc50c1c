"""The wheel gives a working `huimai` without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES

ROOT = Path(__file__).parents[2]
_RUN = "import server; print(server.__file__, flush=True); from server.cli.main import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "-w", folder, ROOT]
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    (wheel,) = folder.glob("huimai-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.models
@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor",),
        ("ingest", str(SAMPLES / "B_en_atlas_mobile" / "2026-03-04.vtt"), "--project", "P"),
    ],
)
def test_commands_run_from_the_wheel_alone(installed: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "HUIMAI_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", _RUN, *arguments],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(installed)), "the repository was used instead of the wheel"
