"""`evaluate_diarization` over short recordings, with real services; words and voices come from scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingestion.domain import Span
from ingestion.errors import BadInputError
from ingestion.evaluation.diarization import SpeakerTruth, score, summary
from ingestion.evaluation.recordings import read_clips, read_recorded_series
from ingestion.evaluation.transcripts import HeardLine, SpokenText
from ingestion.speakers.domain import SpeakerTurn
from server.evaluation.diarization import evaluate_diarization
from server.evaluation.report import write_report
from server.services import Services
from tests.doubles import ScriptedDiarizer, ScriptedTranscriber
from tests.e2e.commands import SAMPLES, clip, write_wav

SPEECH = SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a"
HEARD = ["切到新网关。", "找他们谈。"]
"""Five seconds each."""


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have every recording heard as these sentences, of these voices."""

    def as_script(*turns: SpeakerTurn) -> None:
        monkeypatch.setattr(Services, "new_diarizer", lambda _self: ScriptedDiarizer(turns))

    monkeypatch.setattr(Services, "new_transcriber", lambda _self: ScriptedTranscriber(HEARD))
    as_script(SpeakerTurn(1, 1, 5), SpeakerTurn(2, 5, 10))
    return as_script


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "weekly"
    folder.mkdir()
    said = [("沈岚", HEARD[0], 1.0, 5.0), ("逯鸣", HEARD[1], 5.0, 10.0)]
    lines = [{"speaker": who, "text": text, "start": start, "end": end} for who, text, start, end in said]
    (folder / "truth.json").write_text(json.dumps({"project": "网关", "language": "zh"}), encoding="utf-8")
    (folder / "2026-03-02.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    clip(SPEECH, folder / "2026-03-02.wav", 0, 11)
    return folder


def silent_clip(folder: Path, name: str, truth: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    write_wav(folder / f"{name}.wav", bytes(32_000 * 3))
    (folder / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")


def test_two_speakers_who_are_told_apart(series: Path, opened: Any, hears: Any) -> None:
    said: list[tuple[str, float]] = []
    figures, (heard,) = evaluate_diarization(
        [read_recorded_series(series)], opened, lambda what, share: said.append((what, share))
    )
    assert figures["n"] == 1
    assert figures["der"] == pytest.approx(0, abs=0.02)
    assert (figures["speaker_count_error"], figures["cpwer"], figures["word_attribution"]) == (0, 0, 1)
    assert (figures["named_right"], figures["named_false"]) == (None, None)
    assert (figures["meetings"], figures["left_out"]) == (1, 0)
    assert figures["setup"]["recordings"] == ["weekly"]
    assert figures["setup"]["speaker_model"]
    assert figures["per_file"]["weekly/2026-03-02.wav"]["speakers_found"] == 2
    assert said[-1] == ("ingesting", 1.0)
    details = json.loads(json.dumps([figures, heard.to_json()]))[1]
    assert details["turns_said"] == [["沈岚", 1.0, 5.0], ["逯鸣", 5.0, 10.0]]
    assert [turn[0] for turn in details["turns_heard"]] == [1, 2]
    assert details["heard"] == [["Speaker 1", HEARD[0]], ["Speaker 2", HEARD[1]]]


def test_one_voice_for_two_speakers(series: Path, opened: Any, hears: Any) -> None:
    hears(SpeakerTurn(1, 1, 10))
    figures, _ = evaluate_diarization([read_recorded_series(series)], opened)
    assert figures["confusion"] == pytest.approx(4 / 9, abs=0.02)
    assert figures["speaker_count_error"] == 1
    assert figures["word_attribution"] == pytest.approx(5 / 9, abs=1e-4)
    assert figures["cpwer"] > 0.5


@pytest.fixture
def weeks(tmp_path: Path, opened: Any, hears: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two meetings in which two people say two sentences each."""
    folder = tmp_path / "weeks"
    folder.mkdir()
    monkeypatch.setattr(
        Services, "new_transcriber", lambda _self: ScriptedTranscriber([*HEARD, "切完再说。", "没问题。"])
    )
    hears(*(SpeakerTurn(at % 2 + 1, at * 5.0, at * 5.0 + 5.0) for at in range(4)))
    said = zip(["沈岚", "逯鸣"] * 2, [*HEARD, "切完再说。", "没问题。"], range(0, 20, 5), strict=True)
    lines = [{"speaker": who, "text": text, "start": at, "end": at + 5} for who, text, at in said]
    (folder / "truth.json").write_text(json.dumps({"project": "网关", "language": "zh"}), encoding="utf-8")
    for number, day in enumerate(("2026-03-02", "2026-03-09")):
        (folder / f"{day}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
        clip(SPEECH, folder / f"{day}.wav", 0, 21 + number)
    return folder


def test_who_is_named_in_the_first_meeting_of_a_series_is_recognised_in_the_later_one(weeks: Path, opened: Any) -> None:
    figures, (first, later) = evaluate_diarization([read_recorded_series(weeks)], opened)
    assert (figures["named_right"], figures["named_false"]) == (1, 0)
    assert figures["per_file"]["weeks/2026-03-02.wav"]["named_right"] is None
    assert (figures["word_attribution"], figures["cpwer"]) == (1, 0)
    assert [line.speaker for line in (*first.lines, *later.lines)] == ["Speaker 1", "Speaker 2"] * 4


def test_who_sounds_like_somebody_else_later_is_named_falsely(weeks: Path, opened: Any) -> None:
    truth = weeks / "2026-03-09.truth.json"
    lines = json.loads(truth.read_text(encoding="utf-8"))["utterances"]
    stranger = [{**line, "speaker": "访客"} if line["speaker"] == "逯鸣" else line for line in lines]
    truth.write_text(json.dumps({"utterances": stranger}), encoding="utf-8")
    figures, _ = evaluate_diarization([read_recorded_series(weeks)], opened)
    assert figures["named_right"] + figures["named_false"] == pytest.approx(1)
    assert 0.3 < figures["named_false"] < 0.7


def test_in_clips_nobody_is_named(weeks: Path, opened: Any) -> None:
    for truth in weeks.glob("*.truth.json"):
        lines = json.loads(truth.read_text(encoding="utf-8"))["utterances"]
        words = [{"speaker": line["speaker"], "text": line["text"]} for line in lines]
        document = {"text": "".join(line["text"] for line in lines), "segments": lines, "words": words}
        (weeks / truth.name.replace(".truth", "")).write_text(json.dumps(document), encoding="utf-8")
    figures, _ = evaluate_diarization([read_clips(weeks)], opened)
    assert (figures["n"], figures["named_right"]) == (2, None)


def test_a_recording_in_which_no_speech_is_found_was_missed(tmp_path: Path, opened: Any, hears: Any) -> None:
    turns = [{"speaker": "Ann", "start": 0, "end": 2}]
    silent_clip(tmp_path / "clips", "silent", {"text": "hello", "segments": turns})
    figures, _ = evaluate_diarization([read_clips(tmp_path / "clips")], opened)
    assert (figures["der"], figures["missed"], figures["speaker_count_error"]) == (1, 1, 1)


def test_recordings_without_turns_are_left_out_and_not_heard(tmp_path: Path, opened: Any, hears: Any) -> None:
    turns = [{"speaker": "Ann", "start": 0, "end": 2}]
    silent_clip(tmp_path / "clips", "silent", {"text": "hello", "segments": turns})
    silent_clip(tmp_path / "clips", "untold", {"text": "hello"})
    figures, heard = evaluate_diarization([read_clips(tmp_path / "clips")], opened)
    assert [one.recording.name for one in heard] == ["clips/silent.wav"]
    assert (figures["meetings"], figures["left_out"]) == (1, 1)


def test_without_any_turns_nothing_is_ingested(tmp_path: Path, opened: Any, hears: Any) -> None:
    silent_clip(tmp_path / "clips", "untold", {"text": "hello"})
    with pytest.raises(BadInputError, match="no truth in clips tells who spoke when") as error:
        evaluate_diarization([read_clips(tmp_path / "clips")], opened)
    assert "start and end" in (error.value.hint or "")
    assert opened.homes == []


@pytest.mark.parametrize(("language", "title"), [("en", "Speakers, measured"), ("zh", "说话人评测")])
def test_the_report_of_speakers(tmp_path: Path, language: Any, title: str) -> None:
    truth = SpeakerTruth({"Ann": [Span(0, 2)]}, (("Ann", "我们开始"),))
    said, lines = SpokenText(("我们开始",), {"Ann": ["我们开始"]}), [HeardLine("我们开始", "我们开始", "Speaker 1")]
    one = score("a.wav", "zh", said, truth, [SpeakerTurn(1, 0, 1)], lines)
    setup = {"speaker_model": "voices"}
    document = {**summary([one]), "meetings": 1, "left_out": 3, "setup": setup}
    written = write_report(tmp_path / "report.md", "diarization", document, language)
    text = written[0].read_text(encoding="utf-8")
    assert title in text
    assert "voices" in text
    assert {"en": "3 recordings whose truth", "zh": "3 段没有标注"}[language] in text
    assert re.search(r"der \| 0\.500 \| 0\.500–0\.500", text)
    assert re.search(r"word\\?_attribution \| 1\.000 \|", text)
    assert all(path.is_file() for path in written)
