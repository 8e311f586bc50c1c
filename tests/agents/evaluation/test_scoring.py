"""Answers against the truth of a series."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.domain import Citation, Claim, Verdict
from agents.evaluation.records import TruthQuestion, read_series
from agents.evaluation.scoring import ScoredAnswer, score_answer, summary
from agents.qa.plan import Kind, Plan
from agents.qa.wording import answer_text
from retrieval.domain import Evidence, Line


@pytest.fixture
def series(tmp_path: Path) -> tuple[TruthQuestion, ...]:
    lines = [{"i": i, "start": 10.0 * i, "end": 10.0 * i + 8, "speaker": "A", "text": f"t{i}"} for i in range(4)]
    (tmp_path / "2026-03-02.truth.json").write_text(json.dumps({"utterances": lines}))
    question = {
        "id": "q",
        "question": "多少？",
        "language": "zh",
        "kind": "single",
        "must_contain": ["20万|二十万"],
        "must_not_contain": ["15 万"],
        "superseded": ["15万"],
        "evidence": [{"date": "2026-03-02", "utterances": [1]}, {"date": "2026-03-02", "utterances": [3]}],
    }
    nothing = question | {"id": "u", "kind": "unanswerable", "must_contain": [], "superseded": [], "evidence": []}
    (tmp_path / "truth.json").write_text(json.dumps({"project": "P", "language": "zh", "qa": [question, nothing]}))
    return read_series(tmp_path).questions


def citation(
    start: float | None, end: float | None, quote: str = "hello", day: str = "2026-03-02", **rest: Any
) -> dict[str, Any]:
    return {"meeting_id": "m", "date": day, "quote": quote, "start": start, "end": end, "utterances": [7, 7], **rest}


def answer(text: str, *citations: dict[str, Any], abstained: bool = False) -> dict[str, Any]:
    return {
        "answer": text,
        "citations": list(citations),
        "abstained": abstained,
        "model": "m",
        "took_ms": 100.0,
        "usage": {"prompt_tokens": 900, "completion_tokens": 40},
    }


def test_citations_are_right_by_time_whatever_their_index(series: tuple[TruthQuestion, ...]) -> None:
    given = answer("二十 万", citation(11, 19), citation(40, 44), citation(21, 30.3, "other"))
    scored = score_answer(series[0], given, {"m": "hello\nworld"})
    assert scored.contains
    assert not scored.breaks
    assert scored.overlaps
    assert scored.precision == pytest.approx(1 / 3)
    assert scored.recall == pytest.approx(1 / 2)
    assert scored.quotes_right == (True, True, False)


def test_a_planted_wrong_citation_lowers_precision_and_leaves_recall(series: tuple[TruthQuestion, ...]) -> None:
    right = [citation(11, 19), citation(31, 37)]
    clean = summary([score_answer(series[0], answer("20万", *right), {})])
    planted = summary([score_answer(series[0], answer("20万", *right, citation(0, 5)), {})])
    assert clean["citation_precision"] == 1.0
    assert planted["citation_precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert clean["citation_recall"] == planted["citation_recall"] == 1.0


def test_without_times_the_utterance_decides(series: tuple[TruthQuestion, ...]) -> None:
    near = citation(None, None, utterances=[2, 3])
    assert score_answer(series[0], answer("", near), {}).overlaps
    assert not score_answer(series[0], answer("", {**near, "utterances": [0, 0]}), {}).overlaps


def test_another_days_line_is_wrong(series: tuple[TruthQuestion, ...]) -> None:
    assert not score_answer(series[0], answer("", citation(11, 19, day="2026-03-09")), {}).overlaps


def test_the_summary_counts_abstentions_apart(series: tuple[TruthQuestion, ...]) -> None:
    good = score_answer(series[0], answer("20万而不是 15万", citation(11, 19)), {"m": "hello"})
    silent = score_answer(series[1], answer("", abstained=True), {})
    figures = summary([good, silent])
    assert figures["n"] == 2
    assert figures["must_not_contain_broken"] == 0.5
    assert figures["unanswerable"] == 1.0
    assert figures["abstained"] == 0.0
    assert figures["quote_fidelity"] == 1.0
    assert figures["per_kind"]["unanswerable"]["must_contain"] is None
    assert set(figures["per_language"]) == {"zh"}
    assert figures["per_series"][series[0].series]["n"] == 2
    assert figures["latency"]["prompt_tokens_max"] == 900


def test_an_old_value_counts_where_the_answer_states_it(series: tuple[TruthQuestion, ...]) -> None:
    def stale(given: dict[str, Any]) -> float | None:
        return summary([score_answer(series[0], given, {})])["superseded_as_current"]

    assert stale(answer("预算是 15 万。")) == 1.0
    assert stale(answer("预算从 15 万加到 20 万。")) == 0.0
    assert stale(answer("预算是 15 万。", abstained=True)) == 0.0
    assert summary([score_answer(series[1], answer("15万"), {})])["superseded_as_current"] is None


def test_intervals_are_drawn_by_meeting_once_there_are_enough() -> None:
    def scored(meeting: int, right: bool) -> ScoredAnswer:
        truth = TruthQuestion("S", "q", "?", "single", "en", ("yes",), (), (), (), f"S/{meeting}")
        return score_answer(truth, answer("yes" if right else "no"), {})

    few = summary([scored(meeting, meeting % 2 == 0) for meeting in range(7) for _ in range(4)])
    many = summary([scored(meeting, meeting % 2 == 0) for meeting in range(8) for _ in range(4)])
    assert (few["ci_by"], many["ci_by"]) == ("question", "meeting")
    low, high = many["must_contain_ci"]
    assert low < many["must_contain"] < high
    assert high - low > few["must_contain_ci"][1] - few["must_contain_ci"][0]


@pytest.mark.parametrize(("claim", "stale"), [("预算是20万。", False), ("预算是15万。", True), ("", False)])
def test_an_old_value_in_a_quote_is_not_what_the_answer_states(
    series: tuple[TruthQuestion, ...], claim: str, stale: bool
) -> None:
    line = Line(1, "沈岚", 10.0, 18.0, "压测的预算就按15万走。")
    quote = Citation(1, Evidence("m", "周会", "P", date(2026, 3, 2), (line,), 1.0))
    plan = Plan(Kind.LATEST, frozenset(), "zh")
    text = answer_text([Claim(claim, (1,), Verdict.SUPPORTED)] if claim else [], [quote], plan, "原话：")
    assert "15万走" in text
    assert score_answer(series[0], answer(text), {}).stale is stale
