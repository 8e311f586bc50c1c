"""Numbers that deserve a listen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.domain import Word
from ingestion.review.domain import FlagReason, ReviewLine
from ingestion.review.numbers import number_flags, said_numbers, twins


def line(index: int, text: str, *, settled: bool = False) -> ReviewLine:
    return ReviewLine(index, "Mina", text, text, settled=settled)


def heard(index: int, *words: tuple[str, float], text: str | None = None) -> ReviewLine:
    said = tuple(Word(word, at, at + 0.5, probability) for at, (word, probability) in enumerate(words))
    raw = "".join(word for word, _ in words)
    return ReviewLine(index, None, text or raw, raw, 0.0, float(len(words)), said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (15, 50),
        (13, 30),
        (19, 90),
        (14, 40),
        (4, 10),
        (150_000, 500_000),
        (15_000, 50_000),
        (30_000, 300_000_000),
        (220, 202),
        (21, 27),
        (17, 11),
    ],
)
def test_numbers_that_sound_alike(one: int, other: int) -> None:
    assert Decimal(other) in twins(Decimal(one))
    assert Decimal(one) in twins(Decimal(other))


@pytest.mark.parametrize("value", ["98.2", "0", "3", "12.5", "123", "1e20"])
def test_numbers_without_a_twin(value: str) -> None:
    assert twins(Decimal(value)) == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("预算从十五万加到20万", [150_000, 200_000]),
        ("thirty open bugs and $15,000", [30, 15_000]),
        ("一下就好，三个人，万一呢", []),
        ("三月二十八号", [3, 28]),
        ("one more thing, second to none", []),
        ("1.5 million users", [1_500_000]),
        ("", []),
        ("9" * 40 + ",,.", [int("9" * 15)]),
    ],
)
def test_numbers_that_are_said(text: str, values: list[int]) -> None:
    assert [number.value for number in said_numbers(text)] == values


def test_a_twin_of_the_same_thing_is_flagged_where_it_is_said_less() -> None:
    lines = [
        line(0, "压测预算15万。"),
        line(1, "那就按压测预算15万走。"),
        line(2, "压测预算50万够吗？"),
        line(3, "服务器要50万。"),
    ]
    (flag,) = number_flags(lines)
    assert (flag.line, flag.text, flag.why, flag.other) == (2, "50万", FlagReason.SOUNDS_LIKE, "150000")


def test_a_twin_in_an_earlier_meeting_counts() -> None:
    lines = [line(0, "I need to reopen iOS 50.")]
    assert number_flags(lines) == []
    (flag,) = number_flags(lines, ["We support iOS 15 and up.", "Fifteen people came."])
    assert (flag.text, flag.other) == ("50", "15")


@pytest.mark.parametrize(
    "texts",
    [
        ("Marcus takes the 13th.", "Marcus takes the 30th."),
        ("3月13号上线。", "3月30号上线。"),
        ("the offsite costs 15%", "churn fell by 50%"),
        ("等了15分钟", "走了50分钟"),
    ],
)
def test_dates_and_numbers_of_other_things_are_not_compared(texts: tuple[str, str]) -> None:
    assert number_flags([line(at, text) for at, text in enumerate(texts)]) == []


def test_twins_in_one_line_are_flagged() -> None:
    assert len(number_flags([line(0, "是15不是50对吧？")])) == 2


def test_a_number_heard_with_doubt_is_flagged_with_its_time() -> None:
    words = (("成功", 0.9), ("率", 0.9), ("19", 0.42), ("18.", 0.31), ("5", 1.0), ("%", 0.9))
    (flag,) = number_flags([heard(7, *words)])
    assert (flag.line, flag.text, flag.why) == (7, "1918.5", FlagReason.UNCLEAR)
    assert (flag.start, flag.end, flag.probability) == (2, 4.5, 0.31)


def test_a_chinese_numeral_has_to_be_more_doubtful() -> None:
    """It shares its probability with the digits."""
    assert number_flags([heard(0, ("十", 0.3), ("五", 1.0), ("万", 1.0))]) == []
    (flag,) = number_flags([heard(0, ("十", 0.08), ("五", 0.99), text="15")])
    assert flag.text == "十五"


def test_settled_lines_are_not_flagged_but_count() -> None:
    lines = [line(0, "压测预算15万。", settled=True), line(1, "压测预算50万。")]
    assert [flag.line for flag in number_flags(lines)] == [1]
    assert number_flags([line(0, "是15不是50", settled=True)]) == []
