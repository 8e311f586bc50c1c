"""Names are put right, and ordinary words are left alone."""

import pytest

from ingestion.domain import GlossaryEntry
from ingestion.text.glossary import GlossaryCorrector, hotwords

ENTRIES = [
    GlossaryEntry("Quillgate", ("Quill Gate", "奎尔盖特"), "product"),
    GlossaryEntry("恩沛通", ("恩配通", "N沛通"), "company"),
    GlossaryEntry("逯鸣", ("陆明", "路明"), "person"),
    GlossaryEntry("郝子睿", ("子瑞", "子锐", "子睿"), "person"),
    GlossaryEntry("裴东", ("陪东", "培东"), "person"),
    GlossaryEntry("沈岚", ("沈兰",), "person"),
    GlossaryEntry("余额宝", (), "product"),
    GlossaryEntry("会议室", (), "term"),
    GlossaryEntry("Raghunathan", ("Raghu Nathan",), "person"),
    GlossaryEntry("Ingrid Thorsby", ("Ingrid", "Ingred"), "person"),
    GlossaryEntry("Gateway", (), "product"),
    GlossaryEntry("Standup", (), "term"),
    GlossaryEntry("Alpha", ("支付", "会", "the", "Beta", "shared"), "term"),
    GlossaryEntry("Beta", ("shared",), "term"),
]
CORRECTOR = GlossaryCorrector(ENTRIES)


@pytest.mark.parametrize(
    ("heard", "written", "reason"),
    [
        ("切到 quill  gate 去", "切到 Quillgate 去", "glossary alias"),
        ("切到奎尔盖特", "切到Quillgate", "glossary alias"),
        ("N沛通那边", "恩沛通那边", "glossary alias"),
        ("恩配通的证书", "恩沛通的证书", "glossary alias"),
        ("嗯沛通的证书", "嗯沛通的证书", None),
        ("恩培通的证书", "恩沛通的证书", "sounds like the glossary"),
        ("跟陪东确认", "跟裴东确认", "glossary alias"),
        ("逯明你先来", "逯鸣你先来", "sounds like the glossary"),
        ("子瑞来说", "郝子睿来说", "glossary alias"),
        ("郝子锐你看", "郝子睿你看", "glossary alias"),
        ("郝紫瑞你看", "郝子睿你看", "sounds like the glossary"),
        ("Priya Raghunatan said", "Priya Raghunathan said", "spelled like the glossary"),
        ("Raghu Nathan's call", "Raghunathan's call", "glossary alias"),
        ("用quillgate来做", "用Quillgate来做", "spelled like the glossary"),
        ("the Quil Gate console", "the Quillgate console", "spelled like the glossary"),
        ("Ingred is out", "Ingrid Thorsby is out", "glossary alias"),
    ],
)
def test_put_right(heard: str, written: str, reason: str | None) -> None:
    cleaned = CORRECTOR.correct(heard)
    assert cleaned.text == written
    assert [correction.reason for correction in cleaned.corrections] == ([reason] if reason else [])
    assert CORRECTOR.correct(written).corrections == ()


@pytest.mark.parametrize(
    "text",
    [
        "恩沛通和郝子睿都在",
        "陪东西走一趟",
        "路明白不明白都行",
        "王子瑞来了",
        "张子瑞说",
        "子睿来说",
        "余额保留三天",
        "会议是周三",
        "神蓝色的",
        "支付和会议",
        "沈兰花开了",
        "the gateways and a gateway",
        "Gateways are down",
        "please stand up",
        "Stand up, please",
        "Ingrid's on jury duty",
        "Beta is here and shared",
        "see quillgates.example/Quilgate and quilgate_v2",
        "raghunatham.py",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert CORRECTOR.correct(text).text == text
    assert CORRECTOR.correct(text).corrections == ()


def test_every_change_is_listed_in_order() -> None:
    found = CORRECTOR.correct("陆明和培东看奎尔盖特")
    assert found.text == "逯鸣和裴东看Quillgate"
    assert [(c.before, c.after) for c in found.corrections] == [
        ("陆明", "逯鸣"),
        ("培东", "裴东"),
        ("奎尔盖特", "Quillgate"),
    ]


ODD = GlossaryCorrector(
    [
        GlossaryEntry("高兴", (), "person"),
        GlossaryEntry("成功", (), "person"),
        GlossaryEntry("安静远", (".*", "[a-z]+", "(", "a|b"), "person"),
        GlossaryEntry("Mark", ("$", "^w"), "person"),
        GlossaryEntry("Bill Young", ("Bill",), "person"),
    ]
)


@pytest.mark.parametrize(
    "text", ["搞行业研究", "成公司了", "很高兴", "mark it", "a bill", "pay the Bill", "we (a|b)", "x y"]
)
def test_names_that_are_words_and_aliases_that_are_patterns_change_no_ordinary_text(text: str) -> None:
    assert ODD.correct(text).text == text.replace("a|b", "安静远")


def test_two_names_of_one_sound_are_not_guessed() -> None:
    corrector = GlossaryCorrector([GlossaryEntry("李晓明", (), "person"), GlossaryEntry("李小铭", (), "person")])
    assert corrector.correct("李晓铭来了").corrections == ()


def test_no_entries_change_nothing() -> None:
    assert GlossaryCorrector([]).correct("陆明").text == "陆明"
    assert GlossaryCorrector([GlossaryEntry(" ")]).correct("陆明").text == "陆明"


def test_hotwords_are_canonical_unique_and_limited() -> None:
    assert hotwords([ENTRIES[0], ENTRIES[0], *ENTRIES[1:]], 3) == ["Quillgate", "恩沛通", "逯鸣"]
