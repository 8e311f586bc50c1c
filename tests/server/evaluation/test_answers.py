"""`evaluate_answers` over hand-made series, with real services, a hashing embedder and no chat model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import BadInputError
from server.evaluation.answers import evaluate_answers
from server.evaluation.report import write_report

LINES = [
    ("Ann", "Good morning everyone, let us begin with the release."),
    ("Bob", "The walrus battery ships on the twelfth of May."),
    ("Ann", "The telescope budget is forty thousand dollars."),
    ("Bob", "I'll write the sandwich report by Friday."),
]


def make_series(folder: Path, day: str, **truth: Any) -> Path:
    folder.mkdir()
    utterances = [
        {"i": i, "speaker": speaker, "text": text, "start": 5.0 * i, "end": 5.0 * i + 4}
        for i, (speaker, text) in enumerate(LINES)
    ]
    cues = [f"00:{5 * i:02}.000 --> 00:{5 * i + 4:02}.000\n<v {who}>{text}</v>" for i, (who, text) in enumerate(LINES)]
    (folder / f"{day}.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues), encoding="utf-8")
    (folder / f"{day}.truth.json").write_text(json.dumps({"utterances": utterances}), encoding="utf-8")
    qa = [
        {
            "id": "q1",
            "question": "When does the walrus battery ship?",
            "kind": "when",
            "language": "en",
            "must_contain": ["twelfth of May|May 12"],
            "must_not_contain": [],
            "superseded": ["May 1"],
            "evidence": [{"date": day, "utterances": [1]}],
        },
        {"id": "q2", "question": "谁养了企鹅？", "kind": "unanswerable", "language": "zh", "evidence": []},
    ]
    document = {"project": "Atlas", "language": "en", "qa": qa, **truth}
    (folder / "truth.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder


def test_several_series_are_asked_each_in_a_home_of_its_own(tmp_path: Path, opened: Any) -> None:
    folders = [make_series(tmp_path / "one", "2026-05-04"), make_series(tmp_path / "two", "2026-05-11")]
    said: list[tuple[str, float]] = []
    figures, asked = evaluate_answers(folders, "transcript", opened, lambda what, share: said.append((what, share)))
    assert len(opened.homes) == 2
    assert (figures["n"], figures["meetings"]) == (4, 2)
    assert set(figures["per_series"]) == {"one", "two"}
    assert set(figures["per_language"]) == {"en", "zh"}
    assert figures["must_contain"] == figures["quote_fidelity"] == 1.0
    assert figures["superseded_as_current"] == 0.0
    assert figures["citation_recall"] == 1.0
    assert figures["setup"]["chat_models"] == ["none"]
    assert figures["latency"]["answers_with_model"] == 0
    assert figures["ci_by"] == "question"
    assert [(one.to_json()["series"], one.to_json()["id"]) for one in asked] == [
        *[("one", "q1"), ("one", "q2")],
        *[("two", "q1"), ("two", "q2")],
    ]
    assert [share for _, share in said] == sorted(share for _, share in said)
    report = write_report(tmp_path / "r.md", "answers", figures)[0].read_text(encoding="utf-8")
    assert "## By series" in report
    assert "embedding\\_model | hash-embedder" in report


def test_questions_are_asked_when_the_ledger_has_read_the_meetings(tmp_path: Path, opened: Any) -> None:
    question = {
        "id": "q1",
        "question": "List all open action items",
        "kind": "enumerate",
        "language": "en",
        "must_contain": ["sandwich"],
        "evidence": [{"date": "2026-05-04", "utterances": [3]}],
    }
    _, (asked,) = evaluate_answers([make_series(tmp_path / "one", "2026-05-04", qa=[question])], "transcript", opened)
    assert "(ledger: 1 of 1 meetings read into it)" in asked.answer["answer"]
    assert "commitment: Bob: “I'll write the sandwich report by Friday.”" in asked.answer["answer"]
    assert (asked.scored.precision, asked.scored.recall) == (1.0, 1.0)


def test_what_is_wrong_is_told_before_a_home_is_opened(tmp_path: Path, opened: Any) -> None:
    good = make_series(tmp_path / "good", "2026-05-04")
    missing = make_series(tmp_path / "missing", "2026-05-04")
    (missing / "2026-05-04.vtt").unlink()
    glossary = make_series(tmp_path / "glossary", "2026-05-04")
    (glossary / "glossary.toml").write_text("term = 3", encoding="utf-8")
    for folders, said in [
        ([good, good], "two series are called 'good'"),
        ([good, missing], "missing has no 2026-05-04.vtt"),
        ([good, glossary], "glossary/glossary.toml: it has no list of terms"),
        ([good, tmp_path], "is no series"),
    ]:
        with pytest.raises(BadInputError, match=said):
            evaluate_answers(folders, "transcript", opened)
    with pytest.raises(BadInputError, match=r"good has no 2026-05-04\.m4a"):
        evaluate_answers([good], "audio", opened)
    assert opened.homes == []
