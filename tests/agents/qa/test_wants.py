from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.domain import ItemKind
from agents.qa.wants import Standing, Wants, following, wants_of

PEOPLE = ("Mina Park", "Leo Grant", "沈岚")
DAYS = (date(2026, 3, 9), date(2026, 3, 16))
TODAY = date(2026, 3, 17)
DECISION, COMMITMENT, QUESTION, RISK = (
    ItemKind.DECISION,
    ItemKind.COMMITMENT,
    ItemKind.QUESTION,
    ItemKind.RISK,
)


def wants(question: str) -> Wants | None:
    return wants_of(question, PEOPLE, DAYS, TODAY)


@pytest.mark.parametrize(
    ("question", "kinds", "standing", "topic"),
    [
        ("What did we decide about pricing?", (DECISION,), None, ("price",)),
        ("关于预算我们决定了什么？", (DECISION,), None, ("预算",)),
        ("list all open action items", (COMMITMENT,), Standing.OPEN, ()),
        ("还有哪些待办没完成？", (COMMITMENT,), Standing.OPEN, ()),
        ("What does Mina still owe?", (COMMITMENT,), Standing.OPEN, ()),
        ("沈岚答应了什么？", (COMMITMENT,), None, ()),
        ("Are there any open risks?", (RISK,), Standing.OPEN, ()),
        ("哪些决定后来改过？", (DECISION,), Standing.CHANGED, ()),
        ("What do we still have to decide?", (QUESTION,), Standing.OPEN, ()),
        ("哪些待办、风险和问题还没解决？", (COMMITMENT, QUESTION, RISK), Standing.OPEN, ()),
        ("which promises never came up again?", (COMMITMENT,), Standing.DROPPED, ()),
        ("哪个承诺再也没人提？", (COMMITMENT,), Standing.DROPPED, ()),
        ("What action items are overdue?", (COMMITMENT,), Standing.OVERDUE, ()),
        ("What's overdue?", (COMMITMENT,), Standing.OVERDUE, ()),
        ("有哪些事情逾期了？", (COMMITMENT,), Standing.OVERDUE, ()),
        ("Who owes what?", (COMMITMENT,), Standing.OPEN, ()),
        ("谁答应了什么？", (COMMITMENT,), None, ()),
        ("What's still open?", (COMMITMENT, QUESTION, RISK), Standing.OPEN, ()),
        ("还有什么没完成？", (COMMITMENT, QUESTION, RISK), Standing.OPEN, ()),
        ("Which risk got worse?", (RISK,), Standing.GROWING, ()),
    ],
)
def test_a_list_of_what_the_ledger_keeps(
    question: str, kinds: tuple[ItemKind, ...], standing: Standing | None, topic: tuple[str, ...]
) -> None:
    found = wants(question)
    assert found is not None
    assert (set(found.kinds), found.standing, found.topic) == (set(kinds), standing, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Why did we drop the risk review?",
        "When is the report due?",
        "What's the current deadline for the paper?",
        "商户通知的文案现在由谁负责，什么时候交？",
        "现在定的是哪一天正式发布？",
        "Which towns are in the study?",
        "What are we supposed to do if the gas leaks?",
        "为什么放弃了这个决定？",
    ],
)
def test_other_questions_want_no_list(question: str) -> None:
    assert wants(question) is None


@pytest.mark.parametrize(
    ("question", "due"),
    [
        ("What is due this week?", (date(2026, 3, 16), date(2026, 3, 22))),
        ("本周到期的待办有哪些？", (date(2026, 3, 16), date(2026, 3, 22))),
        ("下周有什么要交的？", (date(2026, 3, 23), date(2026, 3, 29))),
        ("Which tasks are due by March 20?", (date(2026, 3, 17), date(2026, 3, 20))),
        ("列出所有到期的事", None),
    ],
)
def test_what_is_due_and_by_when(question: str, due: tuple[date, date] | None) -> None:
    found = wants(question)
    assert found is not None
    assert (found.kinds, found.standing, found.due, found.has_due) == ((COMMITMENT,), Standing.OPEN, due, True)


def test_relative_days_count_from_the_latest_meeting_when_that_is_long_ago() -> None:
    found = wants_of("What is due this week?", PEOPLE, DAYS, date(2026, 9, 1))
    assert found is not None and found.due == (date(2026, 3, 16), date(2026, 3, 22))


def test_a_follow_up_wants_what_the_question_before_it_wanted() -> None:
    before = wants("What does Mina still owe?")
    after = following(wants("and Leo? owe"), before)
    assert after == before
    assert following(None, before) == before
