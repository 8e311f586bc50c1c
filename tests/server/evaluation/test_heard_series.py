"""`heard_lines` over short recordings, with real services; words and voices come from scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.evaluation.recordings import read_recorded_series
from ingestion.speakers.domain import SpeakerTurn
from server.evaluation.heard_series import heard_lines
from server.services import Services
from tests.doubles import ScriptedDiarizer, ScriptedTranscriber
from tests.e2e.commands import SAMPLES, clip

SPEECH = SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a"
HEARD = ["切到新网关。", "找他们谈。", "切完再说。", "没问题。"]
"""Five seconds each."""


@pytest.fixture
def weeks(tmp_path: Path, opened: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two meetings in which two people say two sentences each."""
    folder = tmp_path / "weeks"
    folder.mkdir()
    voices = [SpeakerTurn(at % 2 + 1, at * 5.0, at * 5.0 + 5.0) for at in range(4)]
    monkeypatch.setattr(Services, "new_transcriber", lambda _self: ScriptedTranscriber(HEARD))
    monkeypatch.setattr(Services, "new_diarizer", lambda _self: ScriptedDiarizer(tuple(voices)))
    said = zip(["沈岚", "逯鸣"] * 2, HEARD, range(0, 20, 5), strict=True)
    lines = [{"speaker": who, "text": text, "start": at, "end": at + 5} for who, text, at in said]
    (folder / "truth.json").write_text(json.dumps({"project": "网关", "language": "zh"}), encoding="utf-8")
    for number, day in enumerate(("2026-03-02", "2026-03-09")):
        (folder / f"{day}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
        clip(SPEECH, folder / f"{day}.wav", 0, 21 + number)
    return folder


def test_lines_have_times_and_the_names_that_the_first_meeting_gives(weeks: Path, opened: Any) -> None:
    heard, setup = heard_lines([read_recorded_series(weeks)], opened, lambda _what, _share: None)
    assert list(heard) == ["weeks/2026-03-02", "weeks/2026-03-09"]
    for lines in heard.values():
        assert [(line.index, line.speaker, line.text) for line in lines] == [
            (at, ("沈岚", "逯鸣")[at % 2], text) for at, text in enumerate(HEARD)
        ]
        assert all(line.start is not None and abs(line.start - 5 * at) < 1 for at, line in enumerate(lines))
    assert "recordings" not in setup
    assert "speech_model" in setup
