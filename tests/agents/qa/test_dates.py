from datetime import date

import pytest

from agents.qa.dates import find_dates, month_of

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3月28号晚上", (3, 28), (3, 28)),
        ("三月二十八日", (3, 28), (3, 28)),
        ("2026-03-28", (3, 28), (3, 28)),
        ("3/28", (3, 28), (3, 28)),
        ("March 28th", (3, 28), (3, 28)),
        ("the twenty-eighth of March", (3, 28), (3, 28)),
        ("28 March 2026", (3, 28), (3, 28)),
        ("12号之前", (3, 12), (3, 12)),
        ("by the thirteenth", (3, 13), (3, 13)),
        ("until the twenty-third", (3, 23), (3, 23)),
        ("Friday the sixth", (3, 6), (3, 6)),
        ("下周一", (3, 9), (3, 9)),
        ("这周五", (3, 6), (3, 6)),
        ("周四", (3, 5), (3, 5)),
        ("next Friday", (3, 13), (3, 13)),
        ("last Monday", (2, 23), (2, 23)),
        ("昨天", (3, 1), (3, 1)),
        ("上周", (2, 23), (3, 1)),
        ("last week", (2, 23), (3, 1)),
        ("三月", (3, 1), (3, 31)),
        ("in March", (3, 1), (3, 31)),
        ("上个月", (2, 1), (2, 28)),
        ("月底", (3, 27), (3, 31)),
        ("Q1", (1, 1), (3, 31)),
        ("第一季度", (1, 1), (3, 31)),
        ("past two weeks", (2, 16), (3, 2)),
    ],
)
def test_a_date_is_resolved_against_the_day_it_was_said(text, first, last):
    (found,) = find_dates(text, MONDAY)
    assert (found.first, found.last) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "text", ["十五号线", "一号文件", "两个月", "the second batch", "上周断了三次吗"[2:], "p95", "it may be"]
)
def test_what_is_no_date(text):
    assert find_dates(text, MONDAY) == []


def test_impossible_days_are_no_dates():
    assert find_dates("2月31号", MONDAY) == []


def test_months_run_over_the_year():
    assert month_of(2026, 0) == (date(2025, 12, 1), date(2025, 12, 31))
    assert month_of(2026, 13) == (date(2027, 1, 1), date(2027, 1, 31))
