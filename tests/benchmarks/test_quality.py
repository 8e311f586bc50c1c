import json
import subprocess
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.quality_figures import FIGURES, Figure, at, table
from benchmarks.quality_parts import PARTS, SAMPLES, Part, difference_interval, write_series
from retrieval.evaluation.records import read_questions


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(quality, "KEPT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("value", "at_most", "met"),
    [(0.7, False, "aim"), (0.6, False, "goal"), (0.59, False, "missed"), (0.66, True, "goal"), (0.7, True, "missed")],
)
def test_a_figure_says_whether_its_goal_is_met(value: float, at_most: bool, met: str) -> None:
    goal, aim = (0.66, 0.5) if at_most else (0.6, 0.66)
    figure = Figure("f", at("part", "x"), goal, aim, at_most)

    line = figure.line({"part": {"x": value, "x_ci": [0.1, 0.9]}})

    assert (line["value"], line["met"], line["ci"]) == (value, met, [0.1, 0.9])


def test_what_was_not_run_is_said_and_neither_met_nor_missed() -> None:
    line = Figure("f", at("part", "block", "x"), 0.6).line({})

    assert line["met"] is None
    assert "| f | ≥ 0.6 |  | not measured |  |  |" in table([line])


def test_every_figure_stands_on_a_part_that_exists() -> None:
    class Asked(dict[str, dict[str, object]]):
        def __missing__(self, part: str) -> dict[str, object]:
            asked.add(part)
            raise KeyError(part)

    asked: set[str] = set()
    for figure in FIGURES:
        figure.line(Asked())

    assert asked == set(PARTS)


def test_a_run_goes_on_where_it_was_broken_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    parts = {name: Part(lambda name=name: {"value": ran.append(name) or len(ran)}, 1) for name in ("one", "two")}
    monkeypatch.setattr(quality, "PARTS", parts)

    quality.run(["one"], "state")
    quality.run(["one", "two"], "state")
    assert ran == ["one", "two"]

    quality.run(["one", "two"], "another state")
    assert ran == ["one", "two", "one", "two"]
    assert json.loads((kept / "two.json").read_text())["result"] == {"value": 4}


def test_the_state_changes_with_the_products_files_and_settings_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "ROOT", tmp_path)
    monkeypatch.setattr(quality, "_git", lambda *_: "a.py\ngone.py\n")
    (tmp_path / "a.py").write_text("x = 1")
    before = quality.code_state()

    (tmp_path / "notes.md").write_text("beside")
    assert quality.code_state() == before
    (tmp_path / "a.py").write_text("x = 2")
    assert quality.code_state() != before
    changed = quality.code_state()
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_PROVIDER", "none")
    assert quality.code_state() != changed


def test_a_part_that_fails_does_not_stop_the_others(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> dict[str, object]:
        raise subprocess.CalledProcessError(1, ["huimai", "eval"])

    monkeypatch.setattr(quality, "PARTS", {"bad": Part(fail, 1), "good": Part(lambda: {"x": 1}, 1)})

    assert quality.run(["bad", "good"], "state") == ["bad"]
    assert sorted(path.name for path in kept.iterdir()) == ["good.json"]
    assert "bad failed: huimai eval ended with 1" in capsys.readouterr().err


def test_the_difference_of_two_shares_is_newcombes() -> None:
    # Newcombe 1998, table II: 56/70 less 48/80, from the Wilson limits of each
    limits = difference_interval((0.8, 0.6917, 0.8769), (0.6, 0.4904, 0.7004))

    assert limits == pytest.approx([0.0524, 0.3339], abs=0.001)


def test_a_series_becomes_questions_that_point_at_its_lines(tmp_path: Path) -> None:
    meetings, queries = tmp_path / "meetings.jsonl", tmp_path / "queries.jsonl"
    folders = sorted(path.parent for path in SAMPLES.glob("*/truth.json"))

    write_series(folders, "zh", meetings, queries)

    questions, _ = read_questions(queries)
    lines = {row["id"]: row["utterances"] for row in map(json.loads, meetings.read_text("utf-8").splitlines())}
    assert len(lines) == 3
    assert questions
    assert {question.language for question in questions} == {"zh"}
    assert "unanswerable" not in {question.kind for question in questions}
    assert all(gold.last < len(lines[gold.meeting]) for question in questions for gold in question.gold)
