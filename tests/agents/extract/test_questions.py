from datetime import date

import pytest

from agents.extract.items import find_items
from agents.extract.questions import find_questions
from agents.ledger.domain import ItemKind
from retrieval.domain import Line

DAY = date(2026, 3, 2)


def said(*lines):
    return [Line(i, who, None, None, text) for i, (who, text) in enumerate(lines)]


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("我有个问题，旧仓库的钥匙谁来保管？", "这个我也不知道，先挂着。"),
        ("发票要不要重开？", "还没想好，下次再说。"),
        ("Do we need a second key for the cellar?", "Honestly, I don't know. Park it."),
        ("Who's feeding the cat in August?", "Not me. We'll work it out."),
        ("Landing page 要不要换字体？", "还没定，等老板。"),
        ("Is that enough for ten weeks?", "Let's just see how it goes."),
        ("Does the lease allow it?", "I'd have to check with the landlord."),
    ],
)
def test_a_question_that_is_left_open_is_one_with_the_line_that_leaves_it(question, reply):
    (draft,) = find_questions(said(("林可", "我们开始吧。"), ("Ann", question), ("Bo", reply)))
    assert draft.lines == (1, 2)
    assert 0.5 <= draft.confidence <= 1


@pytest.mark.parametrize(
    "lines",
    [
        [("Ann", "发票要不要重开？"), ("Bo", "要，财务说必须重开，我下午就办。")],
        [("Ann", "Do we need a second key?"), ("Bo", "Yes, the landlord has one for us."), ("Ann", "Who's next?")],
        [("Ann", "Can you send the list?"), ("Bo", "I don't know where it is.")],
        [("Ann", "能不能麻烦你发一下清单？"), ("Bo", "等等，我找找。")],
        [("Ann", "First item?"), ("Bo", "The cellar.")],
        [("Ann", "How are you?"), ("Bo", "Not sure yet.")],
        [("Ann", "人都齐了吗？"), ("Bo", "不知道，小王还没来。")],
        [("Ann", "合同条款法务还在看，还没定，20号之前我再催一下。")],
        [("Ann", "I don't know anybody there.")],
    ],
)
def test_what_is_answered_asked_for_or_small_talk_is_no_open_question(lines):
    assert find_questions(said(*lines)) == []


@pytest.mark.parametrize(
    "text",
    [
        "搬到北院还是南院，现在没定。",
        "Who will run the stall, that's still undecided.",
        "报哪家，还没商量好，下周再看。",
    ],
)
def test_a_line_can_say_by_itself_that_a_choice_is_open(text):
    (draft,) = find_questions(said(("Ann", text)))
    assert draft.lines == (0,)


def test_two_views_of_which_neither_gives_way_are_an_open_question_with_both_sides():
    lines = [
        ("Ann", "I want the door locked at night."),
        ("Bo", "I don't think so. People need to get out."),
        ("Ann", "Well, we're not going to fix that today."),
    ]
    (draft,) = find_questions(said(*lines))
    assert draft.lines == (0, 1, 2)
    lines = [("林可", "门我觉得晚上必须锁。"), ("赵原", "我不同意，应该开着。"), ("林可", "行，这个先放着。")]
    (draft,) = find_questions(said(*lines))
    assert draft.lines[:2] == (0, 1)


@pytest.mark.parametrize(
    "lines",
    [
        [("Ann", "I want the door locked."), ("Bo", "I don't think so."), ("Ann", "Okay, leave it unlocked then.")],
        [("林可", "门必须锁。"), ("赵原", "我不同意，放不下心。"), ("林可", "好，那就听你的，不锁。")],
        [("Ann", "I want it locked."), ("Ann", "I don't think so any more.")],
    ],
)
def test_a_disagreement_that_is_settled_is_none(lines):
    assert find_questions(said(*lines)) == []


def test_without_speakers_nobody_disagrees_but_questions_are_open():
    assert find_questions(said((None, "I want it locked."), (None, "I don't think so."))) == []
    (draft,) = find_questions(said((None, "Do we need a key?"), (None, "No idea yet.")))
    assert draft.lines == (0, 1)


def test_one_speaker_can_ask_and_leave_it_open():
    (draft,) = find_questions(said(("Ann", "Do we need a second key? I don't know.")))
    assert draft.lines == (0,)


def test_no_line_is_in_two_questions():
    pair = [("Ann", "Do we need a second key?"), ("Bo", "No idea. And what about the cellar, who has that one?")]
    drafts = find_questions(said(*pair * 100, ("Ann", "Nobody knows.")))
    used = [index for draft in drafts for index in draft.lines]
    assert len(drafts) >= 100
    assert len(used) == len(set(used))


def test_questions_stand_among_the_items_of_a_meeting_in_the_order_of_their_lines():
    lines = [("Ann", "I'll call the landlord."), ("Bo", "Do we need a second key?"), ("Ann", "No idea. Park it.")]
    kinds = [draft.kind for draft in find_items(said(*lines), DAY)]
    assert kinds == [ItemKind.COMMITMENT, ItemKind.QUESTION]


def test_nothing_asks_nothing():
    assert find_questions([]) == []
