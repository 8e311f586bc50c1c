import pytest

from agents.extract.risks import find_risks
from retrieval.domain import Line


def said(*lines):
    return [Line(i, who, None, None, text) for i, (who, text) in enumerate(lines)]


@pytest.mark.parametrize(
    "text",
    [
        "我说个风险啊，仓库的电路特别不稳。",
        "消防证好像是5月初到期。",
        "我有点担心货车不够用。",
        "照这个速度月底肯定超预算。",
        "One worry. The council might reject the plan.",
        "The bricks are arriving late again.",
        "The damp in the cellar is getting worse, I'm afraid.",
        "服务器 memory 越来越高，有风险 at risk 了。",
    ],
)
def test_what_may_go_wrong_is_a_risk(text):
    (draft,) = find_risks(said(("Ann", text)))
    assert draft.lines == (0,)
    assert 0.5 <= draft.confidence <= 1
    assert draft.owner is None


@pytest.mark.parametrize(
    "text",
    [
        "这个风险可以关了，搬完以后一次都没断过。",
        "没什么风险。",
        "不用担心。",
        "万一出问题怎么办？",
        "You can close that risk, the permit is approved.",
        "No worries.",
        "The leak is fixed, it's no longer a risk.",
        "What if the van might fail?",
        "We could make it titanium.",
        "I'm running late, sorry.",
        "我们报了名，一切顺利。",
        "",
    ],
)
def test_what_is_gone_denied_or_only_thought_of_is_no_risk(text):
    assert find_risks(said(("Ann", text))) == []


def test_what_another_adds_in_the_next_line_belongs_to_the_same_risk():
    (draft,) = find_risks(said(("林可", "证照4月2号到期，要重视了。"), ("赵原", "那比上次想的严重，先标成高风险。")))
    assert draft.lines == (0, 1)


def test_another_risk_right_after_one_is_one_of_its_own():
    lines = said(
        ("Ann", "One worry. The council might reject the plan."), ("Bo", "And another one. The bricks are coming late.")
    )
    assert [draft.lines for draft in find_risks(lines)] == [(0,), (1,)]


def test_one_speakers_risks_in_two_lines_are_two():
    lines = said(("Ann", "One worry. The council might reject the plan."), ("Ann", "The bricks are coming late."))
    assert [draft.lines for draft in find_risks(lines)] == [(0,), (1,)]


def test_unknown_speakers_and_two_hundred_risks():
    lines = said(*[(None, "One worry. The council might reject the plan."), (None, "Fine.")] * 200)
    assert len(find_risks(lines)) == 200


def test_nothing_is_no_risk():
    assert find_risks([]) == []
