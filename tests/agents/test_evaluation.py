import json

import pytest

from agents.evaluation import read_series, score_answer, summary
from ingestion.errors import BadInputError


@pytest.fixture
def series(tmp_path):
    lines = [{"i": i, "start": 10.0 * i, "end": 10.0 * i + 8, "speaker": "A", "text": f"t{i}"} for i in range(4)]
    (tmp_path / "2026-03-02.truth.json").write_text(json.dumps({"utterances": lines}))
    question = {
        "id": "q",
        "question": "多少？",
        "language": "zh",
        "kind": "single",
        "must_contain": ["20万|二十万"],
        "must_not_contain": ["15 万"],
        "evidence": [{"date": "2026-03-02", "utterances": [1]}, {"date": "2026-03-02", "utterances": [3]}],
    }
    nothing = question | {"id": "u", "kind": "unanswerable", "must_contain": [], "evidence": []}
    (tmp_path / "truth.json").write_text(json.dumps({"qa": [question, nothing]}))
    return read_series(tmp_path)


def citation(start, end, quote="hello", day="2026-03-02"):
    times = {"start": start, "end": end, "utterances": [7, 7]}
    return {"meeting_id": "m", "date": day, "quote": quote, **times}


def answer(text, *citations, abstained=False):
    return {"answer": text, "citations": list(citations), "abstained": abstained}


def test_citations_are_right_by_time_whatever_their_index(series):
    given = answer("二十 万", citation(11, 19), citation(40, 44), citation(21, 30.3, "other"))
    scored = score_answer(series[0], given, {"m": "hello\nworld"})
    assert scored.contains and not scored.breaks and scored.overlaps
    assert scored.precision == pytest.approx(1 / 3)
    assert scored.recall == pytest.approx(1 / 2)
    assert scored.quotes_right == (True, True, False)


def test_without_times_the_utterance_decides(series):
    near = {**citation(None, None), "utterances": [2, 3]}
    assert score_answer(series[0], answer("", near), {}).overlaps
    assert not score_answer(series[0], answer("", {**near, "utterances": [0, 0]}), {}).overlaps


def test_another_days_line_is_wrong(series):
    assert not score_answer(series[0], answer("", citation(11, 19, day="2026-03-09")), {}).overlaps


def test_the_summary_counts_abstentions_apart(series):
    good = score_answer(series[0], answer("20万而不是 15万", citation(11, 19)), {"m": "hello"})
    silent = score_answer(series[1], answer("", abstained=True), {})
    figures = summary([good, silent])
    assert figures["n"] == 2
    assert figures["must_not_contain_broken"] == 0.5
    assert figures["unanswerable"] == 1.0 and figures["abstained"] == 0.0
    assert figures["quote_fidelity"] == 1.0
    low, high = figures["must_contain_ci"]
    assert low < 1.0 == high
    assert figures["per_kind"]["unanswerable"]["must_contain"] is None


def test_a_folder_without_truth_is_named(tmp_path):
    with pytest.raises(BadInputError, match=tmp_path.name):
        read_series(tmp_path)
