"""Old values stated as current."""

from __future__ import annotations

from datetime import date

import pytest

from agents.evaluation.superseded import stated_as_current

SINCE = date(2026, 3, 11)
OLD = ["15,000|15k", "3月11", "iOS 15", "15万", "March 11"]


@pytest.mark.parametrize(
    "lead",
    [
        "The device lab has $15,000.",
        "We support iOS 15 and up. It was announced.",
        "The lab gets 15k, says Priya at the meeting of March 11.",
        "The audit is due March 11.",
        "由林知远负责，3月11日交。",
        "压测的预算是 15 万。",
    ],
)
def test_an_old_value_without_a_mark_is_stated_as_current(lead: str) -> None:
    assert stated_as_current([lead], OLD, SINCE)


@pytest.mark.parametrize(
    "lead",
    [
        "The device lab has $18,000.",
        "The lab had $15,000.",
        "It went from $15,000 to $18,000.",
        "On March 4 the lab got $15,000.",
        "iOS 16, not iOS 15.",
        "iOS 15.2 is on two phones.",
        "The lab has $115,000.",
        "预算从15万加到20万。",
        "原定3月11日交，现在改到3月18日。",
        "3月4日批的预算是15万。",
        "3月4日会议：15万。",
        "最新的说法（3月11日会议）：3月18日。",
        "Latest, from the meeting of March 11: March 18.",
        "",
    ],
)
def test_a_value_marked_as_past_or_another_value_is_not(lead: str) -> None:
    assert not stated_as_current([lead], OLD, SINCE)


def test_a_mark_in_another_sentence_marks_nothing() -> None:
    assert stated_as_current(["The owner changed. The lab has $15,000."], OLD, SINCE)
