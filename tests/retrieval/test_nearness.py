"""Lines of evidence are compared with the question by the stored vectors of their snippets."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retrieval.conftest import Memory

LINES = (
    ("Ann", "The budget of the booth grew from fifteen to twenty thousand last week."),
    ("Bob", "Lunch is at the usual place around the corner, as every Monday."),
    ("Ann", "Yes."),
    ("Bob", "Then let us speak of the brochure and who writes it this time."),
)


@pytest.fixture
def talk(empty: Memory) -> Memory:
    empty.add("m", "P", date(2026, 3, 2), LINES, words=100)
    return empty


def test_each_line_has_the_cosine_of_its_nearest_snippet(talk: Memory) -> None:
    [evidence] = talk.service.gather("the budget of the booth").evidence
    cosines = [line.cosine for line in evidence.lines]
    assert None not in cosines
    assert max(cosines) == cosines[0]
    vector = talk.embedder.embed_query("the budget of the booth")
    own = talk.embedder.embed_passages([f"Ann: {LINES[0][1]}"])[0]
    assert cosines[0] == pytest.approx(float(vector @ own), abs=1e-2)
    assert cosines[2] == cosines[3], "a short line goes together with the next"


def test_without_a_search_by_meaning_nothing_is_compared(talk: Memory) -> None:
    gathered = talk.service.gather("budget", recipe="sparse")
    assert [line.cosine for e in gathered.evidence for line in e.lines] == [None] * 4
    assert gathered.related


def test_nothing_is_related_when_no_line_is_near(talk: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk.embedder, "unrelated_below", lambda language: 0.9)
    assert not talk.service.gather("zebra stripes").related
    assert talk.service.gather(f"Ann: {LINES[0][1]}").related
