"""`evaluate_transcripts` over short recordings, with real services; what is heard comes from a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import BadInputError, ModelMissingError
from ingestion.evaluation.recordings import read_clips, read_recorded_series
from ingestion.evaluation.transcripts import HeardLine, SpokenText, score, summary
from server.evaluation.report import write_report
from server.evaluation.transcripts import evaluate_transcripts
from server.services import Services
from tests.doubles import ScriptedTranscriber
from tests.e2e.commands import SAMPLES, clip, write_wav

SPEECH = SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a"
HEARD = ["切到 Quill gate。", "找恩沛通谈。"]


class NoModel(ScriptedTranscriber):
    def transcribe(self, *_: Any, **__: Any) -> Any:
        raise ModelMissingError("there is no model", "get one")


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have every recording heard as these sentences."""

    def as_script(transcriber: Any) -> None:
        monkeypatch.setattr(Services, "new_transcriber", lambda _self: transcriber)

    as_script(ScriptedTranscriber(HEARD))
    return as_script


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "weekly"
    folder.mkdir()
    terms = [{"canonical": name, "kind": "product", "aliases": ["quill gate"]} for name in ("Quillgate", "恩沛通")]
    truth = {"project": "网关", "language": "zh", "glossary": terms}
    said = [{"speaker": "沈岚", "text": "切到 Quillgate。"}, {"speaker": "逯鸣", "text": "找恩沛通谈。"}]
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    (folder / "2026-03-02.truth.json").write_text(json.dumps({"utterances": said}), encoding="utf-8")
    clip(SPEECH, folder / "2026-03-02.wav", 0, 11)
    return folder


def test_the_names_of_a_series_are_in_its_glossary(series: Path, opened: Any, hears: Any) -> None:
    said: list[tuple[str, float]] = []
    figures, (heard,) = evaluate_transcripts(
        [read_recorded_series(series)], opened, lambda what, share: said.append((what, share))
    )
    assert heard.lines[0].text == "切到 Quillgate。"
    assert heard.lines[0].raw_text == "切到 Quill gate。"
    assert (figures["n"], figures["cer"], figures["wer"]) == (1, 0.0, None)
    assert (figures["terms"], figures["terms_right"], figures["terms_raw"]) == (2, 1.0, 0.5)
    assert figures["cpwer"] > 0.5  # nobody is told apart
    assert figures["new_errors"] == 0.0
    assert figures["per_file"]["weekly/2026-03-02.wav"]["terms_right"] == 2
    assert said[-1] == ("ingesting", 1.0)
    assert len(opened.homes) == 1
    json.dumps([figures, heard.to_json()])


def test_a_glossary_of_its_own_is_used_instead(series: Path, opened: Any, hears: Any) -> None:
    (series / "glossary.toml").write_text('[[term]]\ncanonical = "奎尔"\naliases = ["quill gate"]\n', encoding="utf-8")
    figures, (heard,) = evaluate_transcripts([read_recorded_series(series)], opened)
    assert heard.lines[0].text == "切到 奎尔。"
    assert figures["terms_right"] == 0.5


def test_a_recording_in_which_no_speech_is_found_was_not_heard(tmp_path: Path, opened: Any, hears: Any) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in ("a", "same"):
        clip(SPEECH, folder / f"{name}.wav", 0, 11)
    write_wav(folder / "silent.wav", bytes(32_000 * 3))
    for wav in folder.glob("*.wav"):
        wav.with_suffix(".json").write_text(json.dumps({"text": "切到 quill gate。找恩沛通谈。"}), encoding="utf-8")
    figures, heard = evaluate_transcripts([read_clips(folder)], opened)
    assert [one.scored.alignment.errors for one in heard] == [0, 0, 9]
    assert figures["cer"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["terms_right"] is None


def test_one_that_cannot_be_decoded_is_named(series: Path, opened: Any, hears: Any) -> None:
    (series / "2026-03-02.wav").write_bytes(b"\x00\x01" * 500)
    with pytest.raises(BadInputError, match=r"2026-03-02\.wav: "):
        evaluate_transcripts([read_recorded_series(series)], opened)


def test_an_ingest_that_fails_ends_the_evaluation(series: Path, opened: Any, hears: Any) -> None:
    hears(NoModel(HEARD))
    with pytest.raises(BadInputError, match="there is no model") as error:
        evaluate_transcripts([read_recorded_series(series)], opened)
    assert error.value.hint == "get one"


@pytest.mark.parametrize(("language", "title"), [("en", "Transcripts, measured"), ("zh", "转写评测")])
def test_the_report_of_transcripts(tmp_path: Path, language: Any, title: str) -> None:
    lines = [HeardLine("切到 Quillgate。", "切到 Quill gate。")]
    one = score("a.wav", "zh", SpokenText(("切到 Quillgate。",), {}), lines, ["Quillgate"])
    document = {**summary([one]), "meetings": 1, "setup": {"speech_model": "whisper-base"}}
    written = write_report(tmp_path / "report.md", "transcripts", document, language)
    text = written[0].read_text(encoding="utf-8")
    assert title in text
    assert "whisper-base" in text
    assert re.search(r"terms\\?_right \| 1\.000 \| 1\.000–1\.000", text)
    assert all(path.is_file() for path in written)
