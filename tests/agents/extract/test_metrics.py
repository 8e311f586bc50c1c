import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agents.extract.metrics import find_metrics
from retrieval.domain import Line

DAY = date(2026, 3, 2)
SERIES = Path(__file__).parents[3] / "benchmarks" / "series"


def said(*lines):
    return [Line(i, who, None, None, text) for i, (who, text) in enumerate(lines)]


def measured(*lines):
    return [
        (one.measure.name, one.measure.value, one.measure.unit, one.measure.said)
        for one in find_metrics(said(*lines), DAY)
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("现在接口延迟是 320 毫秒。", ("接口延迟", "320", "毫秒", "320 毫秒")),
        ("到货率 97.5%。", ("到货率", "97.5", "%", "97.5%")),
        ("待修工单降到 15 单了。", ("待修工单", "15", "单", "15 单")),
        ("吞吐峰值能扛到每秒 1400 笔。", ("吞吐峰值", "1400", "笔/秒", "每秒 1400 笔")),
        ("Error rate is at 2.5%.", ("Error rate", "2.5", "%", "2.5%")),
        ("Response time is 2.4 seconds.", ("Response time", "2.4", "seconds", "2.4 seconds")),
        ("We've got thirty open tickets.", ("open tickets", "30", "", "thirty")),
        ("Open tickets are down to thirteen.", ("Open tickets", "13", "", "thirteen")),
        ("Late parcels went from 15% to about 30%.", ("Late parcels", "30", "%", "30%")),
        ("W4 retention 24%，", ("W4 retention", "24", "%", "24%")),
        ("Churn 反而掉到 2.8%。", ("Churn", "2.8", "%", "2.8%")),
    ],
)
def test_a_named_quantity_is_measured_with_its_unit_and_the_words_that_say_it(text, measure):
    name, value, unit, words = measure
    assert measured(("Ann", text)) == [(name, Decimal(value), unit, words)]


def test_several_quantities_of_a_line_are_several_metrics():
    found = measured(("赵原", "数据我说一下。接口延迟现在是 410 毫秒，到货率 98.6%，退货积压 40 单，四十啊。"))
    assert [(name, str(value)) for name, value, _, _ in found] == [
        ("接口延迟", "410"),
        ("到货率", "98.6"),
        ("退货积压", "40"),
    ]


def test_a_number_without_a_name_takes_it_from_the_clause_before():
    assert measured(("赵原", "积压的工单呢，我看了一下，现在是 50 单。"))[0][:2] == ("积压的工单", Decimal(50))
    (metric,) = find_metrics(said(("林可", "签约率现在多少？"), ("赵原", "23%。")), DAY)
    assert (metric.measure.name, metric.measure.line, metric.lines) == ("签约率", 1, (1,))


def test_a_number_that_is_said_again_more_clearly_is_not_another_value():
    assert measured(("Ann", "The numbers. We've got thirty open tickets. Thirty, three zero.")) == [
        ("open tickets", Decimal(30), "", "thirty")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3月28号开会，9月12号交报告。",
        "I'll send the sales report by March 6th.",
        "预算先批 15万，就按十五万走。",
        "I've got sign-off for $15,000, so let's work with fifteen thousand.",
        "错误率超过 2% 就停。",
        "对外我们承诺 99.95%。",
        "The target is 95%.",
        "If the error rate is 5%, we stop.",
        "今天到了 8 个人，人齐了。",
        "There are six of us here.",
        "We support iOS 15 and Android 14.",
        "跟 2.3.1 一起发。",
        "打了五十分钟电话。",
        "We have five minutes left.",
        "After lunch we have thirty minutes.",
        "第一批放 15% 的流量。",
        "电影票七八百块，有一点贵。",
        "",
    ],
)
def test_dates_budgets_limits_versions_and_heads_are_not_measured(text):
    assert measured(("Ann", text)) == []


def test_no_unit_is_invented():
    (metric,) = find_metrics(said(("Ann", "The score is now 78.")), DAY)
    assert metric.measure.unit == ""


def test_unknown_speakers_two_hundred_lines_and_none():
    assert len(find_metrics(said(*[(None, "Error rate is at 2.5%.")] * 200), DAY)) == 200
    assert find_metrics([], DAY) == []


def test_a_line_of_forty_thousand_characters_is_read():
    lines = said(("Ann", "到货率 98%，" * 5_000), ("Bo", "error rate is at " * 2_500))
    assert len(find_metrics(lines, DAY)) == 1


def test_names_and_numbers_stand_in_their_line_or_the_one_before():
    found = 0
    for path in sorted(SERIES.glob("*/20*.truth.json")):
        meeting = json.loads(path.read_text(encoding="utf-8"))
        lines = said(*[(one["speaker"], one["text"]) for one in meeting["utterances"]])
        for draft in find_metrics(lines, date.fromisoformat(meeting["date"][:10])):
            found += 1
            measure = draft.measure
            assert draft.lines == (measure.line,)
            text = lines[measure.line].text
            assert measure.said in text
            assert measure.name in text or measure.name in lines[measure.line - 1].text
            assert measure.unit == "%" or measure.unit.split("/")[0] in measure.said
    assert found > 10
