import pytest

from agents.qa.persons import concerns
from retrieval.domain import Line


def said(*lines):
    return [Line(i, who, None, None, text) for i, (who, text) in enumerate(lines)]


def test_what_a_person_says_is_about_them():
    assert concerns(said(("Ann", "I moved house.")), 0, ["Ann"])
    assert not concerns(said(("Bob", "I moved house.")), 0, ["Ann"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann moved house.", True),
        ("Hey Ann, I moved house.", False),
        ("Ann, can you send the list?", True),
        ("你好，林可，我搬家了。", False),
        ("林可下周搬家。", True),
        ("林可，你来写宣传册。", True),
    ],
)
def test_an_address_alone_speaks_of_nobody(text, expected):
    assert concerns(said(("Bob", text)), 0, ["Ann", "林可"]) is expected


def test_you_is_who_speaks_next():
    lines = said(("Bob", "Did you finish the list?"), ("Ann", "Yes, yesterday."), ("Bob", "Good."))
    assert concerns(lines, 0, ["Ann"])
    assert not concerns(lines, 2, ["Ann"])


def test_she_is_who_was_named_before():
    lines = said(("Bob", "What about Ann Lee?"), ("Cid", "She is back on Monday."), ("Cid", "I am tired."))
    assert concerns(lines, 1, ["Ann Lee"])
    assert not concerns(lines, 2, ["Ann Lee"])


def test_a_line_of_an_unknown_speaker_may_be_anybodys():
    assert concerns(said((None, "I moved house.")), 0, ["Ann"])
