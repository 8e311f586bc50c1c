from __future__ import annotations

import pytest

from retrieval.query import focus


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What did the group say about the battery life?", {"battery", "life"}),
        ("Why did Maya think that the beta should wait?", {"maya", "beta", "wait"}),
        ("Summarize the discussion on remote control prices", {"remote", "control", "prices"}),
        ("How much does the server cost?", {"server", "cost"}),
        ("What’s the status of the team's test plan?", {"status", "test", "plan"}),
    ],
)
def test_english_questions_keep_what_they_are_about(question: str, left: set[str]) -> None:
    kept = {word.strip("?.,").lower() for word in focus(question).split()}
    assert left <= kept
    assert kept.isdisjoint(
        {"’s", "'s", "what", "why", "how", "did", "does", "group", "say", "about", "think", "summarize"}
    )


@pytest.mark.parametrize(
    ("question", "left", "gone"),
    [
        ("请问上线时间是什么时候？", "上线时间", "什么时候"),
        ("预算增加了多少？", "预算增加", "多少"),
        ("会议上大家讨论了哪些风险", "风险", "哪些"),
        ("退款接口的超时由谁负责修复？", "退款接口", "谁"),
        ("为什么要推迟发布", "推迟发布", "为什么"),
    ],
)
def test_chinese_questions_keep_what_they_are_about(question: str, left: str, gone: str) -> None:
    assert left in focus(question)
    assert gone not in focus(question)


@pytest.mark.parametrize("query", ["成功率 98.2%", "crash rate Android", "支付网关", "张三"])
def test_plain_words_stay_as_they_are(query: str) -> None:
    assert focus(query) == query


@pytest.mark.parametrize("question", ["什么？", "What was it about?", "What did they say?"])
def test_a_question_of_nothing_else_is_not_emptied(question: str) -> None:
    assert focus(question).strip()
