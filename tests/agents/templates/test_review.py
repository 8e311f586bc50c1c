from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agents.domain import Verdict
from agents.exports.export import ExportFormat, export
from agents.extract.items import find_items
from agents.ledger.domain import Item, ItemDraft, ItemKind, Measure
from agents.ledger.matters import matters
from agents.ledger.threads import threads
from agents.templates.catalogue import Templates
from agents.templates.markdown import review_markdown
from agents.templates.review import Focus, Review, Reviewed, review
from agents.templates.template import Template, parse_template
from ingestion.errors import BadInputError
from retrieval.domain import Coverage, Evidence, Line

DAY = date(2026, 3, 2)
EN = (
    "We currently use a spreadsheet and it takes too long.",
    "The demo shows how the trial works, step by step.",
    "Your price is too expensive, and I'm worried about the schedule.",
    "The project went well, but the delay was a mistake because we started late.",
    "My son struggles at school, his grade is a problem.",
    "Welcome everyone, ask in the chat, there is a discount on this one.",
    "My background: I led a project, and I have experience with databases.",
    "We're blocked, still waiting for the vendor.",
    "Let's decide the release: we ship on April 17.",
    "Agreed, April 17 it is.",
)
ZH = (
    "我们公司目前在用表格，效率低，很麻烦。",
    "先演示一下功能，这款产品的步骤很简单。",
    "报价太贵了，超预算，我有点担心。",
    "这次项目很顺利，但是延期是个失误，原因是开始得太晚，下次要改进。",
    "孩子几年级？成绩跟不上，老师说基础薄弱。",
    "欢迎大家来到直播间，评论区有人问优惠。",
    "先做个自我介绍，我负责过支付项目，熟悉数据库。",
    "接口那边卡住了，还在等供应商，进度有延期。",
    "那就定了，四月十七号发布。",
    "好，就这么定。",
)


def meeting(texts: Sequence[str], items: Sequence[ItemDraft] = (), *, timed: bool = True) -> Reviewed:
    lines = tuple(
        Line(i, "Ann" if i % 2 else "Bo", i * 10.0 if timed else None, i * 10.0 + 9 if timed else None, text)
        for i, text in enumerate(texts)
    )
    stored = [Item(f"i{n}", "m1", DAY, draft) for n, draft in enumerate(items)]
    said = {
        item.id: tuple(Evidence("m1", "Weekly", "Atlas", DAY, (lines[n],), 0.0) for n in item.said.lines)
        for item in stored
    }
    found = matters(threads(stored, []), [DAY], said)
    return Reviewed("m1", "Weekly", DAY, "Atlas", lines, tuple(found), Coverage(1, 1, 1))


def stated(kind: ItemKind, line: int, text: str, confidence: float = 0.9) -> ItemDraft:
    return ItemDraft(kind, (line,), text, confidence)


def template(rest: str) -> Template:
    return parse_template(
        f'title = {{ en = "Mine" }}\n[[sections]]\nkey = "a"\ntitle = {{ en = "A" }}\n{rest}'.encode(), "t"
    )


def texts(found: Review) -> list[str]:
    return [claim.text for section in found.sections for claim in section.claims]


@pytest.mark.parametrize("listed", Templates(Path("none")).all(), ids=lambda one: one.name)
@pytest.mark.parametrize(("said", "language"), [(EN, "en"), (ZH, "zh")])
def test_a_built_in_template_finds_something_in_both_languages(listed, said: Sequence[str], language: str) -> None:
    lines = [Line(i, "Ann", i * 10.0, i * 10.0 + 9, text) for i, text in enumerate(said)]
    found = review(meeting(said, find_items(lines, DAY)), listed.name, listed.template)
    assert found.language == language
    assert sum(bool(section.claims) for section in found.sections) >= len(found.sections) // 2
    for section in found.sections:
        assert section.title == (section_of := listed.template.sections)[
            [one.key for one in section_of].index(section.key)
        ].title.told(found.language)
        for claim in section.claims:
            assert claim.evidence
            assert claim.verdict is not Verdict.REMOVED
            assert all(line.text in said for one in claim.evidence for line in one.lines)


def test_matters_stand_with_how_they_stand_and_lines_word_for_word() -> None:
    found = review(
        meeting(EN, [stated(ItemKind.DECISION, 8, EN[8])]),
        "mine",
        template('kinds = ["decision"]\nabout = ["April 17", "blocked"]'),
    )
    assert texts(found) == [f"{EN[8]} (in force)", EN[7], EN[9]]
    document = found.to_json()
    assert document["meeting"] == {"id": "m1", "title": "Weekly", "date": "2026-03-02", "project": "Atlas"}
    assert (document["template"], document["language"], document["focus"]) == ("mine", "en", None)
    assert document["sections"][0]["claims"][1]["evidence"][0]["quote"] == EN[7]
    assert document["coverage"]["read"] == 1


