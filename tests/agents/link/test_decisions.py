"""What a new meeting does to what was decided before."""

from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.domain import LinkType
from agents.ledger.threads import threads
from agents.link.candidates import FLOOR
from agents.link.domain import Linked
from agents.link.linking import link_meeting
from agents.link.reasons import Why, parts
from tests.agents.link.meetings import (
    DECISION,
    ENGLISH_TALK,
    Ledger,
    Words,
    linked,
    only,
)


@pytest.mark.parametrize(
    ("before", "now", "expected", "why"),
    [
        (
            "The feature freeze for the mobile release is on March 20th.",
            "The mobile release gets its feature freeze at the end of next Friday.",
            LinkType.RESTATES,
            Why.SAME_FACTS,
        ),
        (
            "The budget for the device lab is $15,000.",
            "For the device lab the budget is fifteen thousand dollars.",
            LinkType.RESTATES,
            Why.SAME_FACTS,
        ),
        (
            "The budget for the device lab is $15,000.",
            "The device lab budget goes up to $18,000.",
            LinkType.REFINES,
            Why.NUMBER,
        ),
        (
            "The feature freeze for the mobile release is on March 20th.",
            "We move the feature freeze for the mobile release to March 27th.",
            LinkType.REFINES,
            Why.DAY,
        ),
        (
            "We support the legacy checkout page in every shop.",
            "We scrap that: the legacy checkout page is no longer supported in any shop.",
            LinkType.REVERSES,
            Why.TAKEN_BACK,
        ),
        (
            "We build the device lab for two seventy-five visitors.",
            "I'm not changing the device lab, two seventy-five visitors.",
            LinkType.RESTATES,
            Why.SAID_SAME,
        ),
        ("压测预算先批15万。", "压测的预算还是十五万。", LinkType.RESTATES, Why.SAME_FACTS),
        ("压测预算先批15万。", "压测预算不改，15万。", LinkType.RESTATES, Why.SAME_FACTS),
        ("压测预算先批15万。", "压测预算从15万加到20万。", LinkType.REFINES, Why.NUMBER),
        ("灰度切换定在3月20号晚上。", "灰度切换改到3月27号。", LinkType.REFINES, Why.DAY),
        ("灰度切换定在3月20号晚上。", "灰度切换就是下周五晚上。", LinkType.RESTATES, Why.SAME_FACTS),
        ("流量一次性全切到新网关。", "推翻上周的结论，流量不一次性全切新网关了。", LinkType.REVERSES, Why.TAKEN_BACK),
    ],
)
def test_a_decision_said_again_changes_only_where_its_facts_or_words_do(
    before: str, now: str, expected: LinkType, why: Why
) -> None:
    result, after = linked(DECISION, before, [("Dee", now)], (DECISION, (0,), None, None))

    link = only(result)
    assert (link.type, parts(link.reason)[0]) == (expected, why)
    assert FLOOR <= link.confidence <= 1
    (thread,) = after
    assert thread.current.said.text == (before if expected is LinkType.RESTATES else now)


def test_the_reason_holds_what_it_was_and_what_it_is() -> None:
    result, _ = linked(
        DECISION, "压测预算先批15万。", [("陈默", "压测预算从15万加到20万。")], (DECISION, (0,), None, None)
    )

    assert parts(only(result).reason) == (Why.NUMBER, ("150000", "200000"))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("The budget for the device lab is $15,000.", "Finance raised the device lab budget to $18,000."),
        ("灰度切换定在3月20号。", "灰度切换推到3月27号。"),
    ],
)
def test_a_line_beside_the_items_that_moves_what_was_decided_is_an_update(before: str, now: str) -> None:
    result, after = linked(DECISION, before, [("Dee", now)])

    assert only(result).type is LinkType.REFINES
    assert after[0].current.said.text == now


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("The budget for the device lab is $15,000.", "The device lab had 400 visitors, by the way."),
        ("The budget for the device lab is $15,000.", "The budget for the device lab, well."),
        ("灰度切换定在3月20号。", "灰度切换大家都很期待。"),
    ],
)
def test_a_line_that_only_speaks_of_what_was_decided_is_none(before: str, now: str) -> None:
    result, _ = linked(DECISION, before, [("Dee", now)])

    assert result == Linked((), ())


def test_who_is_of_another_mind_changes_nothing() -> None:
    result, after = linked(
        DECISION,
        "The onboarding tutorial is mandatory.",
        [("Ben", "I still want to skip the onboarding tutorial.")],
        (DECISION, (0,), None, None),
    )

    assert only(result).type is LinkType.CONFLICTS
    assert [len(thread.steps) for thread in after] == [1, 1]


def test_a_weekday_after_new_year_is_the_day_that_was_named_before_it() -> None:
    ledger = Ledger()
    item = (DECISION, (0,), None, None)
    earlier = ledger.meeting(
        date(2026, 12, 21), [("Ann", "The warehouse stocktake is on January 8th."), *ENGLISH_TALK], item
    )
    later = ledger.meeting(
        date(2026, 12, 30),
        [("Ben", "The warehouse stocktake is next Friday."), *ENGLISH_TALK],
        item,
    )
    moved = ledger.meeting(
        date(2026, 12, 30), [("Ben", "We push the warehouse stocktake to January 15th."), *ENGLISH_TALK], item
    )

    before = threads(earlier.items, ())
    assert only(link_meeting(before, later, Words())).type is LinkType.RESTATES
    link = only(link_meeting(before, moved, Words()))
    assert parts(link.reason) == (Why.DAY, ("2027-01-08", "2027-01-15"))
