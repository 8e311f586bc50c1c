from __future__ import annotations

import pytest

from ingestion.domain import Word
from ingestion.speech.sentences import LONGEST_SECONDS, sentences


def spoken(*texts: str, step: float = 0.3) -> list[Word]:
    return [Word(text, i * step, (i + 1) * step, 0.8) for i, text in enumerate(texts)]


def texts(*runs: list[Word]) -> list[str]:
    return [segment.text for segment in sentences(runs, "zh")]


def test_marks_end_sentences():
    assert texts(spoken("好", "的。", "那", "开", "始？", "行")) == ["好的。", "那开始？", "行"]
    assert texts(spoken(" Done.", " Next", " one.")) == ["Done.", "Next one."]


@pytest.mark.parametrize(
    "words", [(" is", " 97", ".5", "%."), (" to", " 97.", "5%"), (" at", " 3", " p.m.", " today"), (" 15,", "000")]
)
def test_points_inside_do_not_end_them(words):
    assert texts(spoken(*words)) == ["".join(words).strip()]


def test_a_pause_ends_a_sentence():
    words = [Word("好", 0, 0.3, 1), Word("的", 0.8, 1.0, 1), Word("走", 1.7, 2.0, 1)]
    assert texts(words) == ["好的", "走"]


def test_a_point_before_a_pause_inside_a_number_does_not():
    assert texts([Word("98.", 0, 0.5, 1), Word("2%", 1.4, 1.8, 1)]) == ["98.2%"]


def test_a_long_sentence_ends_at_its_comma():
    words = spoken(*["字"] * 45, "，", *["字"] * 5)
    assert texts(words) == ["字" * 45 + "，", "字" * 5]
    assert texts(spoken("好，", "的")) == ["好，的"]


def test_nothing_is_longer_than_the_limit_and_the_widest_gap_is_taken():
    words = spoken(*["字"] * 100)
    words[40:] = [Word(w.text, w.start + 0.4, w.end + 0.4, w.probability) for w in words[40:]]
    segments = sentences([words], "zh")
    assert all(segment.end - segment.start <= LONGEST_SECONDS for segment in segments)
    assert len(segments[0].text) == 40
    assert "".join(segment.text for segment in segments) == "字" * 100


def test_times_words_and_confidence_come_from_the_words():
    (segment,) = sentences([[Word(" Yes", 1.0, 1.5, 0.9), Word(" sir.", 1.5, 2.0, 0.5)]], "en")
    assert (segment.start, segment.end, segment.text, segment.language) == (1.0, 2.0, "Yes sir.", "en")
    assert segment.confidence == pytest.approx(0.7)
    assert len(segment.words) == 2


def test_nothing_said_gives_nothing():
    assert sentences([[], [Word("  ", 0, 1, 0.5)]], "zh") == []
