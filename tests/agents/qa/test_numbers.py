from decimal import Decimal

import pytest

from agents.qa.numbers import find_numbers, han_value, ordinal_value


@pytest.mark.parametrize(
    "text",
    ["15万", "十五万", "150000", "150,000", "a hundred and fifty thousand", "150k"],
)
def test_every_spelling_of_a_number_has_one_value(text):
    assert [n.value for n in find_numbers(text)] == [Decimal(150_000)]


@pytest.mark.parametrize("text", ["98.2%", "百分之九十八点二", "98.2 percent"])
def test_percent_is_known_as_such(text):
    (number,) = find_numbers(text)
    assert number.value == Decimal("98.2")
    assert number.percent


def test_money_by_sign_and_by_word():
    assert [n.money for n in find_numbers("$18,000 and 300元 and 7 dogs")] == [True, True, False]


@pytest.mark.parametrize("text", ["等一下", "万一出问题", "千万别忘", "one of them"])
def test_figures_of_speech_are_bare(text):
    assert all(number.bare for number in find_numbers(text))


def test_decimal_words():
    assert [n.value for n in find_numbers("one point nine seconds")] == [Decimal("1.9")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("two seventy-five", 275), ("the one-fifty", 150), ("nineteen ninety", 1990), ("forty-two", 42), ("five", 5)],
)
def test_hundreds_that_are_not_said(text, value):
    assert [n.value for n in find_numbers(text)] == [Decimal(value)]


def test_han_numerals():
    assert han_value("一千四百") == 1400
    assert han_value("三点五") == Decimal("3.5")
    assert han_value("吃") is None


@pytest.mark.parametrize(("text", "value"), [("20th", 20), ("twentieth", 20), ("twenty-third", 23), ("twelfth", 12)])
def test_ordinals(text, value):
    assert ordinal_value(text) == value
