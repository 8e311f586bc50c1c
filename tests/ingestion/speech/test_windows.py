from __future__ import annotations

import numpy as np
import pytest

from ingestion.domain import Span, Word
from ingestion.speech.windows import WINDOW_SECONDS, Window, pack_windows


def test_windows_hold_all_speech_in_order_and_no_long_silence():
    speech = [Span(i * 20.0, i * 20.0 + 8.0) for i in range(10)]
    windows = pack_windows(speech, 200.0)
    parts = [part for window in windows for part in window.parts]
    assert all(window.seconds <= WINDOW_SECONDS for window in windows)
    assert len(windows) == 4
    for span, part in zip(speech, parts, strict=True):
        assert part.start <= span.start
        assert part.end >= span.end
        assert part.end - part.start < 9


def test_touching_stretches_share_no_sound():
    windows = pack_windows([Span(0.0, 10.0), Span(10.0, 20.0)], 20.0)
    assert windows == [Window((Span(0.0, 10.0), Span(10.0, 20.0)))]


def test_samples_are_those_of_the_parts():
    recording = np.arange(16000 * 10, dtype=np.float32)
    samples = Window((Span(1.0, 2.0), Span(5.0, 5.5))).samples(recording)
    assert samples.size == 24000
    assert samples[0] == 16000
    assert samples[16000] == 80000


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0.5, 1.0, (10.5, 11.0)), (2.5, 3.0, (30.5, 31.0)), (1.5, 2.8, (30.0, 30.8))]
)
def test_words_return_to_the_time_of_the_recording(start, end, expected):
    window = Window((Span(10.0, 12.0), Span(30.0, 34.0)))
    word = window.word_in_recording(Word("x", start, end, 1.0))
    assert (word.start, word.end) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0.5, 1.0), Span(10.5, 11.0)),
        (Span(0.0, 2.0), Span(10.0, 12.0)),
        (Span(2.0, 3.0), Span(30.0, 31.0)),
        (Span(1.0, 6.0), Span(11.0, 34.0)),
        (Span(5.0, 9.0), Span(33.0, 34.0)),
    ],
    ids=["inside a part", "all of one", "from the seam on", "across the seam", "past the end"],
)
def test_spans_return_to_the_time_of_the_recording(span, expected):
    assert Window((Span(10.0, 12.0), Span(30.0, 34.0))).in_recording(span) == expected


def test_a_word_past_the_end_stays_inside():
    word = Window((Span(10.0, 12.0),)).word_in_recording(Word("x", 5.0, 6.0, 1.0))
    assert word.start <= word.end == 12.0


def test_halves_are_cut_at_the_longest_pause_near_the_middle():
    parts = (Span(0, 4), Span(4.2, 8), Span(9, 13), Span(13.2, 17))
    halves = Window(parts).halves()
    assert halves == (Window(parts[:2]), Window(parts[2:]))
    assert Window(parts[:1]).halves() is None


def test_the_rest_after_a_time():
    window = Window((Span(10.0, 12.0), Span(30.0, 34.0)))
    assert window.after(31.0) == Window((Span(31.0, 34.0),))
    assert window.after(20.0) == Window((Span(30.0, 34.0),))
    assert window.after(34.0).seconds == 0
