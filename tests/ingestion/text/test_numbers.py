"""Spoken numbers in, written ones out; and everything that only looks like a number."""

import pytest

from ingestion.text.numbers import normalize_numbers

CHINESE = [
    ("成功率百分之九十八点二", "成功率98.2%"),
    ("百分之百", "100%"),
    ("百分之九九点九五", "99.95%"),
    ("百分之九十到百分之九十五", "90%到95%"),
    ("百分之五到十五", "5%到15%"),
    ("千分之三", "3‰"),
    ("三月二十八号", "3月28号"),
    ("四月初到期", "4月初到期"),
    ("十二月三十一日", "12月31日"),
    ("三月五日", "3月5日"),
    ("十二号之前整理出来", "12号之前整理出来"),
    ("二零二六年三月", "2026年3月"),
    ("九八年和一五年", "98年和15年"),
    ("先批十五万", "先批15万"),
    ("一百二十万", "120万"),
    ("三亿五千万", "3.5亿"),
    ("一万五", "1.5万"),
    ("一万五千", "1.5万"),
    ("一点五万", "1.5万"),
    ("一万两千三百四十五", "12345"),
    ("一万零五百", "10500"),
    ("四百八十毫秒", "480毫秒"),
    ("一千四百笔", "1400笔"),
    ("三千五", "3500"),
    ("一百零五个", "105个"),
    ("留九十天", "留90天"),
    ("一百笔失败超过两笔", "100笔失败超过两笔"),
    ("三十到五十", "30到50"),
    ("三到十五天", "3到15天"),
    ("五到十个", "5到10个"),
    ("九十九点九五", "99.95"),
    ("九九点九五", "99.95"),
    ("两点四秒", "2.4秒"),
    ("零点五", "0.5"),
    ("三点一四", "3.14"),
    ("P九五是四百八", "P95是480"),
    ("p 九五降到三百四", "P95降到340"),
    ("P九九九", "P999"),
    ("iOS十六", "iOS16"),
    ("支持 iOS 十五", "支持 iOS 15"),
    ("Web二点零", "Web2.0"),
    ("两点半开会", "2点半开会"),
    ("下午三点", "下午3点"),
    ("晚上八点二十", "晚上8点20"),
    ("三点十五分", "3点15分"),
    ("十点零五分", "10点05分"),
    ("三点到五点", "3点到5点"),
    ("二十八号晚上八点", "28号晚上8点"),
    ("明天下午一点", "明天下午1点"),
    ("十点开会", "10点开会"),
    ("要十个工作日", "要10个工作日"),
    ("十分钟", "10分钟"),
    ("五分钟", "5分钟"),
    ("五十啊，不是十五", "50啊，不是15"),
    ("状态码四零四", "状态码404"),
    ("第二十三次", "第23次"),
    ("下周一百分之九十", "下周一90%"),
    ("上周二十点", "上周二10点"),
    ("一周二十个", "一周20个"),
    ("一百万一年", "100万一年"),
    ("二十多个", "20多个"),
    ("八G内存", "8G内存"),
    ("两千块", "2000块"),
    ("三百六十度", "360度"),
    ("十一个人", "11个人"),
    ("十一月", "11月"),
    ("三千万", "3000万"),
    ("七十万一百二十平", "70万120平"),
    ("写到十点十一点", "写到10点11点"),
    ("一亿零五百万", "1.05亿"),
    ("两元", "2元"),
    ("二零一一", "2011"),
    ("快一点三月就到期了", "快一点3月就到期了"),
]

LEFT_ALONE = [
    "一起", "一次性切", "放进第一批", "差一点", "万一出问题", "定一下", "三心二意", "十分重要", "一些", "还没统一",
    "五一之后", "不管三七二十一", "星期三", "周一", "两边维护", "三个", "一分钟以内", "断了三次", "十几万", "几十万",
    "三四十个", "一两百", "十五六个", "两三年", "千万别", "百万", "上百个", "二十几", "数十人", "之一", "三分之一",
    "十分之一", "一点一点来", "我补充两点", "第三点", "有三点建议", "双十一", "十一放假", "今天晚上一点都不困",
    "一二三，开始", "七七八八", "二百五", "百分之七八十", "百分之十几", "三到五百", "一一说明", "唯一",
    "周二十个", "用API一次调完", "跟Kafka一起", "老三", "十全十美", "零零散散", "八九不离十", "3月28号", "15万", "P95",
    "一月一次", "三五年", "二元对立",
    "更懂一点三个系统", "百分之四十九点几", "四四五楼", "第三点一是快", "第十", "两会", "一边说", "四五个", "快一点",
]  # fmt: skip

ENGLISH = [
    ("ninety seven point five percent", "97.5%"),
    ("about five percent of users", "about 5% of users"),
    ("one hundred percent", "100%"),
    ("fifteen thousand dollars", "15,000 dollars"),
    ("twenty three open bugs", "23 open bugs"),
    ("twenty-three", "23"),
    ("Two hundred and fifty", "250"),
    ("one thousand four hundred", "1400"),
    ("two thousand twenty six", "2026"),
    ("two point four seconds", "2.4 seconds"),
    ("one point five million", "1.5 million"),
    ("one point five thousand users", "1500 users"),
    ("March twentieth", "March 20th"),
    ("by March twenty-first.", "by March 21st."),
    ("the second of May", "the 2nd of May"),
    ("P ninety five", "P95"),
]

ENGLISH_LEFT = [
    "one of them", "thirty open bugs. Thirty, three zero.", "we may first check", "one or two", "two or three hundred",
    "nineteen ninety eight", "five six seven", "at one point five people left", "a hundred", "the first one",
    "someone twenty", "one-on-one", "seconds", "zero one", "point five", "twenty twenty six", "ninety",
    "five and million",
]  # fmt: skip


@pytest.mark.parametrize(("spoken", "written"), CHINESE + ENGLISH)
def test_written_as_a_colleague_would(spoken: str, written: str) -> None:
    cleaned = normalize_numbers(spoken)
    assert cleaned.text == written
    assert cleaned.corrections
    again = normalize_numbers(written)
    assert again.text == written
    assert again.corrections == ()


@pytest.mark.parametrize("text", LEFT_ALONE + ENGLISH_LEFT)
def test_left_alone(text: str) -> None:
    assert normalize_numbers(text).text == text
    assert normalize_numbers(text).corrections == ()


def test_corrections_keep_what_was_said() -> None:
    found = normalize_numbers("三月二十八号切十五万").corrections
    assert [(c.before, c.after, c.reason) for c in found] == [
        ("三月", "3月", "number"),
        ("二十八号", "28号", "number"),
        ("十五万", "15万", "number"),
    ]


def test_kept_terms_are_not_rewritten() -> None:
    assert normalize_numbers("三十六氪写了三十六篇", keep=["三十六氪"]).text == "三十六氪写了36篇"


def test_a_long_text_is_quick_to_scan() -> None:
    text = "一" * 50_000 + "十万" * 5_000 + "百分之九" * 10_000
    assert normalize_numbers(text).text.endswith("9%")
