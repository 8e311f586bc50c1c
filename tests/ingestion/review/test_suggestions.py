"""Terms that corrections suggest."""

from __future__ import annotations

import pytest

from ingestion.domain import GlossaryEntry
from ingestion.review.domain import Edit
from ingestion.review.suggestions import suggestions

SAID = ["恩沛通的环境又断了", "恩沛通那边卡住了", "跟恩沛通的人说", "We met Kestovia again"]


def suggested(before: str, after: str, *entries: GlossaryEntry) -> list[tuple[str, str]]:
    return [(one.alias, one.canonical) for one in suggestions([Edit("m", 0, before, after)], SAID, entries)]


@pytest.mark.parametrize(
    ("before", "after", "alias", "canonical"),
    [
        ("找恩培通谈。", "找恩沛通谈。", "恩培通", "恩沛通"),
        ("陆明你先来", "逯鸣你先来", "陆明", "逯鸣"),
        ("好子瑞来说", "郝子睿来说", "好子瑞", "郝子睿"),
        ("Castovia told us", "Kestovia told us", "Castovia", "Kestovia"),
        ("ask Inga about it", "ask Ingrid about it", "Inga", "Ingrid"),
        ("the quill gate console", "the Quillgate console", "quill gate", "Quillgate"),
        ("切到奎尔盖特吧", "切到 Quillgate 吧", "奎尔盖特", "Quillgate"),
    ],
)
def test_a_name_and_what_was_heard(before: str, after: str, alias: str, canonical: str) -> None:
    assert suggested(before, after) == [(alias, canonical)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("预算15万", "预算50万"),
        ("we have thirteen bugs", "we have thirty bugs"),
        ("on Monday we go", "on Tuesday we go"),
        ("他今天来", "她今天来"),
        ("the gateway the same", "The gateways are the same"),
        ("Chip it now", "Ship it now"),
        ("ask Bob about it", "ask Ingrid about it"),
        ("We said nothing about the plan at all today", "Kestovia wants Atlas before Ingrid asks Marcus"),
        ("这个定了", "这个定"),
    ],
)
def test_numbers_days_grammar_and_rewrites_teach_nothing(before: str, after: str) -> None:
    assert suggested(before, after) == []


def test_what_the_glossary_does_already_is_left_out() -> None:
    entry = GlossaryEntry("恩沛通", ("恩配通",), "company")
    assert suggested("找恩配通谈。", "找恩沛通谈。", entry) == []
    assert suggested("找恩培通谈。", "找恩沛通谈。", entry) == []  # sounds like it
    edits = [Edit("m", 0, "切到奎尔盖特吧", "切到 Quillgate 吧")]
    known = GlossaryEntry("Quillgate", ("Quill Gate",), "product")
    assert [one.entry for one in suggestions(edits, [], [known])] == [known]


def test_taking_back_what_the_glossary_did_teaches_nothing() -> None:
    assert suggested("逯鸣你先来", "陆明你先来", GlossaryEntry("逯鸣", (), "person")) == []


def test_the_most_frequent_comes_first_with_its_lines() -> None:
    edits = [
        Edit("a", 4, "ask Inga about it", "ask Ingrid about it"),
        Edit("a", 1, "we met Castovia", "we met Kestovia"),
        Edit("b", 2, "Then Castovia came", "Then Kestovia came"),
    ]
    found = suggestions(edits, [], [])
    assert [(one.canonical, one.lines) for one in found] == [
        ("Kestovia", (("a", 1), ("b", 2))),
        ("Ingrid", (("a", 4),)),
    ]
