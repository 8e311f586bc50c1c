"""The wheel gives a working `huimai` without the repository."""

from __future__ import annotations

import json
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


def run(installed: Path, tmp_path: Path, *arguments: str) -> str:
    """What a command printed that ran from the wheel alone."""
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
    where, _, printed = done.stdout.partition("\n")
    assert where.startswith(str(installed)), "the repository was used instead of the wheel"
    return printed


@pytest.mark.models
@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor",),
        ("templates", "show", "weekly_sync"),
        ("ingest", str(SAMPLES / "B_en_atlas_mobile" / "2026-03-04.vtt"), "--project", "P"),
    ],
)
def test_commands_run_from_the_wheel_alone(installed: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run(installed, tmp_path, *arguments)


@pytest.mark.models
def test_own_truth_files_are_scored_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    meetings, queries, report = (tmp_path / name for name in ("m.jsonl", "q.jsonl", "r.md"))
    utterances = [{"speaker": "Ann", "text": "We ship on May 12."}, {"speaker": "Bob", "text": "Lunch is at noon."}]
    meeting = {"id": "w1", "project": "P", "date": "2026-05-04", "utterances": utterances}
    query = {"query": "When do we ship?", "project": "P", "meeting": "w1", "spans": [[0, 0]], "language": "en"}
    meetings.write_text(json.dumps(meeting), encoding="utf-8")
    queries.write_text(json.dumps(query), encoding="utf-8")
    files = ("--meetings", str(meetings), "--queries", str(queries), "--report", str(report))
    figures = json.loads(run(installed, tmp_path, "eval", "retrieval", *files, "--json"))
    assert (figures["n"], figures["hit@1"], figures["span_recall@budget"]) == (1, 1.0, 1.0)
    assert "](r.hit_curve.svg)" in report.read_text(encoding="utf-8")
    assert (tmp_path / "r.hit_curve.svg").is_file()
