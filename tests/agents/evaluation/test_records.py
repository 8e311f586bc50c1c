"""The truth of a series, and what is wrong with it told in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agents.evaluation.records import read_series
from ingestion.errors import BadInputError

DAY = "2026-03-02"
QUESTION = {"id": "q1", "question": "Who?", "kind": "who", "language": "en", "must_contain": ["Ann"]}


def write(folder: Path, *questions: dict[str, Any], **truth: Any) -> Path:
    lines = [{"start": 0.0, "end": 4.0}, {"start": 4, "end": 9.5}]
    (folder / f"{DAY}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    document = {"project": "P", "language": "en", "qa": questions, **truth}
    (folder / "truth.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_a_question_counts_with_the_meeting_of_its_first_evidence(tmp_path: Path) -> None:
    evidence = [{"date": DAY, "utterances": [1]}]
    series = read_series(write(tmp_path, {**QUESTION, "evidence": evidence}, {**QUESTION, "id": "q2"}))
    assert [q.group for q in series.questions] == [f"{tmp_path.name}/{DAY}", f"{tmp_path.name}/q2"]
    assert (series.project, series.language, series.meetings) == ("P", "en", (DAY,))
    (reference,) = series.questions[0].evidence[0]
    assert (reference.start, reference.end) == (4, 9.5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": None}, r"truth.json: qa.0.kind: Input should be a valid string"),
        ({"must_contain": "Ann"}, r"qa.0.must_contain: Input should be a valid"),
        ({"evidence": [{"date": DAY, "utterances": ["1"]}]}, r"qa.0.evidence.0.utterances.0: .*integer"),
        ({"evidence": [{"date": "2026-02-30", "utterances": [1]}]}, r"qa.0.evidence.0.date: "),
        ({"evidence": [{"date": DAY, "utterances": [2]}]}, f"points at utterance 2 of {DAY}, which has 2"),
        ({"evidence": [{"date": "2026-03-09", "utterances": [0]}]}, "there is no 2026-03-09.truth.json"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said) as raised:
        read_series(write(tmp_path, {**QUESTION, **change}))
    assert "\n" not in raised.value.message


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"qa.0.question: Field required"):
        read_series(write(tmp_path, {"id": "q1"}))


def test_two_questions_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="another question has the id 'q1'"):
        read_series(write(tmp_path, QUESTION, QUESTION))


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=f"{tmp_path.name} is no series"):
        read_series(tmp_path)
