"""Truth of recordings: what is read, and how each mistake is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.domain import Span
from ingestion.errors import BadInputError
from ingestion.evaluation.recordings import read_clips, read_recorded_series

SAMPLES = Path(__file__).parents[3] / "samples"
TRUTH = {"project": "Atlas", "language": "en", "glossary": [{"canonical": "Kestovia", "kind": "company"}]}
MEETING = {"utterances": [{"speaker": "Ann", "text": "We ship."}, {"speaker": "Bob", "text": "On Friday."}]}


def clips(folder: Path, truth: object, name: str = "a.flac") -> Path:
    (folder / name).touch()
    (folder / name).with_suffix(".json").write_text(truth if isinstance(truth, str) else json.dumps(truth))
    return folder


def series(folder: Path, truth: object = TRUTH, meeting: object = MEETING) -> Path:
    (folder / "truth.json").write_text(json.dumps(truth))
    (folder / "2026-03-04.truth.json").write_text(json.dumps(meeting))
    (folder / "2026-03-04.m4a").touch()
    return folder


def told(error: pytest.ExceptionInfo[BadInputError]) -> str:
    assert error.value.hint
    assert "\n" not in error.value.message
    return error.value.message


def test_clips_with_and_without_speakers(tmp_path: Path) -> None:
    words = [{"speaker": s, "text": t, "start": 0.5} for s, t in (("A", "yes"), ("B", "no"), ("A", "maybe"))]
    clips(tmp_path, {"text": "yes no maybe", "language": "en", "words": words})
    clips(tmp_path, {"text": "你好世界", "words": [{"text": "你好"}, {"text": "世界", "speaker": None}]}, "b.WAV")
    found = read_clips(tmp_path)
    first, second = found.recordings
    assert first.said.by_speaker == {"A": ("yes maybe",), "B": ("no",)}
    assert (second.language, second.said.by_speaker) == ("zh", {})
    assert found.terms == ()


@pytest.mark.parametrize(("given", "text", "code"), [("zh-CN", "x", "zh"), (None, "12345", "auto"), (None, "so", "en")])
def test_the_language_is_a_code_of_the_recogniser(tmp_path: Path, given: str | None, text: str, code: str) -> None:
    (recording,) = read_clips(clips(tmp_path, {"text": text, "language": given})).recordings
    assert recording.language == code


def test_a_series_with_its_terms(tmp_path: Path) -> None:
    found = read_recorded_series(series(tmp_path))
    assert found.project == "Atlas"
    assert [term.canonical for term in found.terms] == ["Kestovia"]
    (meeting,) = found.recordings
    assert meeting.language == "en"
    assert meeting.said.lines == ("We ship.", "On Friday.")
    assert meeting.said.by_speaker == {"Ann": ["We ship."], "Bob": ["On Friday."]}


@pytest.mark.parametrize("folder", ["A_zh_payment_gateway", "B_en_atlas_mobile"])
def test_the_sample_series_is_read(folder: str) -> None:
    found = read_recorded_series(SAMPLES / folder)
    assert len(found.recordings) >= 2
    for recording in found.recordings:
        assert len(recording.said.by_speaker) == len(recording.speakers.turns) == 4
        assert len(recording.speakers.lines) == len(recording.said.lines)


def test_a_folder_without_recordings(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as error:
        read_clips(tmp_path)
    assert "has no recording" in told(error)


def test_a_recording_without_truth(tmp_path: Path) -> None:
    (tmp_path / "a.flac").touch()
    with pytest.raises(BadInputError) as error:
        read_clips(tmp_path)
    assert "a.flac has no a.json beside it" in told(error)


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ({"language": "en"}, "a.json: text: Field required"),
        ({"text": 3}, "a.json: text: Input should be a valid string"),
        ({"text": "x", "language": 7}, "a.json: language"),
        ({"text": "x", "words": [{"speaker": "A"}]}, "a.json: words.0.text: Field required"),
        ({"text": "…"}, "a.flac: its truth holds no words"),
        ([], "a.json: "),
        ("{", "a.json: "),
        ("", "a.json: "),
    ],
)
def test_a_clip_with_wrong_truth(tmp_path: Path, truth: object, said: str) -> None:
    with pytest.raises(BadInputError) as error:
        read_clips(clips(tmp_path, truth))
    assert said in told(error)


@pytest.mark.parametrize(
    ("truth", "meeting", "said"),
    [
        ({"language": "en"}, MEETING, "truth.json: project: Field required"),
        (TRUTH | {"glossary": [{"aliases": []}]}, MEETING, "truth.json: glossary.0.canonical"),
        (TRUTH, {}, "2026-03-04.truth.json: utterances: Field required"),
        (TRUTH, {"utterances": [{"text": None}]}, "2026-03-04.truth.json: utterances.0.text"),
        (TRUTH, {"utterances": []}, "2026-03-04.m4a: its truth holds no words"),
    ],
)
def test_a_series_with_wrong_truth(tmp_path: Path, truth: object, meeting: object, said: str) -> None:
    with pytest.raises(BadInputError) as error:
        read_recorded_series(series(tmp_path, truth, meeting))
    assert said in told(error)


def test_a_series_that_lacks_a_file(tmp_path: Path) -> None:
    series(tmp_path)
    (tmp_path / "2026-03-11.truth.json").write_text(json.dumps(MEETING))
    with pytest.raises(BadInputError) as error:
        read_recorded_series(tmp_path)
    assert "2026-03-11.truth.json has no recording beside it" in told(error)
    (tmp_path / "truth.json").unlink()
    with pytest.raises(BadInputError) as error:
        read_recorded_series(tmp_path)
    assert "it has no truth.json" in told(error)


def timed(*turns: tuple[str | None, float | None, float | None]) -> list[dict[str, object]]:
    return [{"speaker": who, "start": start, "end": end, "text": "so"} for who, start, end in turns]


def test_who_spoke_when_in_a_series(tmp_path: Path) -> None:
    lines = timed(("Ann", 0.5, 2), ("Bob", 2, 3), ("Ann", 2.5, 4))
    (meeting,) = read_recorded_series(series(tmp_path, meeting={"utterances": lines})).recordings
    assert meeting.speakers.turns == {"Ann": [Span(0.5, 2), Span(2.5, 4)], "Bob": [Span(2, 3)]}
    assert meeting.speakers.lines == (("Ann", "so"), ("Bob", "so"), ("Ann", "so"))


def test_who_spoke_when_in_a_clip_is_told_by_its_segments(tmp_path: Path) -> None:
    said = [("A", "yes"), ("A", "and"), ("B", "no"), ("A", "maybe"), (None, "hm")]
    words = [{"speaker": who, "text": text, "start": 1, "end": 0} for who, text in said]
    truth = {"text": "yes and no maybe hm", "words": words, "segments": timed(("A", 0, 2.5), ("B", 1, 2))}
    (clip,) = read_clips(clips(tmp_path, truth)).recordings
    assert clip.speakers.turns == {"A": [Span(0, 2.5)], "B": [Span(1, 2)]}
    assert clip.speakers.lines == (("A", "yes and"), ("B", "no"), ("A", "maybe"), (None, "hm"))


@pytest.mark.parametrize(
    "turns", [[], timed(("A", 0, 1), (None, 1, 2)), timed(("A", 0, None)), timed(("A", None, 1)), timed(("", 0, 1))]
)
def test_turns_that_are_not_all_told_are_none(tmp_path: Path, turns: list[dict[str, object]]) -> None:
    (clip,) = read_clips(clips(tmp_path, {"text": "so", "segments": turns})).recordings
    assert clip.speakers.turns == {}


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (("A", 2, 1), "a.json: segments.0: it ends before it starts"),
        (("A", -1, 1), "a.json: segments.0.start"),
        (("A", 0, float("inf")), "a.json: segments.0.end"),
        ((7, 0, 1), "a.json: segments.0.speaker"),
    ],
)
def test_turns_that_cannot_be(tmp_path: Path, turn: tuple[Any, Any, Any], said: str) -> None:
    with pytest.raises(BadInputError) as error:
        read_clips(clips(tmp_path, {"text": "so", "segments": timed(turn)}))
    assert said in told(error)
