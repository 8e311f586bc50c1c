"""What a new meeting does to what was said before, of whatever kind."""

from __future__ import annotations

import random
from datetime import date

import pytest

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import threads
from agents.link.domain import Linked, ReadMeeting
from agents.link.linking import link_meeting
from tests.agents.link.meetings import (
    CHINESE_TALK,
    COMMITMENT,
    DECISION,
    ENGLISH_TALK,
    FIRST,
    SECOND,
    Ledger,
    Words,
    linked,
)


@pytest.mark.parametrize(
    ("kind", "before", "now"),
    [
        (DECISION, "The budget for the device lab is $15,000.", "We cut the marketing budget to $4,000."),
        (DECISION, "压测预算先批15万。", "市场部的预算改成4万。"),
        (ItemKind.RISK, "恩沛通的测试环境特别不稳。", "恩沛通的合同条款越来越多，更严重了。"),
        (COMMITMENT, "I'll write the release notes by Friday.", "I'll write the customer survey by Monday."),
    ],
)
def test_one_word_in_common_is_not_one_matter(kind: ItemKind, before: str, now: str) -> None:
    result, after = linked(kind, before, [("Ben", now)], (kind, (0,), "Ben", None), owner="Ben")

    assert result == Linked((), ())
    assert len(after) == 2


def test_small_talk_said_again_is_no_link() -> None:
    for talk in (ENGLISH_TALK, CHINESE_TALK):
        ledger = Ledger()
        agreed = [(DECISION, (0,), None, None), (DECISION, (1,), None, None)]
        earlier = ledger.meeting(FIRST, [("Dee", "好，那就这样。"), ("Eve", "Okay, good."), *talk], *agreed)
        later = ledger.meeting(SECOND, [("Dee", "好，那就这样。"), ("Eve", "Okay, good."), *talk], *agreed)

        assert link_meeting(threads(earlier.items, ()), later, Words()) == Linked((), ())


def test_nothing_is_linked_within_a_meeting_or_to_what_is_closed() -> None:
    ledger = Ledger()
    promise = "I'll send the offline sync spec by Friday."
    item = (COMMITMENT, (0,), "Ben", date(2026, 3, 6))
    earlier = ledger.meeting(FIRST, [("Ben", promise), *ENGLISH_TALK], item)
    done = ledger.meeting(SECOND, [("Ben", "The offline sync spec is finished and sent."), *ENGLISH_TALK])
    read = link_meeting(threads(earlier.items, ()), done, Words())
    closed = threads([*earlier.items, *read.updates], read.links)
    third = ledger.meeting(date(2026, 3, 18), [("Ben", "The offline sync spec is finished and sent."), *ENGLISH_TALK])

    assert closed[0].closed
    assert link_meeting(closed, third, Words()) == Linked((), ())
    assert link_meeting(threads(earlier.items, ()), earlier, Words()) == Linked((), ())


def test_the_order_of_the_threads_does_not_matter_and_everything_is_embedded_once() -> None:
    ledger = Ledger()
    said = [
        ("Ann", "The budget for the device lab is $15,000."),
        ("Ben", "I'll send the offline sync spec by Friday."),
        ("Cho", "Do we translate the release notes?"),
    ]
    earlier = ledger.meeting(
        FIRST,
        [*said, *ENGLISH_TALK],
        (DECISION, (0,), None, None),
        (COMMITMENT, (1,), "Ben", date(2026, 3, 6)),
        (ItemKind.QUESTION, (2,), None, None),
    )
    later = ledger.meeting(
        SECOND,
        [
            ("Ann", "The device lab budget goes up to $18,000."),
            ("Ben", "The offline sync spec is sent."),
            ("Cho", "Legal says we translate the release notes too."),
            *ENGLISH_TALK,
        ],
        (DECISION, (0,), None, None),
    )
    again = ledger.meeting(date(2026, 3, 5), [*said, *ENGLISH_TALK], (DECISION, (0,), None, None))
    before = threads([*earlier.items, *again.items], ())
    meaning = Words()

    def told(linked: Linked) -> list[tuple[str, LinkType, float, str]]:
        return [(link.earlier, link.type, link.confidence, link.reason) for link in linked.links]

    expected = told(link_meeting(before, later, meaning))
    assert [type_ for _, type_, _, _ in expected] == [LinkType.REFINES, LinkType.FULFILS, LinkType.ANSWERS]
    assert len(meaning.calls) == 1
    for seed in range(5):
        shuffled = random.Random(seed).sample(before, len(before))
        assert told(link_meeting(shuffled, later, Words())) == expected


def test_no_lines_and_no_threads_link_nothing() -> None:
    empty = ReadMeeting("x", SECOND, (), ())

    assert link_meeting([], empty, Words()) == Linked((), ())
