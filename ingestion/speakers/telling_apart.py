"""Voices heard in short stretches told apart into speakers, over the whole recording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Span
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice, Told
from ingestion.speakers.mean import Vectors, unit_mean
from ingestion.speakers.scales import VoiceScale

CLEAR_SECONDS = 1.5
"""A shorter stretch is not clear enough to make a speaker of."""
LEAST_SECONDS, LEAST_SHARE = 4.0, 0.1
"""A group with less speech than either is nobody new: it is of the speaker whom it is most like."""
MOST_CLUSTERED = 4000
"""Stretches that are grouped; of a longer recording so many, evenly taken, stand for all."""
BESIDE_SECONDS = 1.0
"""Where several speak at once, it is those who speak alone at most so long before and after."""
MIN_PAUSE_SECONDS = 0.4
"""A shorter pause does not end a turn."""
MIN_TURN_SECONDS = 0.2
_CUTS_TRIED = 100


def tell_apart(voices: Sequence[HeardVoice], bounds: Bounds = Bounds(), alike: float = VoiceScale().alike) -> Told:
    """Who speaks when, from all the voices of a recording, in order. `alike` is that of the model's `VoiceScale`."""
    known = [voice for voice in voices if voice.vector is not None]
    if not known:
        # nobody is clear: what was heard is somebody's
        return Told(tuple(SpeakerTurn(1, span.start, span.end) for span in _turns([v.span for v in voices])))
    vectors = np.array([voice.vector for voice in known], np.float32)
    seconds = np.array([voice.seconds for voice in known])
    given = (vectors @ _speakers(vectors, seconds, bounds, alike).T).argmax(axis=1)
    spans = _spans(voices, dict(zip((voice.span for voice in known), given.tolist(), strict=True)))
    turns = tuple(SpeakerTurn(who, turn.start, turn.end) for who, heard in spans.items() for turn in _turns(heard))
    sounds = tuple(
        SpeakerVoice(who, tuple(unit_mean(vectors[given == who], seconds[given == who]).tolist()), total)
        for who in spans
        if (total := float(seconds[given == who].sum()))
    )
    return joined([Told(turns, sounds)])


def joined(parts: Sequence[Told]) -> Told:
    """Parts of a recording in which nobody is the same person as one; speakers are numbered as they first speak."""
    turns = sorted(
        ((turn, (part, turn.speaker)) for part, told in enumerate(parts) for turn in told.turns),
        key=lambda pair: (pair[0].start, pair[1]),
    )
    numbers = {speaker: number for number, speaker in enumerate(dict.fromkeys(speaker for _, speaker in turns), 1)}
    voices = [
        SpeakerVoice(numbers[part, voice.speaker], voice.vector, voice.seconds)
        for part, told in enumerate(parts)
        for voice in told.voices
        if (part, voice.speaker) in numbers
    ]
    return Told(
        turns=tuple(SpeakerTurn(numbers[speaker], turn.start, turn.end) for turn, speaker in turns),
        voices=tuple(sorted(voices, key=lambda voice: voice.speaker)),
    )


def _speakers(vectors: Vectors, seconds: NDArray[np.float64], bounds: Bounds, alike: float) -> Vectors:
    """The mean vector of each speaker."""
    clear = np.flatnonzero(seconds >= CLEAR_SECONDS)
    clear = clear if clear.size >= bounds.least else np.arange(len(vectors))
    clear = clear[np.linspace(0, clear.size - 1, min(clear.size, MOST_CLUSTERED)).astype(int)]
    vectors, seconds = vectors[clear], seconds[clear]
    least = min(LEAST_SECONDS, LEAST_SHARE * float(seconds.sum()))
    labels = _grouped(vectors, seconds, bounds, alike, least)
    spoken = np.bincount(labels, seconds)
    order = np.argsort(-spoken, kind="stable")
    kept = [label for place, label in enumerate(order) if spoken[label] >= least or place < bounds.least]
    chosen = kept[: bounds.most]
    return np.stack([unit_mean(vectors[labels == label], seconds[labels == label]) for label in chosen])


def _grouped(
    vectors: Vectors, seconds: NDArray[np.float64], bounds: Bounds, alike: float, least: float
) -> NDArray[np.int64]:
    """A label for each vector, by average linkage of their cosines. Where that leaves fewer or more speakers than there
    are, the tree is cut further down or up as far as that helps. A group with less speech than `least` is no speaker.
    """
    from scipy.cluster import hierarchy

    if len(vectors) == 1:
        return np.zeros(1, np.int64)
    scipy = cast(Any, hierarchy)
    tree = scipy.linkage(vectors, "average", "cosine")
    best: NDArray[np.int64] = scipy.fcluster(tree, 1 - alike, "distance") - 1
    groups = int(best.max()) + 1
    away = _away(best, seconds, bounds, least)
    counts = range(groups + 1, min(len(vectors), groups + _CUTS_TRIED) + 1) if away < 0 else range(groups - 1, 0, -1)
    for count in counts:
        if not away:
            break
        cut = scipy.fcluster(tree, count, "maxclust") - 1
        if abs(found := _away(cut, seconds, bounds, least)) < abs(away):
            best, away = cut, found
    return best


def _away(labels: NDArray[np.int64], seconds: NDArray[np.float64], bounds: Bounds, least: float) -> int:
    """How many speakers there are too many, or, below zero, too few."""
    speakers = int((np.bincount(labels, seconds) >= least).sum())
    return min(speakers - bounds.least, 0) or max(speakers - bounds.most, 0)


def _spans(voices: Sequence[HeardVoice], given: dict[Span, int]) -> dict[int, list[Span]]:
    """When each speaker is heard. A stretch too short to tell is of whoever speaks next to it, a shared one of those
    before and after it."""
    heard: dict[int, list[Span]] = {speaker: [] for speaker in sorted(set(given.values()))}
    alone = sorted(given, key=lambda span: span.start)
    starts = np.array([span.start for span in alone])
    for voice in voices:
        if voice.span in given:
            heard[given[voice.span]].append(voice.span)
            continue
        at = int(np.searchsorted(starts, voice.span.start))
        beside = [span for span in alone[max(0, at - 1) : at + 1] if _gap(span, voice.span) <= BESIDE_SECONDS]
        beside.sort(key=lambda span: _gap(span, voice.span))
        for speaker in {given[span] for span in (beside if voice.shared else beside[:1])}:
            heard[speaker].append(voice.span)
    return heard


def _turns(spans: Sequence[Span]) -> list[Span]:
    """Stretches in order, joined over short pauses; what is left that is too short for a turn is dropped."""
    turns: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if turns and span.start - turns[-1].end < MIN_PAUSE_SECONDS:
            turns[-1] = Span(turns[-1].start, max(turns[-1].end, span.end))
        else:
            turns.append(span)
    return [turn for turn in turns if turn.end - turn.start >= MIN_TURN_SECONDS]


def _gap(one: Span, other: Span) -> float:
    return max(one.start - other.end, other.start - one.end, 0.0)
