import json
from pathlib import Path

import benchmarks
from ingestion.text.language import detect_language
from retrieval.evaluation.records import read_questions

FOLDER = Path(benchmarks.__file__).parent / "parallel"


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def test_meetings_say_the_same_line_by_line_in_either_language() -> None:
    zh, en = _rows("meetings.zh.jsonl"), _rows("meetings.en.jsonl")

    assert [(m["id"], m["date"], len(m["utterances"])) for m in zh] == [
        (m["id"], m["date"], len(m["utterances"])) for m in en
    ]
    for one, other in zip(zh, en, strict=True):
        names = {u["speaker"]: v["speaker"] for u, v in zip(one["utterances"], other["utterances"], strict=True)}
        assert all(
            names[u["speaker"]] == v["speaker"] for u, v in zip(one["utterances"], other["utterances"], strict=True)
        )
    assert {detect_language(u["text"]) for m in zh for u in m["utterances"]} == {"zh"}
    assert {detect_language(u["text"]) for m in en for u in m["utterances"]} == {"en"}


def test_forty_questions_have_the_same_truth_in_either_language() -> None:
    zh, left_out_zh = read_questions(FOLDER / "queries.zh.jsonl")
    en, left_out_en = read_questions(FOLDER / "queries.en.jsonl")

    assert len(zh) == 40
    assert left_out_zh == left_out_en == 0
    assert [(q.id, q.kind, q.gold) for q in zh] == [(q.id, q.kind, q.gold) for q in en]
    lines = {m["id"]: len(m["utterances"]) for m in _rows("meetings.zh.jsonl")}
    assert all(gold.last < lines[gold.meeting] for question in zh for gold in question.gold)
    assert {detect_language(q.text) for q in zh} == {"zh"}
    assert {detect_language(q.text) for q in en} == {"en"}
