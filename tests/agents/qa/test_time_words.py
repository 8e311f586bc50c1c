from datetime import date

import pytest

from agents.qa.time_words import resolve_time

DAYS = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
LATER = date(2026, 11, 22)


def scope(question, today=LATER, days=DAYS):
    found = resolve_time(question, days, today)
    return found and (found.first, found.last)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("上周会上说了什么", (3, 9), (3, 15)),
        ("本周的数据怎么样", (3, 16), (3, 22)),
        ("上上周定了什么", (3, 2), (3, 8)),
        ("3月9日的会定了什么", (3, 9), (3, 9)),
        ("3月9号说的报告什么时候出", (3, 9), (3, 9)),
        ("三月以来改过几次", (3, 1), (3, 16)),
        ("3月2日到3月9日之间有什么变化", (3, 2), (3, 9)),
        ("最近一次会议的风险", (3, 16), (3, 16)),
        ("上次开会说的预算", (3, 16), (3, 16)),
        ("上上次会议", (3, 9), (3, 9)),
        ("第一次会上谁认领了什么", (3, 2), (3, 2)),
        ("第二周的积压", (3, 9), (3, 15)),
        ("最近两周有什么新风险", (3, 2), (3, 16)),
        ("今年定了哪些事", (1, 1), (12, 31)),
        ("what was said last week", (3, 9), (3, 15)),
        ("What did we decide in March?", (3, 1), (3, 31)),
        ("What did they say on March 9?", (3, 9), (3, 9)),
        ("has anything changed since March 9", (3, 9), (3, 16)),
        ("between March 2 and March 9", (3, 2), (3, 9)),
        ("the second meeting", (3, 9), (3, 9)),
        ("in the last meeting", (3, 16), (3, 16)),
    ],
)
def test_words_that_say_which_meetings_restrict(question, first, last):
    assert scope(question) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "question",
    [
        "3月28号的切换定了吗",
        "3月16号之前能弄好吗",
        "4月2号到期的是什么",
        "下周一要做什么",
        "这周比上周高吗",
        "每周的积压分别是多少",
        "audit by March 9?",
        "What launches in March?",
        "Is it better than last week?",
        "Is he back on March 23?",
        "现在预算是多少",
    ],
)
def test_a_date_that_is_content_hides_no_meeting(question):
    assert scope(question) is None


def test_relative_words_count_from_today_while_meetings_are_fresh():
    assert scope("上周说了什么", today=date(2026, 3, 25)) == (date(2026, 3, 16), date(2026, 3, 22))


def test_the_note_names_the_anchor_only_when_it_is_not_today():
    stale, fresh = resolve_time("上周", DAYS, LATER), resolve_time("上周", DAYS, date(2026, 3, 18))
    assert stale is not None and "2026-03-16" in stale.note
    assert fresh is not None and "推算" not in fresh.note


def test_no_meetings_no_restriction():
    assert resolve_time("上周", [], LATER) is None
