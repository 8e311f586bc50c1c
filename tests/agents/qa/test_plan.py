import pytest

from agents.qa.plan import Expect, Kind, plan_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("预算现在是多少？", Kind.LATEST),
        ("What is the budget now?", Kind.LATEST),
        ("标准后来改过吗？", Kind.HISTORY),
        ("Why was it reversed?", Kind.HISTORY),
        ("三周的积压分别是多少？", Kind.COMPARE),
        ("Did it get faster, and by how much?", Kind.COMPARE),
        ("有哪些风险？", Kind.ENUMERATE),
        ("List all open risks", Kind.ENUMERATE),
        ("现在还有哪些问题没解决？", Kind.ENUMERATE),
        ("List everybody who has the key now", Kind.ENUMERATE),
        ("有没有人提过换供应商？", Kind.EVER),
        ("之前讨论过加班补贴吗？", Kind.EVER),
        ("Has anyone ever mentioned a second office?", Kind.EVER),
        ("Did anybody raise the noise?", Kind.EVER),
        ("你好", Kind.SMALL_TALK),
        ("Thanks!", Kind.SMALL_TALK),
        ("她对这个方案怎么看？", Kind.FACT),
    ],
)
def test_kind(question, kind):
    assert plan_question(question).kind is kind


@pytest.mark.parametrize(
    ("question", "expects"),
    [
        ("谁负责，什么时候交？", {Expect.PERSON, Expect.DATE}),
        ("Who does it and by when?", {Expect.PERSON, Expect.DATE}),
        ("要保留多久？", {Expect.NUMBER}),
        ("How many bugs?", {Expect.NUMBER}),
        ("做完了吗？", {Expect.YES_NO}),
        ("最后的决定是什么？", set()),
        ("When does the audit end?", {Expect.DATE}),
        ("Did anyone say when it ships?", {Expect.DATE, Expect.YES_NO}),
        ("What did Kim think of the case when discussing costs?", set()),
        ("Why was the wheel dropped when it came to the prototype?", {Expect.REASON}),
        ("What's our refund rate?", {Expect.NUMBER}),
        ("What did the client share with Omar?", set()),
    ],
)
def test_expected_facts(question, expects):
    assert plan_question(question).expects == expects


def test_the_language_is_the_questions():
    assert plan_question("Kafka 的手册谁写？").language == "zh"
    assert plan_question("Who writes the 手册?").language == "en"
