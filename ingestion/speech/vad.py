"""Where speech is: voice activity by the Silero network that ships inside faster-whisper, and cuts made in silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, Span
from ingestion.media.decode import SAMPLE_RATE, read_samples
from ingestion.ports import Samples

WINDOW_SECONDS = 180.0
"""Audio looked at in one go: bounds memory whatever the length of the recording."""

MIN_SILENCE_SECONDS = 0.3
"""A shorter pause does not end a stretch of speech."""

PAD_SECONDS = 0.1
"""Kept before and after a stretch, so that soft first and last sounds are not lost."""

LONG_SILENCE_SECONDS = 30.0
"""A silence this long always ends a piece, so that it is never handed to a recogniser."""

MIN_PIECE, MAX_PIECE = 0.5, 1.3
"""Shortest and longest piece, as shares of the target length, within which a silence is looked for."""


def detect_speech(
    samples: Samples, *, min_silence: float = MIN_SILENCE_SECONDS, max_speech: float = float("inf")
) -> list[Span]:
    """Stretches of speech in a short run of audio (seconds from its start), in order, not overlapping.

    A stretch longer than `max_speech` seconds is split at a short pause, or hard when there is none.
    """
    from faster_whisper import vad

    if samples.size == 0:
        return []
    options = vad.VadOptions(
        min_silence_duration_ms=round(min_silence * 1000),
        speech_pad_ms=round(PAD_SECONDS * 1000),
        max_speech_duration_s=max_speech,
    )
    found = cast("list[dict[str, int]]", cast(Any, vad).get_speech_timestamps(samples, options))
    return [Span(item["start"] / SAMPLE_RATE, item["end"] / SAMPLE_RATE) for item in found]


def speech_spans(pcm: NDArray[np.int16], progress: Progress | None = None) -> list[Span]:
    """Stretches of speech in a whole recording, in order, in constant memory.

    A stretch that touches the end of a window is looked at again from its start, so windows leave no seams.
    """
    total = pcm.size / SAMPLE_RATE
    spans: list[Span] = []
    start = 0.0
    while start < total:
        end = min(start + WINDOW_SECONDS, total)
        found = [
            Span(start + span.start, start + span.end) for span in detect_speech(read_samples(pcm, Span(start, end)))
        ]
        next_start = end
        if found and end < total and found[-1].end > end - 1.0 and found[-1].start > start + 1.0:
            next_start = found.pop().start
        spans.extend(found)
        start = next_start
        if progress is not None:
            progress(start / total)
    return _merge(spans)


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def cut_pieces(speech: Sequence[Span], duration: float, target_seconds: float = 300.0) -> list[Span]:
    """Pieces of about `target_seconds` that cover all speech and are cut in silence.

    The cut is the longest silence near the target, between 0.5 and 1.3 times its length. Only a stretch of speech
    that is longer than that by itself is cut inside. Long silences belong to no piece.
    """
    pieces: list[Span] = []
    for run in _runs(speech, duration):
        pieces.extend(_cut_run(run, target_seconds))
    return pieces


def _runs(speech: Sequence[Span], duration: float) -> list[list[Span]]:
    """Speech split wherever the silence is long; spans beyond the end are clipped."""
    runs: list[list[Span]] = []
    for span in speech:
        clipped = Span(max(0.0, span.start), min(span.end, duration))
        if clipped.end <= clipped.start:
            continue
        if runs and clipped.start - runs[-1][-1].end < LONG_SILENCE_SECONDS:
            runs[-1].append(clipped)
        else:
            runs.append([clipped])
    return runs


def _cut_run(spans: list[Span], target: float) -> list[Span]:
    pieces: list[Span] = []
    rest = spans
    while rest[-1].end - rest[0].start > MAX_PIECE * target:
        index = _best_gap(rest, target)
        if index is None:
            cut = rest[0].start + target
            pieces.append(Span(rest[0].start, cut))
            rest = [Span(cut, rest[0].end), *rest[1:]]
        else:
            pieces.append(Span(rest[0].start, rest[index].end))
            rest = rest[index + 1 :]
    pieces.append(Span(rest[0].start, rest[-1].end))
    return pieces


def _best_gap(spans: list[Span], target: float) -> int | None:
    """Index of the span after which to cut, or None when the first span alone exceeds the limit."""
    begin = spans[0].start
    within = [i for i in range(len(spans) - 1) if MIN_PIECE * target <= spans[i].end - begin <= MAX_PIECE * target]
    if within:
        # a second of extra silence outweighs a tenth of the target in distance
        return max(
            within,
            key=lambda i: spans[i + 1].start - spans[i].end - 10 * abs(spans[i].end - begin - target) / target,
        )
    earlier = [i for i in range(len(spans) - 1) if spans[i].end - begin < MIN_PIECE * target]
    return earlier[-1] if earlier else None
