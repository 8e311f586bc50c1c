"""`huimai eval transcripts` with the real recogniser, as a user runs it on recordings of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES, clip, explained, huimai

SERIES = SAMPLES / "A_zh_payment_gateway"
LINES = 3


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """The first lines of a sample meeting, with their truth."""
    folder = tmp_path / "clips"
    folder.mkdir()
    said = json.loads((SERIES / "2026-03-02.truth.json").read_text("utf-8"))["utterances"][:LINES]
    clip(SERIES / "2026-03-02.m4a", folder / "first.wav", 0, said[-1]["end"] + 0.2)
    truth = {"text": "".join(line["text"] for line in said), "language": "zh", "words": said}
    (folder / "first.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.models
@pytest.mark.slow
def test_a_recording_is_heard_and_scored(clips: Path, tmp_path: Path) -> None:
    outputs = ("--details", tmp_path / "details.jsonl", "--report", tmp_path / "report.md")
    ran = huimai(tmp_path / "home", "eval", "transcripts", "--audio", clips, "--json", *outputs)
    assert ran.code == 0, ran.err
    figures = ran.document
    assert figures["n"] == 1
    assert 0 < figures["cer"] < 0.3
    assert figures["cer_ci"][0] <= figures["cer"] <= figures["cer_ci"][1]
    assert figures["cer"] <= figures["cpwer"] < 0.4
    (row,) = map(json.loads, (tmp_path / "details.jsonl").read_text("utf-8").splitlines())
    assert row["tokens"] > 50
    assert "480" in "".join(row["heard"])
    assert "cer" in (tmp_path / "report.md").read_text("utf-8")


def test_a_recording_that_cannot_be_decoded_is_told_in_a_line(clips: Path, tmp_path: Path) -> None:
    (clips / "first.wav").write_bytes(b"\x00\x01" * 4000)
    error, _ = explained(huimai(tmp_path / "home", "eval", "transcripts", "--audio", clips))
    assert "first.wav" in error


def test_a_recording_without_truth_is_told_in_a_line(clips: Path, tmp_path: Path) -> None:
    (clips / "first.json").unlink()
    error, hint = explained(huimai(tmp_path / "home", "eval", "transcripts", "--audio", clips))
    assert "first.wav has no first.json beside it" in error
    assert '{"text": ' in hint


@pytest.mark.parametrize("options", [[], ["--series", str(SERIES), "--audio", str(SERIES)]])
def test_either_series_or_clips_are_needed(options: list[str], tmp_path: Path) -> None:
    assert huimai(tmp_path / "home", "eval", "transcripts", *options).code == 2
