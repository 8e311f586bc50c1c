from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.speech.doubt import doubtful_passages, is_better
from ingestion.speech.second import SecondOpinion
from ingestion.speech.whisper import FasterWhisperTranscriber
from tests.doubles import DoubleTranscriber


def said(start: float, text: str, sure: float, language: str = "en") -> SpokenSegment:
    """A word a second, each 0.8 s long."""
    words = tuple(Word(f" {one}", start + at, start + at + 0.8, sure) for at, one in enumerate(text.split()))
    return SpokenSegment(start, words[-1].end, text, language, sure, words)


class Heard(DoubleTranscriber):
    """Hears what it is given."""

    def __init__(self, model_id: str, *segments: SpokenSegment) -> None:
        super().__init__(model_id)
        self.segments = list(segments)

    def hear(self, seconds: float, language: str | None) -> list[SpokenSegment]:
        return self.segments


SOUND = np.zeros(20 * 16_000, np.float32)
FIRST = (said(1.0, "good morning", 0.9), said(5.0, "we shiver soon", 0.4), said(9.0, "fine", 0.9))


def heard(second: Heard) -> list[str]:
    found = SecondOpinion(Heard("first", *FIRST), second).transcribe(SOUND, language=None, hotwords=["Atlas"])
    return [one.text for one in found]


def test_the_surer_of_two_is_believed_where_the_first_is_unsure():
    second = Heard("second", said(0.6, "we ship soon", 0.8))  # its sound begins half a second before the passage
    assert heard(second) == ["good morning", "we ship soon", "fine"]
    assert second.asked == [(3.8, "en", ("Atlas",))]


def test_what_it_heard_stands_in_the_time_of_the_recording():
    second = Heard("second", said(0.6, "we ship soon", 0.8))
    found = SecondOpinion(Heard("first", *FIRST), second).transcribe(SOUND, language=None)
    assert [(round(w.start, 2), w.text) for w in found[1].words] == [(5.1, " we"), (6.1, " ship"), (7.1, " soon")]


@pytest.mark.parametrize(
    "again",
    [
        (),
        (said(0.6, "we shovel soon", 0.3),),
        (said(0.5, "no " * 3, 0.99), SpokenSegment(0.6, 3.0, "and then " * 40, "en", 0.99)),
        (said(4.2, "too late", 0.99),),
    ],
    ids=["nothing", "less sure", "a loop", "beside the passage"],
)
def test_what_is_no_better_is_not_taken(again: tuple[SpokenSegment, ...]):
    assert heard(Heard("second", *again)) == ["good morning", "we shiver soon", "fine"]


def test_a_second_is_not_asked_where_the_first_is_sure():
    second = Heard("second")
    both = SecondOpinion(Heard("first", FIRST[0], FIRST[2]), second)
    shares: list[float] = []
    assert both.transcribe(SOUND, language="en", progress=shares.append) == [FIRST[0], FIRST[2]]
    assert (second.asked, shares, both.model_id) == ([], [1.0], "first")


def test_both_are_unloaded():
    first, second = Heard("first"), Heard("second")
    SecondOpinion(first, second).unload()
    assert (first.unloaded, second.unloaded) == (1, 1)


def test_doubtful_neighbours_of_one_language_are_one_passage():
    unsure = [said(0, "a b", 0.4), said(2.5, "c", 0.4), said(3.5, "好", 0.4, "zh"), said(9, "d", 0.4)]
    assert doubtful_passages(unsure) == [Span(0, 3.3), Span(3.5, 4.3), Span(9, 9.8)]
    long = [said(at, "a b c d e f g h i j", 0.4) for at in (0, 10.2, 20.4)]
    assert [round(one.end - one.start) for one in doubtful_passages(long)] == [20, 10]


def test_silence_and_loops_are_never_better():
    assert not is_better([], [said(0, "a", 0.1)])
    assert is_better([said(0, "a", 0.2)], [said(0, "a", 0.1)])
    assert not is_better([SpokenSegment(0, 9, "da " * 60, "en", 0.99)], [said(0, "a", 0.1)])


@pytest.mark.models
def test_a_real_recogniser_mends_what_another_misheard(models_dir: Path, english_talk: NDArray[np.int16]):
    real = FasterWhisperTranscriber(lambda: models_dir / "whisper-base", "whisper-base", "cpu", 2)
    sound = english_talk[: 12 * 16_000].astype(np.float32) / 32768
    right = real.transcribe(sound, language="en")
    wrong = [said(0.0, " ".join(["mumble"] * 11), 0.3)]
    found = SecondOpinion(Heard("first", *wrong), real).transcribe(sound, language="en")
    text = " ".join(one.text for one in found)
    assert "mumble" not in text
    alike = set(text.lower().split()) & set(" ".join(one.text for one in right).lower().split())
    assert len(alike) > 10
