import json

import pytest

from agents.qa.events import CitationEvent, Thinking, Token
from agents.qa.stream import LiveAnswer, SpokenText
from agents.qa.verify import Numbered
from agents.qa.wording import marks, plain
from retrieval.domain import Evidence
from tests.agents.doubles import meeting


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    "text", ['He said "no".', "第一批 15%\n然后", "tab\tand \\ slash", "emoji \u2603", "row [7] is <b>"]
)
@pytest.mark.parametrize("ascii", [True, False])
def test_the_spoken_text_comes_out_whole_however_it_is_cut(text, size, ascii):
    document = json.dumps({"lines": [1, 2], "answer": text}, ensure_ascii=ascii)
    spoken = SpokenText(marks)
    said = [spoken.feed(document[at : at + size]) for at in range(0, len(document), size)]
    assert "".join(said) == f"{plain(text)} [1][2]"


def test_every_claims_text_is_spoken_on_a_line_of_its_own_and_nothing_else():
    document = json.dumps({"claims": [{"lines": [1], "text": "one."}, {"lines": [2, 13], "text": "two."}]})
    spoken = SpokenText(marks)
    assert "".join(spoken.feed(c) for c in document) == "one. [1]\ntwo. [2][13]"


def test_lines_named_after_a_text_are_not_taken_for_those_of_the_next():
    document = json.dumps({"claims": [{"text": "one.", "lines": [1]}, {"text": "two.", "lines": [2]}]})
    spoken = SpokenText(marks)
    assert "".join(spoken.feed(c) for c in document) == "one.\ntwo."


def line(found: Evidence, at: int) -> Evidence:
    return Evidence(found.meeting_id, found.meeting_title, found.project, found.date, (found.lines[at],), 1.0)


WEEKLY = meeting("m1", "2026-03-04", ("Mina", "We ship."), ("Leo", "When?"), ("Mina", "On Friday."))


def test_marks_name_the_citations_shown_and_other_lines_are_shown_first():
    sent: list[Thinking | Token | CitationEvent] = []
    live = LiveAnswer(sent.append)
    live.show([line(WEEKLY, 0)])
    take = live.words([Numbered(n, line(WEEKLY, n - 1)) for n in (1, 2, 3)])
    take(json.dumps({"claims": [{"lines": [3, 1, 9], "text": "We ship on Friday."}, {"lines": [3], "text": "Soon."}]}))
    shown = [(event.citation.n, event.citation.evidence.first) for event in sent if isinstance(event, CitationEvent)]
    assert shown == [(1, 0), (2, 2)]
    assert sent[-1] == Token("We ship on Friday. [2][1]\nSoon. [2]")


def test_a_second_draft_goes_on_with_the_numbers_of_the_first():
    sent: list[Thinking | Token | CitationEvent] = []
    live = LiveAnswer(sent.append)
    for at in (0, 1):
        live.words([Numbered(1, line(WEEKLY, at))])('{"lines": [1], "answer": "So."}')
    assert [event.text for event in sent if isinstance(event, Token)] == ["So. [1]", "So. [2]"]


def test_thoughts_are_sent_apart_from_the_words():
    sent: list[Thinking | Token | CitationEvent] = []
    LiveAnswer(sent.append).think("first this")
    assert sent == [Thinking("first this")]
