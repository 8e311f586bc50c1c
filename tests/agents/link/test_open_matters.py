"""What a new meeting does to questions and risks of earlier ones."""

from __future__ import annotations

import pytest

from agents.ledger.domain import ItemKind, LinkType
from tests.agents.link.meetings import (
    linked,
    only,
)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            "Do we need a separate consent screen for Germany?",
            [("Ann", "Legal came back: for Germany we need a separate consent screen, off by default.")],
            LinkType.ANSWERS,
        ),
        (
            "Do we need a separate consent screen for Germany?",
            [("Ann", "The consent screen for Germany?"), ("Ben", "Still nobody knows, park it.")],
            LinkType.CONTINUES,
        ),
        ("对账文件要留多久？", [("安宁", "财务回了，对账文件要留90天。")], LinkType.ANSWERS),
        (
            "对账文件要留多久？",
            [("安宁", "对账文件到底留多久？"), ("白露", "还没定，等财务。")],
            LinkType.CONTINUES,
        ),
    ],
)
def test_a_question_is_answered_or_stays_open(before: str, now: list[tuple[str, str]], expected: LinkType) -> None:
    result, _ = linked(ItemKind.QUESTION, before, now)

    assert only(result).type is expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            "About 15% of the push messages arrive late.",
            "The late push messages are getting worse, 30% by now.",
            LinkType.WORSENS,
        ),
        (
            "The privacy label might get the store review rejected.",
            "The privacy label is sorted, the store review approved it, close that risk.",
            LinkType.FULFILS,
        ),
        ("测试环境不稳，联调卡住。", "联调的测试环境稳了，这个风险可以关了。", LinkType.FULFILS),
        ("测试环境不稳，联调可能受影响。", "测试环境不稳，比上周更严重。", LinkType.WORSENS),
        ("测试环境不稳，联调可能受影响。", "测试环境和联调还是老样子。", LinkType.CONTINUES),
    ],
)
def test_a_risk_grows_goes_or_stays(before: str, now: str, expected: LinkType) -> None:
    result, _ = linked(ItemKind.RISK, before, [("Dee", now)])

    assert only(result).type is expected
