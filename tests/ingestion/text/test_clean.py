"""The order of cleaning, script, language and tidying."""

import pytest

from ingestion.domain import GlossaryEntry
from ingestion.text.clean import TextCleaner, tidy
from ingestion.text.glossary import GlossaryCorrector
from ingestion.text.language import detect_language, words
from ingestion.text.script import simplified_characters, to_script


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (" 好 ,  我们 开始吧 . ", "好，我们开始吧。"),
        ("p95 是 480 毫秒,成功率98.2%!", "p95 是 480 毫秒，成功率98.2%！"),
        ("用 Node.js,v2.0:OK,好的", "用 Node.js,v2.0:OK，好的"),
        ("10:30 开会", "10:30 开会"),
        ("OK, sure.", "OK, sure."),
        ("交给 Kafka.", "交给 Kafka。"),
        ("版本 2.0, 好", "版本 2.0，好"),
        ("１５万 ＡＢ", "15万 AB"),
        ("好\u200b的\ufeff", "好的"),
        ('他说"好."', '他说"好。"'),
    ],
)
def test_tidy_chinese(raw: str, read: str) -> None:
    assert tidy(raw, chinese=True) == read
    assert tidy(read, chinese=True) == read


def test_tidy_english_keeps_its_punctuation() -> None:
    assert tidy("  Well ,  yes.\n No. ", chinese=False) == "Well , yes. No."


def test_everything_in_order() -> None:
    glossary = GlossaryCorrector(
        [GlossaryEntry("三十六氪", ("三十六克",), "company"), GlossaryEntry("后台", ("後臺系",), "term")]
    )
    cleaner = TextCleaner(script="simplified", normalize_numbers=True, glossary=glossary)
    found = cleaner.clean("三十六克 後來 批了十五萬 , 對吧", "zh")
    assert found.text == "三十六氪后来批了15万，对吧"
    assert [(c.before, c.after, c.reason) for c in found.corrections] == [
        ("後來", "后来", "script"),
        ("萬", "万", "script"),
        ("對", "对", "script"),
        ("三十六克", "三十六氪", "glossary alias"),
        ("十五万", "15万", "number"),
    ]
    assert cleaner.clean(found.text, "zh").text == found.text


def test_switched_off_and_other_languages() -> None:
    plain = TextCleaner(script="as-spoken", normalize_numbers=False)
    assert plain.clean("後來十五萬", "zh").text == "後來十五萬"
    cleaner = TextCleaner()
    assert cleaner.clean("三月二十八日に開発", "ja").text == "三月二十八日に開発"
    assert cleaner.clean("about twenty three bugs", "en").text == "about 23 bugs"


def test_script_both_ways_never_touches_latin() -> None:
    assert to_script("後來 Kafka 開發，乾隆", "simplified") == "后来 Kafka 开发，乾隆"
    assert to_script("头发发展 Kafka", "traditional") == "頭髮發展 Kafka"
    assert to_script("後來", "as-spoken") == "後來"
    assert to_script("naïve ＡＢ", "traditional") == "naïve ＡＢ"


def test_script_of_a_very_long_run() -> None:
    assert to_script("後" * 20_000, "simplified") == "后" * 20_000


def test_simplified_characters_fold_one_to_one() -> None:
    assert "對賬".translate(simplified_characters()) == "对账"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("好，我们开始吧", "zh"),
        ("那 rollback 的脚本我来写", "zh"),
        ("I think we should ask 沈岚 about it", "en"),
        ("Kafka 堆积 dashboard", "en"),
        ("カメラの開発はどうですか", "ja"),
        ("회의를 시작합니다", "ko"),
        ("Начнём", "ru"),
        ("98.2% 2026", "und"),
        ("", "und"),
    ],
)
def test_detect_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_words_count_chinese_by_characters() -> None:
    assert words("支付网关升级周会好吗") == 6
    assert words("iOS 16 is out, 好的吧") == 6
    assert words("") == 0
