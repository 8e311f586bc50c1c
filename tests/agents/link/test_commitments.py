"""What a new meeting does to what was promised before."""

from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import Status, threads
from agents.link.linking import link_meeting
from agents.link.reasons import Why, parts
from tests.agents.link.meetings import (
    COMMITMENT,
    ENGLISH_TALK,
    FIRST,
    SECOND,
    Ledger,
    Words,
    linked,
    only,
)


@pytest.mark.parametrize(
    ("before", "owner", "now", "expected"),
    [
        ("I'll fix the login crash by Friday.", "Ben", "The login crash is fixed and merged.", LinkType.FULFILS),
        ("I'll fix the login crash by Friday.", "Ben", "The login crash is not fixed yet.", LinkType.CONTINUES),
        ("压测报告我来出，周五之前给。", "白露", "压测报告昨天发群里了。", LinkType.FULFILS),
        ("压测报告我来出，周五之前给。", "白露", "压测报告还没写完，写了一半。", LinkType.CONTINUES),
    ],
)
def test_a_line_beside_the_items_tells_how_a_promise_stands(
    before: str, owner: str, now: str, expected: LinkType
) -> None:
    result, after = linked(COMMITMENT, before, [(owner, now)], owner=owner, due=date(2026, 3, 6))

    assert only(result).type is expected
    (update,) = result.updates
    assert (update.kind, update.said.lines, update.said.text) == (ItemKind.UPDATE, (2,), now)
    assert after[0].closed is (expected is LinkType.FULFILS)


@pytest.mark.parametrize(
    ("before", "owner", "now"),
    [
        ("I'll fix the login crash by Friday.", "Ben", "The parking garage contract is signed and sent."),
        ("压测报告我来出，周五之前给。", "白露", "停车场的租约昨天签了。"),
    ],
)
def test_another_thing_done_closes_nothing(before: str, owner: str, now: str) -> None:
    result, after = linked(COMMITMENT, before, [(owner, now)], owner=owner, due=date(2026, 3, 6))

    assert (result.links, result.updates) == ((), ())
    assert after[0].status([FIRST, SECOND]) is Status.DROPPED


@pytest.mark.parametrize(
    ("due", "now", "expected", "why"),
    [
        (date(2026, 3, 6), "The login crash, users have the new build.", LinkType.FULFILS, Why.WHEN_DUE),
        (None, "The login crash, users have the new build.", LinkType.FULFILS, Why.WHEN_DUE),
        (date(2026, 3, 6), "The login crash is not gone.", LinkType.CONTINUES, Why.UNDER_WAY),
        (date(2026, 3, 20), "The login crash, users have the new build.", LinkType.CONTINUES, Why.UNDER_WAY),
    ],
)
def test_what_is_told_of_once_it_was_due_is_done_where_nothing_says_that_it_is_not(
    due: date | None, now: str, expected: LinkType, why: Why
) -> None:
    result, _ = linked(COMMITMENT, "I'll fix the login crash.", [("Ben", now)], owner="Ben", due=due)

    link = only(result)
    assert (link.type, parts(link.reason)[0]) == (expected, why)


def test_what_is_asked_for_and_reported_is_found_though_the_reply_names_nothing() -> None:
    talk = [("Ann", "Ben, where are we on the login crash?"), ("Ben", "That was a race, and it is fixed now.")]
    result, after = linked(COMMITMENT, "I'll repair the login crash.", talk, owner="Ben", due=date(2026, 3, 6))

    assert only(result).type is LinkType.FULFILS
    assert result.updates[0].said.lines == (2, 3)
    assert after[0].status([FIRST, SECOND]) is Status.DONE


def test_a_second_promise_that_gives_another_date_is_the_first_one_redated() -> None:
    result, after = linked(
        COMMITMENT,
        "I'll send the offline sync spec by March 9th.",
        [("Ben", "The offline sync spec is not ready, I'll move it to March 16th.")],
        (COMMITMENT, (0,), "Ben", date(2026, 3, 16)),
        owner="Ben",
        due=date(2026, 3, 9),
    )

    assert only(result).type is LinkType.REDATES
    (thread,) = after
    assert thread.due is not None
    assert thread.due.day == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("before", "old", "now", "new"),
    [
        (
            "I'll do the accessibility audit by the thirteenth.",
            "Ben",
            [
                ("Ben", "I can't get to the accessibility audit. Could somebody take it?"),
                ("Cho", "I'll take the accessibility audit."),
            ],
            "Cho",
        ),
        (
            "商户通知的文案我来写。",
            "白露",
            [("白露", "商户通知的文案我没空写，谁能接一下？"), ("陈默", "那我来吧。")],
            "陈默",
        ),
    ],
)
def test_a_promise_is_handed_over(before: str, old: str, now: list[tuple[str, str]], new: str) -> None:
    result, after = linked(
        COMMITMENT, before, now, (COMMITMENT, (0, 1), new, date(2026, 3, 18)), owner=old, due=date(2026, 3, 13)
    )

    assert only(result).type is LinkType.HANDS_OVER
    (thread,) = after
    assert thread.owner is not None
    assert thread.owner.name == new


def test_the_like_promise_of_somebody_else_is_another_one() -> None:
    result, after = linked(
        COMMITMENT,
        "I'll write the release notes for iOS by Friday.",
        [("Cho", "I'll write the release notes for Android by Friday.")],
        (COMMITMENT, (0,), "Cho", date(2026, 3, 13)),
        owner="Ben",
        due=date(2026, 3, 6),
    )

    assert result.links == ()
    assert len(after) == 2


def test_what_is_broken_again_reopens_what_was_done() -> None:
    ledger = Ledger()
    earlier = ledger.meeting(
        FIRST, [("Ben", "I'll fix the login crash."), *ENGLISH_TALK], (COMMITMENT, (0,), "Ben", None)
    )
    done = ledger.meeting(SECOND, [("Ben", "The login crash is fixed."), *ENGLISH_TALK])
    read = link_meeting(threads(earlier.items, ()), done, Words())
    again = ledger.meeting(
        date(2026, 3, 18),
        [("Ben", "We reopen the login crash, I'll fix it."), *ENGLISH_TALK],
        (COMMITMENT, (0,), "Ben", None),
    )

    link = only(link_meeting(threads([*earlier.items, *read.updates], read.links), again, Words()))
    assert parts(link.reason)[0] is Why.TAKEN_UP_AGAIN