def test_each_measure_of_a_line_is_told_with_its_own_number() -> None:
    said = "Crashes are at 2.5% and the error rate is 1.9%."
    items = [
        ItemDraft(ItemKind.METRIC, (0,), said, 0.9, measure=Measure(name, Decimal(value), "%", f"{value}%", 0))
        for name, value in (("Crashes", "2.5"), ("error rate", "1.9"))
    ]
    for focus in (None, Focus(0.0, 9.0)):
        found = review(meeting([said], items), "t", template('kinds = ["metric"]'), focus)
        assert texts(found) == ["Crashes: 2.5%", "error rate: 1.9%"]
        assert {claim.evidence[0].quote for claim in found.sections[0].claims} == {said}


def test_words_are_found_in_any_form_but_whole() -> None:
    said = meeting(["We were delayed.", "A relay race.", "The plan is on track", "on the track"])
    assert texts(review(said, "t", template('about = ["delay", "on track", "lay"]'))) == [
        "We were delayed.",
        "The plan is on track",
    ]


def test_a_question_finds_lines_that_speak_of_it() -> None:
    found = review(meeting(EN), "t", template('question = "What was said of the vendor that we are waiting for?"'))
    assert texts(found) == [EN[7]]


def test_nothing_is_put_where_nothing_was_found() -> None:
    found = review(
        meeting(EN), "t", template('kinds = ["risk"]\nabout = ["zeppelin"]\nquestion = "How high do whales fly?"')
    )
    assert texts(found) == []
    assert "## A\n\nNothing was found." in review_markdown(found)
    empty = review(meeting([]), "t", template('about = ["x"]'))
    assert "Nothing was found." in review_markdown(empty)


def test_a_limit_keeps_the_surest_and_says_how_many_it_left_out() -> None:
    items = [stated(ItemKind.RISK, n, EN[n], confidence) for n, confidence in ((0, 0.5), (2, 0.9), (4, 0.8))]
    found = review(meeting(EN, items), "t", template('kinds = ["risk"]\nabout = ["blocked"]\nlimit = 2'))
    assert [claim.evidence[0].first for claim in found.sections[0].claims] == [2, 4]
    assert found.sections[0].left_out == 2
    assert "2 more left out." in review_markdown(found)


def test_a_focus_leaves_out_what_lies_outside() -> None:
    said = meeting(EN, [stated(ItemKind.DECISION, 8, EN[8]), stated(ItemKind.DECISION, 3, EN[3])])
    wanted = template('kinds = ["decision"]\nabout = ["blocked", "price", "chat"]')
    found = review(said, "t", wanted, Focus(50.0, 79.0))
    assert texts(found) == [EN[5], EN[7]]
    assert found.to_json()["focus"] == {"from": 50.0, "to": 79.0}
    assert texts(review(said, "t", wanted, Focus(75.0, None))) == [EN[8], EN[7]]
    assert texts(review(said, "t", wanted, Focus(None, 40.0))) == [EN[3], EN[2]]
    assert texts(review(said, "t", wanted, Focus(5000.0, None))) == []
    assert "# Mine: Weekly (00:50–01:19)" in review_markdown(found)


def test_a_span_that_cannot_be_is_told() -> None:
    with pytest.raises(BadInputError, match="no span"):
        review(meeting(EN), "t", template('about = ["x"]'), Focus(9.0, 9.0))
    with pytest.raises(BadInputError, match="has no times"):
        review(meeting(EN, timed=False), "t", template('about = ["x"]'), Focus(9.0, None))


def test_what_was_said_is_never_markup() -> None:
    bad = "<script>alert(1)</script> *blocked* [x](http://evil.example)"
    mine = parse_template(
        b'title = { en = "<b>*T*</b>" }\n[[sections]]\nkey = "a"\ntitle = { en = "<i>S</i>" }\nabout = ["blocked"]', "t"
    )
    found = review(meeting([bad, "blocked"]), "t", mine)
    markdown = review_markdown(found)
    assert r"\<script\>alert(1)\</script\> \*blocked\* \[x\](http:\//evil.example)" in markdown
    assert r"# \<b\>\*T\*\</b\>" in markdown
    page = export(found, ExportFormat.HTML).decode()
    assert "&lt;script&gt;" in page
    assert not any(tag in page for tag in ("<script", "<b>", "<i>"))


@pytest.mark.parametrize("format", [ExportFormat.HTML, ExportFormat.DOCX])
def test_it_is_written_as_a_file(format: ExportFormat) -> None:
    risk = [stated(ItemKind.RISK, 0, EN[0])]
    wanted = Templates(Path("none")).get("weekly_sync")
    assert len(export(review(meeting(EN, risk), "weekly_sync", wanted), format)) > 1000


def test_a_page_shows_a_line_once_with_its_speaker_and_names_empty_sections() -> None:
    found = review(meeting(EN), "weekly_sync", Templates(Path("none")).get("weekly_sync"))
    page = export(found, ExportFormat.HTML).decode()
    assert page.count("still waiting for the vendor") == 1
    assert "Ann: We&#x27;re blocked" in page
    assert '<section id="not_found">' in page
