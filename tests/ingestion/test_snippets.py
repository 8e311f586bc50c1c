"""Snippets cover everything that is said, each about one statement long."""

from __future__ import annotations

import numpy as np
import pytest

from ingestion.domain import SpokenLine
from ingestion.snippets import LEAST_WORDS, MOST_WORDS, chunk_vector, snippets
from ingestion.text.language import words


def spoken(*lines: tuple[str | None, str]) -> list[SpokenLine]:
    return [SpokenLine(i, text, text, speaker, None, None, "en") for i, (speaker, text) in enumerate(lines)]


def places(lines: list[SpokenLine]) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in snippets(lines)]


def test_a_statement_is_a_snippet_of_its_own_with_its_speaker() -> None:
    lines = spoken(
        ("Ann", "We ship on the seventeenth of April, not before."), ("Bob", "Who writes the notes for it then, me?")
    )
    assert places(lines) == [(0, 0), (1, 1)]
    assert snippets(lines)[0].text == "Ann: We ship on the seventeenth of April, not before."


def test_short_lines_go_together_with_what_follows() -> None:
    lines = spoken(("Ann", "Ready?"), ("Bob", "Yes."), ("Ann", ""), ("Ann", "Then let us begin with the budget now."))
    [together] = snippets(lines)
    assert (together.first, together.last) == (0, 3)
    assert together.text == "Ann: Ready?\nBob: Yes.\nAnn: Then let us begin with the budget now."


def test_what_is_left_at_the_end_is_kept() -> None:
    assert places(spoken(("Ann", "We ship on the seventeenth of April, not before."), ("Bob", "Fine."))) == [
        (0, 0),
        (1, 1),
    ]


@pytest.mark.parametrize(
    "sentence", ["这一句话说的是预算和时间，一共二十个字左右。", "This sentence speaks of the budget at some length. "]
)
def test_a_long_line_is_cut_at_its_sentences(sentence: str) -> None:
    lines = spoken(("Ann", (sentence * 40).strip()))
    found = snippets(lines)
    assert len(found) > 3
    assert {(one.first, one.last) for one in found} == {(0, 0)}
    assert all(LEAST_WORDS <= one.words <= MOST_WORDS for one in found[:-1])
    assert all(one.text.rstrip().endswith((".", "。")) for one in found)


def test_words_without_any_mark_are_cut_too_and_nothing_is_lost() -> None:
    text = "字" * 40_000
    found = snippets(spoken((None, text)))
    assert "".join(one.text for one in found) == text
    assert max(words(one.text) for one in found) < 200


def test_nothing_said_makes_no_snippet() -> None:
    assert snippets(spoken(("Ann", ""), ("Bob", ""))) == []


def test_a_chunk_is_the_mean_of_its_snippets_by_their_words() -> None:
    made = snippets(
        spoken(
            ("Ann", "one two three four five six seven eight nine ten eleven twelve"),
            ("Bob", "one two three four five six seven eight"),
        )
    )
    vector = chunk_vector(made, np.eye(2, 4, dtype=np.float32))
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0)
    assert vector[0] / vector[1] == pytest.approx(12 / 8)
