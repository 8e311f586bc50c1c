"""What a new meeting does to what was said before, with words for meaning."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.extract.sentences import words_of
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, LinkType, Owner
from agents.ledger.threads import Status, Thread, threads
from agents.link.candidates import FLOOR
from agents.link.domain import Linked, ReadMeeting
from agents.link.linking import link_meeting
from agents.link.reasons import Why, parts
from retrieval.domain import Line

FIRST = date(2026, 3, 4)
SECOND = date(2026, 3, 11)
ENGLISH_TALK = (
    ("Ann", "Okay, everybody is here, shall we begin?"),
    ("Ben", "The office plants look rather sad today."),
    ("Cho", "Coffee machine on the third floor is loud again."),
    ("Ann", "Right, that was all from my side, thanks."),
)
CHINESE_TALK = (
    ("安宁", "大家都到齐了，那我们开始。"),
    ("白露", "窗台上的绿萝又蔫了。"),
    ("陈默", "三楼的咖啡机声音真大。"),
    ("安宁", "今天先到这里，散会。"),
)


class Words:
    """Meaning as words and pairs of characters: the same text, the same vector."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of hashed words."""
        self.calls.append(list(texts))
        rows = np.zeros((len(texts), 1024), dtype=np.float32)
        for row, text in enumerate(texts):
            han = "".join(re.findall(r"[\u3400-\u9fff]", text))
            for word in [*re.findall(r"[a-z]{3,}", text.lower()), *map("".join, itertools.pairwise(han))]:
                rows[row, crc32(word.encode()) % 1024] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


class Ledger:
    """Meetings put together line by line."""

    def __init__(self) -> None:
        self._ids = itertools.count()

    def meeting(
        self,
        day: date,
        talk: Sequence[tuple[str, str]],
        *items: tuple[ItemKind, tuple[int, ...], str | None, date | None],
    ) -> ReadMeeting:
        """A meeting with the items given as kind, lines, owner and due date."""
        lines = tuple(Line(i, speaker, None, None, text) for i, (speaker, text) in enumerate(talk))
        return ReadMeeting(
            str(day), day, lines, tuple(self._item(day, lines, *item) for item in sorted(items, key=lambda i: i[1]))
        )

    def _item(
        self, day: date, lines: Sequence[Line], kind: ItemKind, at: tuple[int, ...], owner: str | None, due: date | None
    ) -> Item:
        draft = ItemDraft(
            kind,
            at,
            words_of([lines[i].text for i in at]),
            0.9,
            owner=Owner(owner, at) if owner else None,
            due=Due(due, "", at[0]) if due else None,
        )
        return Item(f"{next(self._ids):04}", str(day), day, draft)


def linked(
    kind: ItemKind,
    before: str,
    now: Sequence[tuple[str, str]],
    *items: tuple[ItemKind, tuple[int, ...], str | None, date | None],
    owner: str | None = None,
    due: date | None = None,
) -> tuple[Linked, list[Thread]]:
    """What a meeting does to one earlier item, and the threads after it."""
    ledger = Ledger()
    talk = CHINESE_TALK if re.search(r"[\u3400-\u9fff]", before) else ENGLISH_TALK
    earlier = ledger.meeting(FIRST, [(owner or talk[0][0], before), *talk], (kind, (0,), owner, due))
    shifted = [(k, tuple(i + 2 for i in at), o, d) for k, at, o, d in items]
    later = ledger.meeting(SECOND, [*talk[:2], *now, *talk[2:]], *shifted)
    result = link_meeting(threads(earlier.items, ()), later, Words())
    return result, threads([*earlier.items, *later.items, *result.updates], result.links)


def only(result: Linked) -> Link:
    """The one link there is."""
    (link,) = result.links
    return link


DECISION, COMMITMENT = ItemKind.DECISION, ItemKind.COMMITMENT


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
        ("压测预算先批15万。", "压测的预算还是十五万。", LinkType.RESTATES, Why.SAME_FACTS),
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


def test_who_is_of_another_mind_changes_nothing() -> None:
    result, after = linked(
        DECISION,
        "The onboarding tutorial is mandatory.",
        [("Ben", "I still want to skip the onboarding tutorial.")],
        (DECISION, (0,), None, None),
    )

    assert only(result).type is LinkType.CONFLICTS
    assert [len(thread.steps) for thread in after] == [1, 1]


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
