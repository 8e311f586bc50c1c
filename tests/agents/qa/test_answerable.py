import pytest

from agents.qa.answerable import Missing, find_missing
from agents.qa.plan import plan_question
from agents.qa.rank import all_lines, rank_lines, spoken
from agents.qa.select import pick_lines
from agents.qa.words import Overlap, content_terms
from tests.agents.doubles import meeting

TALK = (
    meeting(
        "m1",
        "2026-03-02",
        ("Dana", "The launch of Bluebird is planned for March 20th, that is what we told the board."),
        ("Omar", "The audit of Redwood costs 4,000 euros, and I pay it from my own budget."),
        ("Dana", "We have not decided on the colour yet, let us wait for the printer."),
        ("Omar", "Yesterday we opened the new warehouse, it went without a hitch."),
    ),
)
ZH = (meeting("m1", "2026-03-02", ("甲", "展台的预算先批15万，场地还没定。"), ("乙", "宣传册我来写，3月11号交。")),)


def missing(question, meetings=TALK, named=(), related=True):
    plan = plan_question(question)
    lines = all_lines(meetings)
    overlap = Overlap(content_terms(question), [spoken(line.line) for line in lines])
    ranked = rank_lines(plan, overlap, lines, named)
    return find_missing(question, plan, overlap, ranked, pick_lines(ranked, plan), related=related)


@pytest.mark.parametrize(
    ("question", "meetings"),
    [
        ("When is the launch of Bluebird?", TALK),
        ("How much does the Redwood audit cost?", TALK),
        ("When did we open the warehouse?", TALK),
        ("展台的预算是多少？", ZH),
    ],
)
def test_what_is_said_is_not_missing(question, meetings):
    assert missing(question, meetings) is None


@pytest.mark.parametrize(
    ("question", "meetings", "why"),
    [
        ("When is the launch of Greenfinch?", TALK, Missing.SUBJECT),
        ("What was decided on the colour?", TALK, Missing.UNDECIDED),
        ("展台的面积是多少？", ZH, Missing.SUBJECT),
    ],
)
def test_near_misses_are_told(question, meetings, why):
    assert missing(question, meetings) is why


def test_nothing_near_in_words_or_meaning_is_nothing_found():
    assert missing("Which soup does the canteen serve?", related=False) is Missing.NOTHING
    assert missing("When is the launch of Bluebird?", related=False) is None


def test_what_another_person_did_is_no_answer():
    others = [("Cid", "The printer is out of order again."), ("Cid", "So is the lift."), ("Cid", "Nobody cares.")]
    painted = ("Ann", "I painted the old fence green last weekend, it took me two days.")
    talk = (meeting("m", "2026-03-02", painted, *others, ("Bob", "Lunch is at noon today.")),)
    assert missing("What did Ann paint last weekend?", talk, ["Ann"]) is None
    assert missing("What did Bob paint last weekend?", talk, ["Bob"]) is Missing.SUBJECT
