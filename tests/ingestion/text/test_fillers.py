"""Lines that carry nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ingestion.text.fillers import carrying, is_filler


@dataclass(frozen=True)
class Said:
    text: str


@pytest.mark.parametrize(
    "text",
    [
        "Um.",
        "uh",
        "Mm-hmm.",
        "Mm - hmm.",
        "Hmm,  uh...",
        "Uh-huh.",
        "Erm",
        "Ah.",
        "嗯。",
        "嗯嗯，呃……",
        "哦",
        "um，嗯",
        "...",
    ],
)
def test_sounds_that_say_nothing(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Yes.", "Okay.", "No", "好的。", "对", "Um, Friday.", "嗯，周五", "1", "hummus", "啊哈集团"],
)
def test_words_are_no_fillers(text: str) -> None:
    assert not is_filler(text)


def test_a_filler_stays_where_it_may_be_an_answer() -> None:
    said = [
        Said(text)
        for text in ("嗯。", "We ship on Friday.", "Mm-hmm.", "Do you agree?", "Mm-hmm.", "Um.", "同意吗？", "嗯。")
    ]
    assert [line.text for line in carrying(said)] == [
        "嗯。", "We ship on Friday.", "Do you agree?", "Mm-hmm.", "同意吗？", "嗯。",
    ]  # fmt: skip
    assert carrying([]) == []
