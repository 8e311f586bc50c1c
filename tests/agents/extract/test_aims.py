from __future__ import annotations

import pytest

from agents.extract.aims import MOST_WORDS, find_aims, find_roles
from agents.ledger.domain import ItemKind
from ingestion.text.language import words
from retrieval.domain import Line

FILLING = [("Bo", "The weather was fine at the weekend.")] * 12


def lines(said: list[tuple[str | None, str]]) -> list[Line]:
    return [Line(index, who, None, None, text) for index, (who, text) in enumerate(said)]


def told(said: list[tuple[str | None, str]], kind: ItemKind) -> list[str]:
    return [draft.text for draft in find_aims(lines(said)) if draft.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "The purpose of this meeting is to pick a supplier.",
        "The goal for today is one shared plan.",
        "I called this meeting because the budget is gone.",
        "We're here to choose a new name.",
        "Our agenda is the budget, then hiring.",
        "Today we're going to talk about the launch.",
        "This call is about the contract.",
        "Three things to cover: budget, hiring, office.",
        "今天主要过一下上线的风险。",
        "这次会议的目的是把预算定下来。",
        "今天叫大家来，是想聊聊招聘。",
        "今天两件事，预算和招聘。",
        "今天咱们讨论一下选址。",
        "本次例会的议题是交付。",
    ],
)
def test_an_aim_is_said_at_the_beginning(text: str) -> None:
    assert told([("Ann", "Hi all."), ("Ann", text), *FILLING], ItemKind.AIM) == [text]
    assert told([*FILLING, ("Ann", text)], ItemKind.AIM) == []


@pytest.mark.parametrize(
    "text",
    [
        "The purpose of the last meeting was to pick a supplier.",
        "What is the purpose of this meeting?",
        "I did not sleep well today.",
        "We talked to the supplier about the price.",
        "上次会议的目的是把预算定下来。",
        "今天天气不错。",
        "今天这个会是几点结束？",
        "我们的目标客户是学生。",
    ],
)
def test_nothing_is_an_aim_where_nobody_says_one(text: str) -> None:
    assert told([("Ann", text), *FILLING], ItemKind.AIM) == []


@pytest.mark.parametrize(
    "text",
    [
        "So to sum up, we ship in May and Bo writes the plan.",
        "Let me recap: Ann pays, Bo builds.",
        "The conclusion is that we wait.",
        "So we have agreed to wait until May.",
        "总结一下，五月上线，小李写方案。",
        "那今天就定了：先做安卓。",
        "结论就是先不招人。",
        "我再过一遍：小李写方案，小王找场地。",
    ],
)
def test_an_outcome_is_said_at_the_end(text: str) -> None:
    assert told([*FILLING, ("Ann", text), ("Bo", "Bye.")], ItemKind.OUTCOME) == [text]
    assert told([("Ann", text), *FILLING], ItemKind.OUTCOME) == []


@pytest.mark.parametrize(
    ("before", "settled"), [("We start with Android.", "That's it then."), ("先做安卓。", "那就这样定了。")]
)
def test_that_it_is_settled_stands_with_what_is(before: str, settled: str) -> None:
    (draft,) = find_aims(lines([*FILLING, ("Ann", before), ("Bo", settled)]))
    assert (draft.kind, draft.lines, draft.text) == (ItemKind.OUTCOME, (12, 13), f"{before} {settled}")


def test_a_matter_that_is_settled_before_the_end_is_no_outcome() -> None:
    said = [*FILLING, ("Ann", "Ship it dark."), ("Bo", "That's decided."), *FILLING[:3]]
    assert told(said, ItemKind.OUTCOME) == []


def test_an_announcement_goes_on_in_the_next_line() -> None:
    (draft,) = find_aims(lines([("Ann", "Our agenda is this:"), ("Ann", "The budget, then hiring."), *FILLING]))
    assert (draft.lines, draft.text) == ((0, 1), "Our agenda is this: The budget, then hiring.")


def test_a_long_speech_is_cut_at_a_sentence() -> None:
    speech = "Today we're going to talk about the launch. " + "It is a long story that nobody needs. " * 60
    (draft,) = find_aims(lines([("Ann", speech), *FILLING]))
    assert words(draft.text) <= MOST_WORDS
    assert draft.text.endswith(".")


def test_a_few_words_have_no_aim() -> None:
    assert find_aims(lines([("Ann", "The purpose of this meeting is to wait.")])) == []
    assert find_aims([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm the QA lead.",
        "I'm Mina, I'm the product manager here.",
        "I am responsible for the backend.",
        "My role is to keep the books.",
        "我是负责测试的。",
        "我是后端开发。",
        "我这边主要负责渠道。",
        "我是李雷，负责销售。",
    ],
)
def test_somebody_says_their_part(text: str) -> None:
    (draft,) = find_roles(lines([("Ann", f"Hello. {text}" if text.isascii() else text)]))
    assert (draft.kind, draft.text) == (ItemKind.ROLE, text)
    assert draft.owner
    assert (draft.owner.name, draft.owner.lines) == ("Ann", (0,))
    assert find_roles(lines([(None, text)])) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm not the manager.",
        "Am I the QA lead?",
        "If I were the manager, I would wait.",
        "I'm running late.",
        "I'm the last one here.",
        "我不是负责测试的。",
        "我来负责这个。",
        "他说我是产品经理。",
        "我是不是产品经理？",
        "我是觉得可以。",
    ],
)
def test_nobody_gets_a_part_that_they_did_not_say(text: str) -> None:
    assert find_roles(lines([("Ann", text)])) == []
