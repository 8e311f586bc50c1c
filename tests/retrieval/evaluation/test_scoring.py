from __future__ import annotations

import math
from datetime import date

import pytest

from retrieval.domain import Evidence, Line
from retrieval.evaluation.records import Gold, Question
from retrieval.evaluation.scoring import score, summary

QUESTION = Question("q", "q", "P", (Gold("m1", 10, 14), Gold("m1", 30, 34)))


def evidence(meeting: str, first: int, last: int) -> Evidence:
    lines = tuple(Line(i, None, None, None, "x") for i in range(first, last + 1))
    return Evidence(meeting, "t", "P", date(2026, 1, 5), lines, 1.0)


def test_a_hit_is_the_right_meeting_and_an_overlap() -> None:
    results = [evidence("m2", 10, 14), evidence("m1", 15, 29), evidence("m1", 14, 15), evidence("m1", 0, 10)]
    scored = score(QUESTION, results, [], {"m1": [(0, 10), (11, 13), (14, 15), (16, 40)], "m2": [(10, 14)]}, 1.0)
    assert scored.hits == (False, False, True, True)
    assert scored.rank == 3
    assert (scored.hit_at(1), scored.hit_at(5), scored.meeting_first) == (False, True, False)
    assert scored.relevant == 4
    gain = 1 / math.log2(4) + 1 / math.log2(5)
    best = sum(1 / math.log2(rank + 1) for rank in (1, 2, 3, 4))
    assert scored.ndcg_at_10 == pytest.approx(gain / best)


def test_span_recall_counts_gold_utterances_in_the_evidence_once() -> None:
    packed = [evidence("m1", 8, 12), evidence("m1", 12, 13), evidence("m1", 34, 50), evidence("m2", 30, 34)]
    assert score(QUESTION, [], packed, {"m1": [(0, 50)]}, 1.0).span_recall == pytest.approx(5 / 10)


def test_nothing_found_scores_nothing() -> None:
    figures = summary([score(QUESTION, [], [], {"m1": [(0, 50)]}, 2.0)], chunks=1, index_s=0.25)
    assert figures["n"] == 1
    assert all(figures[key] == 0 for key in ("hit@1", "hit@5", "hit@10", "mrr", "ndcg@10", "meeting@1"))
    assert (figures["p50_ms"], figures["chunks"], figures["index_s"]) == (2.0, 1, 0.2)


def test_recall_counts_a_gold_line_at_the_first_result_that_holds_it() -> None:
    question = Question("q", "q", "P", (Gold("m1", 3, 3), Gold("m1", 9, 9), Gold("m2", 3, 3)), by_evidence=True)
    results = [evidence("m1", 0, 5), evidence("m1", 2, 9), evidence("m2", 8, 9), evidence("m2", 0, 9)]
    scored = score(question, results, [], {}, 1.0)
    assert scored.found == (1, 1, 0, 1)
    assert [scored.recall_at(k) for k in (1, 2, 3, 4)] == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1])
    assert summary([scored], 1, 0.1)["evidence_recall@5"] == 1.0


def test_a_ranking_that_loses_its_first_hit_scores_less() -> None:
    right, wrong = evidence("m1", 10, 11), evidence("m2", 10, 11)
    before = summary([score(QUESTION, [right, wrong], [], {"m1": [(10, 11)]}, 1.0)], 1, 0.1)
    after = summary([score(QUESTION, [wrong, right], [], {"m1": [(10, 11)]}, 1.0)], 1, 0.1)
    assert after["mrr"] < before["mrr"]
    assert after["ndcg@10"] < before["ndcg@10"]
    assert (after["hit@1"], before["hit@1"], after["hit@5"]) == (0.0, 1.0, 1.0)
