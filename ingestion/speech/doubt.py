"""Where a recogniser is unsure, and whether hearing it another way was better. Pure functions."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

from ingestion.domain import Span, SpokenSegment
from ingestion.speech.decoding import DECODING

DOUBTFUL = 0.65
"""Below this mean word probability a segment is heard again; whisper-base is below it in about one of twenty segments
of spontaneous talk, and most of these are wrong."""

_APART_SECONDS = 1.0
"""Doubtful segments that are nearer are one passage, so that it is heard in its context."""

_LONGEST_SECONDS = 25.0


def doubtful_passages(segments: Sequence[SpokenSegment]) -> list[Span]:
    """Where the recogniser is unsure, in order; neighbours of one language are one passage."""
    passages: list[tuple[Span, str]] = []
    for segment in segments:
        if segment.confidence >= DOUBTFUL or segment.end <= segment.start:
            continue
        if passages:
            last, language = passages[-1]
            near = segment.start - last.end < _APART_SECONDS and segment.end - last.start <= _LONGEST_SECONDS
            if near and language == segment.language:
                passages[-1] = (Span(last.start, segment.end), language)
                continue
        passages.append((Span(segment.start, segment.end), segment.language))
    return [span for span, _ in passages]


def is_better(again: Sequence[SpokenSegment], known: Sequence[SpokenSegment]) -> bool:
    """Whether what was heard the second time is no loop and surer, by the mean log probability of its words.

    Silence is never better: nobody knows how sure it is.
    """
    return bool(again) and not _is_loop(again) and _mean_log_probability(again) > _mean_log_probability(known)


def _mean_log_probability(segments: Sequence[SpokenSegment]) -> float:
    """Over words, or over segments where the recogniser tells none."""
    found = [word.probability for one in segments for word in one.words] or [one.confidence for one in segments]
    return sum(math.log(max(probability, 1e-6)) for probability in found) / len(found)


def _is_loop(segments: Sequence[SpokenSegment]) -> bool:
    """Whether the text is as repetitive as a decoder's loop: the test by which Whisper itself falls back."""
    text = " ".join(segment.text for segment in segments).encode()
    return len(text) / len(zlib.compress(text)) > DECODING["compression_ratio_threshold"]
