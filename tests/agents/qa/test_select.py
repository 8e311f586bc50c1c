from dataclasses import replace

import pytest

from agents.qa.lead import lead_claim
from agents.qa.plan import plan_question
from agents.qa.rank import RankedLine, all_lines, asks, rank_lines, spoken
from agents.qa.select import pick_lines
from agents.qa.words import Overlap, content_terms
from tests.agents.doubles import meeting

ZH = (
    meeting("m1", "2026-03-02", ("甲", "展台的预算先批15万。"), ("乙", "宣传册我来写，3月11号交。")),
    meeting("m2", "2026-03-09", ("甲", "午饭吃什么？"), ("甲", "展台的预算重新批了，从15万加到20万。")),
)
EN = (
    meeting("e1", "2026-03-04", ("Omar Haddad", "When is Dana back?"), ("Kim Lowe", "Not before the twenty-third.")),
    meeting("e2", "2026-03-11", ("Kim Lowe", "I'll take the audit. Give me until the eighteenth, though.")),
)


def picks(question, meetings, named=()):
    plan = plan_question(question)
    lines = all_lines(meetings)
    overlap = Overlap(content_terms(question), [spoken(line.line) for line in lines])
    return plan, pick_lines(rank_lines(plan, overlap, lines, named), plan)


def compared(found, *cosines):
    return replace(found, lines=tuple(replace(line, cosine=c) for line, c in zip(found.lines, cosines, strict=True)))


def places(found):
    return [(pick.evidence.meeting_id, pick.evidence.first, pick.evidence.last) for pick in found]


def test_the_latest_value_is_told_without_the_older_one():
    plan, found = picks("展台的预算现在是多少？", ZH)
    assert places(found) == [("m2", 1, 1)]
    assert "20万" in (lead_claim(found[0], plan) or "")


def test_an_older_line_that_answers_better_than_the_newest_is_told_too():
    newer = meeting("m3", "2026-03-16", ("甲", "展台那边没什么新消息，预算也一样。"))
    _, found = picks("展台的预算现在是多少？", (*ZH, newer))
    assert places(found)[0] == ("m3", 0, 0)
    assert ("m2", 1, 1) in places(found)


@pytest.mark.parametrize(
    ("score", "coverage", "first"),
    [(7.4, 0.14, "m2"), (7.4, 0.5, "m3"), (10.5, 0.14, "m3")],
    ids=["unlike in words and score", "like in words", "nearly as good"],
)
def test_a_newer_line_about_something_else_is_not_the_newest_state(score, coverage, first):
    newer = meeting("m3", "2026-03-16", ("甲", "展台搭建排了三天，一共要用1400个螺丝。"))
    plan = plan_question("展台的预算现在是多少？")
    lines = [RankedLine(ZH[1], 1, 11.1, 0.57), RankedLine(newer, 0, score, coverage)]
    assert places(pick_lines(lines, plan))[0][0] == first


def test_a_comparison_is_told_in_order_of_time():
    _, found = picks("两次会的展台预算分别是多少？", ZH)
    assert places(found) == [("m1", 0, 0), ("m2", 1, 1)]


def test_a_question_brings_its_answer_along():
    plan, found = picks("When is Dana back?", EN[:1])
    assert places(found) == [("e1", 0, 1)]
    assert "March 23" in (lead_claim(found[0], plan) or "")


def test_who_takes_it_on_and_until_when_are_read_off_the_line():
    plan, found = picks("Who does the audit and by when?", EN)
    assert lead_claim(found[0], plan) == "Latest, from the meeting of March 11: Kim Lowe, March 18."


def test_meaning_finds_what_words_do_not():
    first, second = compared(ZH[0], 0.8, 0.8), compared(ZH[1], 0.8, 0.95)
    _, found = picks("How much money is there for the booth?", (first, second))
    assert places(found)[0] == ("m2", 1, 1)


def test_a_line_about_others_than_the_person_asked_about_comes_later():
    talk = meeting(
        "m", "2026-03-02", ("Ann", "I painted the fence green last weekend."), ("Bob", "I painted the shed red.")
    )
    for name, at in (("Ann", 0), ("Bob", 1)):
        _, found = picks(f"What did {name} paint?", (talk,), [name])
        assert found[0].evidence.first == at


@pytest.mark.parametrize(
    ("text", "expected"),
    [("谁来写？", True), ("Is it done?", True), ("加到20万，可以吧？", False), ("Same as we said, right?", False)],
)
def test_a_tag_is_no_question(text, expected):
    assert asks(text) is expected


def test_two_values_and_no_change_lead_to_nothing():
    plan, found = picks("展台预算现在是多少？", (meeting("m", "2026-03-02", ("甲", "展台预算可能15万，也可能20万。")),))
    assert lead_claim(found[0], plan) is None


def test_nothing_to_rank_nothing_picked():
    assert picks("预算？", ())[1] == []
