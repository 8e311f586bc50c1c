from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ingestion.domain import Span
from ingestion.speech import vad
from ingestion.speech.vad import cut_pieces, detect_speech, speech_spans


def test_speech_is_found_and_silence_is_not(talk):
    silence = np.zeros(16000 * 5, np.int16)
    spans = speech_spans(np.concatenate([silence, talk[: 16000 * 8], silence]))
    assert 4.8 < spans[0].start < 6.5
    assert 10.0 < spans[-1].end < 13.5
    assert speech_spans(silence) == []
    assert speech_spans(silence[:0]) == []
    assert detect_speech(np.zeros(0, np.float32)) == []


def test_windows_leave_no_seams(talk, monkeypatch):
    whole = speech_spans(talk)
    monkeypatch.setattr(vad, "WINDOW_SECONDS", 17.0)
    shares: list[float] = []
    windowed = speech_spans(talk, shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert _overlap(whole, windowed, talk.size) > 0.95
    assert all(a.end < b.start for a, b in pairwise(windowed))


def _overlap(a: list[Span], b: list[Span], samples: int) -> float:
    masks = []
    for spans in (a, b):
        mask = np.zeros(samples // 160 + 1, bool)
        for span in spans:
            mask[round(span.start * 100) : round(span.end * 100)] = True
        masks.append(mask)
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


def talk_with_pauses(total: float, pauses: list[tuple[float, float]]) -> list[Span]:
    """Speech everywhere up to `total` but in the pauses (start, end)."""
    edges = [0.0, *(t for pause in pauses for t in pause), total]
    return [Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def assert_covers(pieces: list[Span], speech: list[Span]) -> None:
    for span in speech:
        assert any(piece.start <= span.start and span.end <= piece.end for piece in pieces), span
    assert all(a.end <= b.start for a, b in pairwise(pieces))


def test_cuts_fall_in_silence_near_the_target():
    speech = talk_with_pauses(3600, [(t, t + 0.5) for t in range(7, 3590, 11)])
    pieces = cut_pieces(speech, 3600, 300)
    assert_covers(pieces, speech)
    assert all(150 <= piece.end - piece.start <= 390 for piece in pieces[:-1])
    assert len(pieces) == 12


def test_a_longer_silence_wins_over_a_nearer_one():
    speech = talk_with_pauses(600, [(250, 254), (300, 300.4)])
    assert cut_pieces(speech, 600, 300)[0] == Span(0, 250)


def test_long_silences_belong_to_no_piece():
    speech = [Span(100, 160), Span(1000, 1100), Span(1101, 1150)]
    assert cut_pieces(speech, 2000, 300) == [Span(100, 160), Span(1000, 1150)]


def test_an_earlier_silence_is_taken_before_speech_is_cut():
    speech = talk_with_pauses(450, [(50, 51)])
    assert cut_pieces(speech, 450, 300)[0] == Span(0, 50)


def test_speech_without_any_silence_is_cut_at_the_target():
    assert cut_pieces([Span(0, 700)], 700, 300) == [Span(0, 300), Span(300, 600), Span(600, 700)]


def test_nothing_and_little_and_beyond_the_end():
    assert cut_pieces([], 100) == []
    assert cut_pieces([Span(1, 3)], 5) == [Span(1, 3)]
    assert cut_pieces([Span(1, 30), Span(40, 50)], 20) == [Span(1, 20)]


@pytest.mark.parametrize("seed", range(20))
def test_any_talk_is_covered_and_never_cut_inside(seed):
    random = np.random.default_rng(seed)
    edges = np.cumsum(random.exponential([20, 3], (200, 2)).ravel() + 0.1)
    speech = [Span(float(a), float(b)) for a, b in edges.reshape(-1, 2)]
    pieces = cut_pieces(speech, float(edges[-1]), 120)
    assert_covers(pieces, speech)
    assert all(piece.end - piece.start <= 156.001 for piece in pieces)
