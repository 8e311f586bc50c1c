from datetime import date

import pytest

from agents.extract.items import find_items
from agents.ledger.domain import ItemKind
from retrieval.domain import Line

DAY = date(2026, 3, 2)  # a Monday


def promises(text, day=DAY):
    drafts = find_items([Line(0, "Ann", None, None, text)], day)
    return [draft for draft in drafts if draft.kind is ItemKind.COMMITMENT]


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("I'll do the plan by Tuesday and the test report by Friday.", [(3, 3), (3, 6)]),
        ("I'll fix the printer by Friday, and I'll call the landlord by Tuesday.", [(3, 6), (3, 3)]),
        ("我周三前写方案，周五前交报告。", [(3, 4), (3, 6)]),
        ("方案我周三前写，slides 我周五前交。", [(3, 4), (3, 6)]),
    ],
)
def test_several_promises_of_a_line_are_as_many_items_with_their_own_words(text, dues):
    drafts = promises(text)
    assert [(draft.due.day.month, draft.due.day.day) for draft in drafts] == dues
    assert all(draft.lines == (0,) and draft.text in text and draft.owner.name == "Ann" for draft in drafts)
    assert len({draft.text for draft in drafts}) == len(drafts)


@pytest.mark.parametrize(
    "text",
    [
        "I'll take the survey on Tuesday and finish by Friday.",
        "I'll send the plan by Tuesday or Friday.",
        "I'll send the list by Tuesday and the lease ends on Friday.",
        "I owe you the floor plan. I can have that by Monday, March 9th.",
        "报告我3月9号，就是下周一之前出。",
    ],
)
def test_one_promise_with_two_dates_stays_one(text):
    assert len(promises(text)) == 1


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll write the report this week.", date(2026, 3, 6)),
        ("I'll have it done by the end of March.", date(2026, 3, 31)),
        ("I'll send the list next month.", date(2026, 4, 30)),
        ("我把报告这周就改。", date(2026, 3, 6)),
        ("报告我来写，下周给。", date(2026, 3, 13)),
        ("报告我月底前交。", date(2026, 3, 31)),
        ("报告我来写，3月底交。", date(2026, 3, 31)),
        ("I'll write the plan for next month.", None),
        ("I'll prepare next week's slides.", None),
        ("我来准备下周的会。", None),
        ("I'll send what happened in March.", None),
    ],
)
def test_a_stretch_that_a_promise_is_tied_to_is_due_on_its_last_day(text, due):
    (draft,) = promises(text)
    assert (draft.due and draft.due.day) == due
    assert due is None or draft.due.said in text


def test_after_friday_this_week_ends_on_sunday():
    (draft,) = promises("I'll write the report this week.", date(2026, 3, 7))
    assert draft.due.day == date(2026, 3, 8)


def test_a_promise_before_a_question_to_somebody_else_holds():
    (draft,) = promises("设计稿我今天给，小赵你来接？")
    assert draft.due.day == DAY
