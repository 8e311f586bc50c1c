"""Questions to evidence, end to end over a real index."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingestion.domain import SearchFilter, Stage
from ingestion.errors import BadInputError, NotFoundError
from ingestion.repository import MeetingRepository
from ingestion.text.language import words
from retrieval.recipes import RECIPES
from tests.retrieval.conftest import GATEWAY_1

GATEWAY = SearchFilter(projects=("支付网关升级",))


def size(evidence: Any) -> int:
    return sum(words(line.text) for found in evidence for line in found.lines)


@pytest.mark.parametrize(
    ("query", "meeting", "said"),
    [
        ("退款", "g1", "退款接口还有一个超时"),
        ("预算", "g2", "预算增加五万"),
        ("98.2%", "g1", "成功率是98.2%"),
        ("成功率是多少？", "g1", "成功率是98.2%"),
        ("crash rate", "a1", "Crash rate on Android"),
        ("What did Priya say about legal approval?", "a1", "Legal still has to approve"),
        ("Who is rolling back the cache?", "a1", "roll back the image cache"),
    ],
)
@pytest.mark.parametrize("recipe", ["hybrid", "hybrid-rrf", "sparse"])
def test_words_names_and_numbers_are_found(memory: Any, query: str, meeting: str, said: str, recipe: str) -> None:
    best = memory.service.search(query, recipe=recipe).results[0]
    assert best.meeting_id == meeting
    assert said in best.quote


def test_a_result_quotes_what_was_said_verbatim(memory: Any) -> None:
    result = memory.service.search("成功率", GATEWAY)
    document = result.to_json()["results"][0]
    assert document["utterances"] == [0, 3]
    assert document["quote"].split("\n") == [text for _, text in GATEWAY_1[:4] if text]
    assert document["text"].split("\n")[1] == "李强: 联调已经完成，成功率是98.2%。"
    assert (document["start"], document["end"]) == (0.0, 15.0)
    assert document["meeting_title"] == "支付网关升级 2026-03-02"
    assert document["date"] == "2026-03-02"
    assert result.recipe == "hybrid"
    assert result.took_ms > 0
    scores = [found.score for found in result.results]
    assert scores == sorted(scores, reverse=True)


def test_a_named_speaker_comes_first(empty: Any) -> None:
    empty.add(
        "m", "P", date(2026, 3, 2), [("Ann", "the launch plan is fine"), ("Bo", "the launch plan is fine")], words=5
    )
    for name in ("Ann", "Bo"):
        assert empty.service.search(f"What did {name} say about the launch plan?").results[0].speaker == name


def test_filters_limit_what_is_found(memory: Any) -> None:
    def found(**where: Any) -> set[str]:
        return {e.meeting_id for e in memory.service.search("上线时间 release", SearchFilter(**where)).results}

    assert found() == {"g1", "g2", "a1"}
    assert found(projects=("Atlas Mobile",)) == {"a1"}
    assert found(since=date(2026, 3, 4)) == {"g2", "a1"}
    assert found(speakers=("陈晨",), until=date(2026, 3, 2)) == {"g1"}
    assert found(meeting_ids=("g2",)) == {"g2"}


def test_limit_is_kept(memory: Any) -> None:
    assert len(memory.service.search("上线", limit=1).results) == 1
    everything = memory.service.search("上线", limit=100).results
    lines = [(found.meeting_id, line.index) for found in everything for line in found.lines]
    assert len(lines) == len(set(lines)) == 11, "every line that says something, once"


@pytest.mark.parametrize("call", ["search", "pack", "gather"])
def test_what_does_not_exist_is_named(memory: Any, call: str) -> None:
    ask = getattr(memory.service, call)
    with pytest.raises(NotFoundError, match="支付"):
        ask("上线", SearchFilter(projects=("支付",)))
    with pytest.raises(NotFoundError, match="m404"):
        ask("上线", SearchFilter(meeting_ids=("m404",)))
    with pytest.raises(BadInputError) as caught:
        ask("上线", recipe="magic")
    assert caught.value.hint == f"recipes: {', '.join(RECIPES)}"
    with pytest.raises(BadInputError, match="empty"):
        ask("  ")


def test_an_empty_memory_finds_nothing(empty: Any) -> None:
    assert empty.service.search("anything").results == ()
    assert empty.service.gather("anything").evidence == ()


def test_a_meeting_deleted_since_is_left_out(memory: Any) -> None:
    with memory.database.session() as session:
        meetings = MeetingRepository(session)
        meetings.delete(meetings.get("g1"))
    found = memory.service.search("成功率 上线时间").results
    assert {e.meeting_id for e in found} == {"g2", "a1"}


@pytest.mark.parametrize("budget", [12, 25, 40, 60, 1000])
def test_packed_evidence_fits_the_budget(memory: Any, budget: int) -> None:
    packed = memory.service.pack("退款接口的超时", budget_words=budget)
    assert size(packed) <= budget
    said = [(e.meeting_id, line.index) for e in packed for line in e.lines]
    assert len(said) == len(set(said)), "no utterance stands in two pieces"
    assert [(e.date, e.first) for e in packed] == sorted((e.date, e.first) for e in packed)


def test_a_line_longer_than_the_budget_is_better_than_nothing(memory: Any) -> None:
    (only,) = memory.service.pack("退款接口的超时", budget_words=1)
    assert only.quote == "退款接口还有一个超时的问题，我这周修好。"


def test_a_small_budget_holds_the_best_line(memory: Any) -> None:
    (only,) = memory.service.pack("压测发现了什么", budget_words=14)
    assert only.quote == "压测发现延迟升高，上线时间推迟到四月三号。"


def test_a_large_budget_holds_the_whole_scope_once(memory: Any) -> None:
    packed = memory.service.pack("上线时间", GATEWAY, budget_words=10_000)
    assert [(e.meeting_id, e.first, e.last) for e in packed] == [("g1", 0, 4), ("g2", 0, 2)]
    assert [line.index for line in packed[0].lines] == [0, 1, 3, 4], "a line in which nothing is said is not shown"


def test_packing_grows_around_the_find(empty: Any) -> None:
    lines = [("A", f"filler number{i} words here") for i in range(9)]
    lines[4] = ("A", "the walrus budget was approved")
    empty.add("m", "P", date(2026, 3, 2), lines, words=5)
    (run,) = empty.service.pack("walrus budget", budget_words=14, recipe="sparse")
    assert run.first <= 4 <= run.last
    assert run.last - run.first == 2


def test_gathering_says_what_was_read(memory: Any) -> None:
    memory.add("g3", "支付网关升级", date(2026, 3, 16), [("王芳", "上线顺利")], stage=Stage.FAILED)
    memory.add("g4", "支付网关升级", date(2026, 3, 23), [("王芳", "复盘")], stage=Stage.INDEX)
    gathered = memory.service.gather("压测延迟", GATEWAY, budget_words=20)
    assert {e.meeting_id for e in gathered.evidence} == {"g2"}
    assert gathered.coverage.to_json() == {"in_scope": 4, "searched": 2, "read": 1, "failed": ["g3"]}


def test_coverage_of_everything(memory: Any) -> None:
    assert memory.service.coverage().to_json() == {"in_scope": 3, "searched": 3, "read": 0, "failed": []}
    assert memory.service.coverage(SearchFilter(since=date(2026, 3, 9)), read=1).in_scope == 1
    with pytest.raises(NotFoundError):
        memory.service.coverage(SearchFilter(projects=("nowhere",)))


def test_packing_leaves_fillers_out_and_does_not_count_them(empty: Any) -> None:
    lines = [("A", "the walrus budget was approved"), ("B", "Mm-hmm."), ("A", "by everybody"), ("B", "嗯"), ("C", "ok")]
    empty.add("m", "P", date(2026, 3, 2), lines)
    (packed,) = empty.service.pack("walrus budget", budget_words=8)
    assert [line.index for line in packed.lines] == [0, 2, 4]
    (found,) = empty.service.search("walrus budget").results
    assert [line.index for line in found.lines] == [0, 1, 2, 3, 4]
