from dataclasses import replace
from datetime import date

import pytest

from agents.qa.scope import MeetingFacts, Turn, make_scope, make_standalone, to_follow, widened
from ingestion.domain import SearchFilter

FACTS = MeetingFacts((date(2026, 3, 2), date(2026, 3, 9)), ("陈明远", "Dana Whitfield"), (), private=False)
BEFORE_ZH = Turn(question="", standalone="陈明远负责的宣传册什么时候交？", people=["陈明远"])
BEFORE_EN = Turn(question="", standalone="Who rehearses the certificate replacement?", people=["Dana Whitfield"])


def scope(question, where=None):
    return make_scope(question, [], where or SearchFilter(), FACTS, date(2026, 11, 22))


@pytest.mark.parametrize("question", ["为什么？", "那预算呢？", "什么时候？", "他同意吗？"])
def test_an_elliptic_question_takes_the_topic_along(question):
    whole = make_standalone(question, [BEFORE_ZH], [])
    assert whole.startswith(question)
    assert "宣传册" in whole


@pytest.mark.parametrize("question", ["and when?", "why?", "Did she agree?", "What about the cost?"])
def test_an_elliptic_english_question_too(question):
    assert "certificate replacement" in make_standalone(question, [BEFORE_EN], [])


@pytest.mark.parametrize("question", ["灰度发布的第一批流量占多少？", "What did legal say about the consent screen?"])
def test_a_whole_question_is_left_alone(question):
    assert make_standalone(question, [BEFORE_ZH, BEFORE_EN], []) == question


def test_a_pronoun_brings_the_person_and_a_new_person_replaces_them():
    assert "陈明远" in make_standalone("他同意吗？", [BEFORE_ZH], [])
    assert "陈明远" not in make_standalone("那林可呢？", [BEFORE_ZH], ["林可"])


def test_people_are_named_by_given_name_or_part():
    assert scope("明远怎么看？").named == ("陈明远",)
    assert scope("What does Dana think?").named == ("Dana Whitfield",)


def test_dates_of_the_caller_rule_over_time_words():
    given = SearchFilter(since=date(2026, 3, 9))
    assert scope("第一次会上定了什么", given).where == given


def test_widening_drops_the_time_and_says_so():
    narrow = scope("第一次会上定了什么")
    wide = widened(narrow)
    assert narrow.where.until == date(2026, 3, 2)
    assert wide.where == SearchFilter()
    assert len(wide.notes) == len(narrow.notes) + 1
    assert widened(wide) is wide


def test_a_question_about_what_is_private_is_not_told_on_with_what_is_not():
    secret, open_one = Turn(**{**BEFORE_ZH, "private": True}), Turn(**{**BEFORE_EN, "private": False})
    history = [open_one, secret, BEFORE_ZH]
    assert to_follow(history, FACTS) == [open_one]
    assert to_follow(history, replace(FACTS, private=True)) == history
