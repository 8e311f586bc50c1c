"""Truth files of retrieval, and what is wrong with them told in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import BadInputError
from retrieval.evaluation.records import Gold, read_questions

LINE = {"id": "q1", "query": "Who?", "project": "P", "meeting": "m", "spans": [[3, 9]]}
EVIDENCE = [{"meeting": "m", "utterance": 1}, {"meeting": "n", "utterance": 2}]


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    file = folder / "q.jsonl"
    said = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(said), encoding="utf-8")
    return file


def test_evidence_comes_before_spans_and_a_category_is_a_kind(tmp_path: Path) -> None:
    file = write(tmp_path, LINE, "", {**LINE, "id": "q2", "evidence": EVIDENCE, "category_name": "multi-hop"})
    (first, second), left_out = read_questions(file)
    assert first.gold == (Gold("m", 3, 9),)
    assert second.gold == (Gold("m", 1, 1), Gold("n", 2, 2))
    assert (first.by_evidence, second.by_evidence, second.kind, left_out) == (False, True, "multi-hop", 0)


def test_unanswerable_questions_and_those_without_truth_are_counted(tmp_path: Path) -> None:
    _, left_out = read_questions(write(tmp_path, LINE, {**LINE, "answerable": False}, {**LINE, "spans": []}))
    assert left_out == 2


def test_questions_without_ids_are_no_duplicates(tmp_path: Path) -> None:
    bare = {key: value for key, value in LINE.items() if key != "id"}
    assert len(read_questions(write(tmp_path, bare, bare))[0]) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Invalid JSON"),
        ("[1]", "q.jsonl line 2: "),
        ({"query": "Who?"}, "line 2: project: Field required"),
        ({**LINE, "query": " "}, "line 2: query: "),
        ({**LINE, "query": 7}, "line 2: query: Input should be a valid string"),
        ({**LINE, "spans": [[1]]}, r"line 2: spans.0.1: Field required"),
        ({**LINE, "spans": [[9, 3]]}, r"line 2: spans.0: a span is \[first, last\]"),
        ({**LINE, "spans": [[-1, 3]]}, r"line 2: spans.0.0: .*greater than or equal to 0"),
        ({**LINE, "spans": [["1", 3]]}, r"line 2: spans.0.0: .*integer"),
        ({**LINE, "meeting": None}, "line 2: spans without a meeting"),
        ({**LINE, "evidence": [{"meeting": "m"}]}, "line 2: evidence.0.utterance: Field required"),
        (LINE, "line 2: another question has the id 'q1'"),
        ("[" * 100_000, "line 2: "),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: dict[str, Any] | str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as raised:
        read_questions(write(tmp_path, LINE, line))
    assert "\n" not in raised.value.message
    assert raised.value.hint
