"""`huimai eval diarization` with the real models, as a user runs it on recordings of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES, clip, huimai

SERIES = SAMPLES / "B_en_atlas_mobile"


@pytest.mark.models
@pytest.mark.slow
def test_two_people_are_told_apart(tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    said = json.loads((SERIES / "2026-03-04.truth.json").read_text("utf-8"))["utterances"][:2]
    clip(SERIES / "2026-03-04.m4a", clips / "first.wav", 0, said[-1]["end"] + 0.2)
    truth = {"text": " ".join(line["text"] for line in said), "language": "en", "words": said, "segments": said}
    (clips / "first.json").write_text(json.dumps(truth), encoding="utf-8")
    ran = huimai(tmp_path / "home", "eval", "diarization", "--audio", clips, "--json")
    assert ran.code == 0, ran.err
    figures = ran.document
    assert (figures["n"], figures["speaker_count_error"]) == (1, 0)
    assert 0 < figures["der"] < 0.2
    assert figures["word_attribution"] > 0.9
    assert figures["cpwer"] < 0.3
