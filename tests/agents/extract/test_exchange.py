import random
from datetime import date

import pytest

from agents.extract.exchange import answers_line_before, asks_before, echoes
from agents.extract.items import find_items
from agents.ledger.domain import ItemKind
from retrieval.domain import Line

DAY = date(2026, 3, 2)  # a Monday


def said(*texts):
    return [Line(i, "AB"[i % 2], None, None, text) for i, text in enumerate(texts)]


def lines_of(kind, *texts):
    return [draft.lines for draft in find_items(said(*texts), DAY) if draft.kind is kind]


@pytest.mark.parametrize(
    "texts",
    [
        ("When do we get the amendment?", "I'll have it in by the eighteenth."),
        ("The invoice is still open.", "I'm on it."),
        ("修改稿什么时候能给？", "周四给你。"),
        ("场地谁来订？", "包在我身上。"),
    ],
)
def test_a_promise_takes_the_line_along_that_says_what_it_is_about(texts):
    assert lines_of(ItemKind.COMMITMENT, "We are all here.", "Good.", *texts) == [(2, 3)]


@pytest.mark.parametrize(
    "texts", [("Thursday or Friday for the visit?", "Thursday it is."), ("圆角还是直角？", "那就定圆角。")]
)
def test_a_decision_takes_the_question_along_that_it_answers(texts):
    assert lines_of(ItemKind.DECISION, *texts) == [(0, 1)]


def test_a_promise_that_says_what_it_is_about_stands_alone():
    assert lines_of(ItemKind.COMMITMENT, "We are all here.", "I'll send the lease to the landlord.") == [(1,)]


def test_what_somebody_else_promised_is_theirs():
    (draft,) = find_items(said("Norvale will deliver the boards by the 18th."), DAY)
    assert (draft.owner.name, draft.owner.lines, draft.due.day) == ("Norvale", (0,), date(2026, 3, 18))
    (draft,) = find_items(said("She's sending the signed copy on Friday."), DAY)
    assert draft.owner is None


def test_one_speaker_answers_nobody():
    lines = [Line(0, "A", None, None, "Who rings them?"), Line(1, "A", None, None, "I'll do it.")]
    assert not asks_before(lines, 1)
    assert not answers_line_before(lines, 1)
    assert not answers_line_before(lines, 0)


@pytest.mark.parametrize(
    ("asked", "answer", "same"),
    [
        ("Two nurses per shift, then?", "Yes. Two.", True),
        ("图标用圆角还是直角？", "圆角。", True),
        ("Two nurses?", "Three.", False),
        ("Two nurses?", "Two?", False),
        ("Two nurses?", "Yes.", False),
    ],
)
def test_an_echo_repeats_what_was_put_forward(asked, answer, same):
    assert echoes(asked, answer) is same


def test_hostile_repeats_are_read_in_linear_time():
    bits = [
        "could we ",
        "if ",
        "我",
        "3月4号",
        "a-",
        "还是",
        "一直",
        "every ",
        "not ",
        "depends on ",
        "1 ",
        "不",
        "就",
        "的话，",
    ]
    dice = random.Random(3)
    for bit in bits:
        text = (bit * 20_000)[:40_000]
        find_items(said(text, text[::-1]), DAY)
    find_items(said("".join(dice.choices(bits, k=8_000))), DAY)
