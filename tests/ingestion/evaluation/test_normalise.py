"""What counts as the same thing heard, and what does not."""

from __future__ import annotations

import pytest

from ingestion.evaluation.normalise import tokens

SAME = [
    ("百分之九十八点二", "98.2%", "百分之98.2", "ninety-eight point two percent", "98.2 per cent"),
    ("百分之百", "100%", "a hundred percent", "one hundred per cent"),
    ("千分之三", "3‰"),
    ("一二三四五六七八九十", "1 2 3 4 5 6 7 8 9 10", "1、2、3、4、5、6、7、8、9、10。", "12345678910"),
    ("十五万", "15万", "15 万", "150,000", "150000", "a hundred and fifty thousand", "150 thousand"),
    ("十五万三千", "15万3千", "15.3万", "153,000"),
    ("一亿五千万", "1亿5000万", "1.5亿", "15000万", "a hundred and fifty million"),
    ("三点五万", "3点5万", "3.5万", "35000", "thirty-five thousand"),
    ("二零二六年", "二〇二六年", "2026年"),
    ("twenty twenty-six", "2026", "two thousand twenty six"),
    ("九点五十开会", "9点50开会", "9:50 开会"),
    ("at nine fifty", "At 9:50."),
    ("九点零五分", "9点05分"),
    ("五十单有点多", "50单有点多"),
    ("p 九五", "P95", "p95", "P ninety-five", "p九十五"),
    ("支持 iOS 十五", "支持iOS15"),
    ("thirty, three zero", "30, 3 0", "30. Three-zero!"),
    ("thirty-four", "34", "thirty four"),
    ("$15,000", "fifteen thousand dollars", "15000 dollars"),
    ("$1.5 million", "one point five million dollars"),
    ("$15,000, that's one five", "fifteen thousand dollars that's 15"),
    ("$1", "one dollar"),
    ("March the twentieth", "march the 20th"),
    ("the twenty-first", "the 21st"),
    ("a thirty second delay", "a 30 second delay"),
    ("one point five thousand", "1,500"),
    ("two point four point one", "2.4.1"),
    ("網關這邊，好嗎？", "网关这边 好吗"),
    ("ＡＢＣ１２％", "abc 12%"),
    ("It’s 'Kay — mm-hmm.", "it's kay mm hmm"),
    ("十五六个", "15、6个"),
    ("做了three个demo", "做了 3 个 demo", "做了三个demo"),
]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_ways_of_writing_the_same(ways: tuple[str, ...]) -> None:
    assert len({tuple(tokens(way)) for way in ways}) == 1, [tokens(way) for way in ways]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("十五", "五十"),
        ("15%", "50%"),
        ("98.2", "982"),
        ("fifteen", "fifty"),
        ("三月二十八号", "三月二十八日"),
        ("呃我觉得", "我觉得"),
        ("um yes", "yes"),
        ("做的好", "做得好"),
        ("don't", "do not"),
        ("one and two", "one or two"),
        ("5 million 2 million", "7 million"),
        ("三到五", "三五"),
    ],
)
def test_what_was_heard_otherwise_stays_otherwise(one: str, other: str) -> None:
    assert tokens(one) != tokens(other)


def test_characters_and_whole_words_are_counted() -> None:
    assert tokens("Kafka 堆积，p95 是480 毫秒。") == [
        "kafka",
        "堆",
        "积",
        "p",
        "9",
        "5",
        "是",
        "4",
        "8",
        "0",
        "毫",
        "秒",
    ]
    assert tokens("the 3rd of May") == ["the", "3rd", "of", "may"]
    assert tokens("。… - ' ") == []


@pytest.mark.parametrize("word", ["万一", "统一", "一下", "第一", "no one"])
def test_a_numeral_in_a_word_is_one_token_as_before(word: str) -> None:
    assert len(tokens(word)) == 2
    assert tokens(f"那{word}吧") == ["那", *tokens(word), "吧"]


@pytest.mark.parametrize("text", ["one " * 5_000, "十万" * 5_000, "9" * 20_000, "1 thousand " * 2_000, "1," * 5_000])
def test_endless_numbers_are_read_to_their_end(text: str) -> None:
    assert tokens(text)
