import json

import pytest

from agents.qa.stream import SpokenText


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("text", ['He said "no".', "第一批 15%\n然后", "tab\tand \\ slash", "emoji \u2603"])
@pytest.mark.parametrize("ascii", [True, False])
def test_the_spoken_text_comes_out_whole_however_it_is_cut(text, size, ascii):
    document = json.dumps({"lines": [1, 2], "answer": text}, ensure_ascii=ascii)
    spoken = SpokenText()
    said = [spoken.feed(document[at : at + size]) for at in range(0, len(document), size)]
    assert "".join(said) == text


def test_every_claims_text_is_spoken_and_nothing_else():
    document = json.dumps({"claims": [{"lines": [1], "text": "one."}, {"lines": [2], "text": "two."}]})
    spoken = SpokenText()
    assert "".join(spoken.feed(c) for c in document) == "one.two."
