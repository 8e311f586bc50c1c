"""Names that people call each other."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ingestion.speakers.names_heard import Calls, NameHeard, names_heard


@dataclass(frozen=True)
class Said:
    index: int
    voice: int | None
    text: str


def said(*lines: tuple[int | None, str]) -> list[Said]:
    return [Said(index, voice, text) for index, (voice, text) in enumerate(lines)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("大家好，我是刘青燕，负责渠道。", "刘青燕"),
        ("我叫李明。", "李明"),
        ("Hi all, I'm Nathan and this is my first week.", "Nathan"),
        ("My name is Rose Lindgren.", "Rose Lindgren"),
        ("Iain here, sorry I am late.", "Iain"),
    ],
)
def test_who_says_their_own_name_is_called_so(text: str, name: str) -> None:
    assert names_heard(said((1, text), (2, "好 okay"))) == {1: [NameHeard(name, 1, 0, Calls.INTRODUCED)]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张工，你来说。", "张工"),
        ("请王校长介绍一下。", "王校长"),
        ("老张，你怎么看？", "老张"),
        ("Kate, can you take this one?", "Kate"),
        ("Over to Gaurav then.", "Gaurav"),
        ("What do you think, O'Brien?", "O'Brien"),
    ],
)
def test_who_answers_is_whom_somebody_spoke_to(text: str, name: str) -> None:
    lines = said((1, text), (1, "..."), (None, "?"), (2, "行 fine"))
    assert names_heard(lines) == {2: [NameHeard(name, 1, 0, Calls.ADDRESSED)]}


def test_who_is_thanked_spoke_before() -> None:
    lines = said((2, "数据就这些。"), (1, "谢谢沈老师。"), (3, "That is all."), (1, "Thanks, Melissa."))
    assert names_heard(lines) == {
        2: [NameHeard("沈老师", 1, 1, Calls.THANKED)],
        3: [NameHeard("Melissa", 1, 3, Calls.THANKED)],
    }


@pytest.mark.parametrize(
    "text",
    [
        "我是高兴，真的。",
        "我是对的。",
        "谢谢大家。",
        "方案你来定，我没意见。",
        "So, can you start?",
        "Question, do we need a second one?",
        "I'm Sorry about that.",
        "This is the Plan, do you like it? The plan, I mean.",
        "Thank you, Chair.",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert names_heard(said((1, text), (2, "The plan is fine, 好。"))) == {}


def test_a_known_name_counts_even_if_it_is_a_word() -> None:
    lines = said((1, "高兴，你来说。"), (2, "好。"), (1, "Plan, can you go on? I have no plan."), (2, "Yes."))
    assert names_heard(lines) == {}
    assert [one.name for one in names_heard(lines, ["高兴", "Plan", ".*"])[2]] == ["高兴", "Plan"]


def test_the_likest_name_comes_first() -> None:
    lines = said(
        (1, "Kate, can you start?"), (2, "Sure."), (1, "Thanks, Kate."), (1, "Bob, what about you?"), (2, "I'm Cate.")
    )
    assert names_heard(lines)[2] == [
        NameHeard("Cate", 1, 4, Calls.INTRODUCED),
        NameHeard("Kate", 2, 0, Calls.ADDRESSED),
        NameHeard("Bob", 1, 3, Calls.ADDRESSED),
    ]


def test_nobody_is_called_where_nobody_answers() -> None:
    assert names_heard(said((1, "Kate, can you start?"))) == {}
    assert names_heard(said((1, "Kate, can you start?"), (1, "a"), (1, "b"), (1, "c"), (2, "d"))) == {}
    assert names_heard([]) == {}
