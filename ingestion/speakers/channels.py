"""Two channels that are two sides of a conversation, as a call recorder keeps them: each side has speech of its own,
and of the other's no more than a faint echo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, Span
from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm, open_pcm, read_samples
from ingestion.media.files import temporary
from ingestion.ports import Diarizer, Samples
from ingestion.speakers.domain import HeardVoice

FRAME_SECONDS = 0.05
ECHO_FRAMES = 5
"""An echo of the other side may come so many frames late; for as long before and after, the louder moment counts."""
APART_DB = 22.0
"""From one side's speech to the other's, the difference of the channels' levels moves by at least so much. In a room
that two microphones hear it moves by less, in the same sound twice not at all."""
MOST_DB = 30.0
"""A larger difference of levels says no more."""
RARE_PERCENT = 3.0
"""A side that speaks for less of all speech is not seen."""
SPEECH_DB = 25.0
"""What is fainter than the loudest by more is no speech."""
ONE_SIDED_SHARE = 0.6
"""Of the speech, so much is clearly of one side."""
LEAST_SECONDS = 2.0
"""How long each side has to be heard alone."""
_BLOCK_SECONDS = 60.0
_SILENCE_DB = -90.0

Levels = NDArray[np.float32]
"""(frames, 2): the levels of left and right in dB of full scale."""


@dataclass(frozen=True, slots=True)
class Sides:
    """How the levels of two sides differ: left less right is `middle` dB where both are as loud, and a side is silent,
    but for an echo, where it is below that by more than `margin`."""

    middle: float
    margin: float


def find_sides(stereo: Iterator[Samples]) -> Sides | None:
    """Whether the channels of a recording are two sides, from all its sound in order, left and right sample by sample;
    null where they are not."""
    levels = np.concatenate([np.zeros((0, 2), np.float32), *(_levels(block) for block in stereo)])
    if not len(levels):
        return None
    loudest = np.percentile(levels.max(axis=1), 99)
    spoken = levels.max(axis=1) > max(loudest - SPEECH_DB, _SILENCE_DB)
    difference = _difference(levels)[spoken]
    if not difference.size:
        return None
    low, high = np.percentile(difference, [RARE_PERCENT, 100 - RARE_PERCENT]).tolist()
    sides = Sides((low + high) / 2, (high - low) / 4)
    alone = [(difference - sides.middle) * sign > sides.margin for sign in (1, -1)]
    apart = high - low >= APART_DB and sum(map(np.mean, alone)) >= ONE_SIDED_SHARE
    return sides if apart and min(map(np.sum, alone)) * FRAME_SECONDS >= LEAST_SECONDS else None


def apart(stereo: Samples, sides: Sides) -> tuple[Samples, Samples]:
    """The two sides of a stretch, given left and right sample by sample, each silent where only the other speaks."""
    channels = stereo.reshape(-1, 2)
    difference = _difference(_levels(stereo)) - sides.middle
    own = (difference >= -sides.margin, difference <= sides.margin)
    left, right = (channels[:, at] * _stretched(frames, len(channels)) for at, frames in enumerate(own))
    return left, right


class SideFiles:
    """The two sides of a recording while it is ingested: beside its mono sound, one file, and what was found out."""

    def __init__(self, folder: Path) -> None:
        self._pcm, self._found = folder / "sides.pcm", folder / "sides.json"

    def prepare(self, source: Path, name: str) -> None:
        """Decode a recording of two channels and find out whether they are two sides; only then is the sound kept.

        Does nothing where that is done. Raises BadInputError, StorageFullError.
        """
        if self._found.exists():
            return
        if not self._pcm.exists():
            decode_to_pcm(source, self._pcm, name=name, layout="stereo")
        sides = find_sides(self._blocks())
        with temporary(self._found) as part:
            part.write_text(json.dumps(asdict(sides) if sides else None), encoding="utf-8")
        if sides is None:
            self._pcm.unlink()

    def listen(self, span: Span, diarizer: Diarizer, progress: Progress) -> list[HeardVoice] | None:
        """The voices of a span by side, in order; null where the recording has no sides. Raises ModelMissingError."""
        sides = self._sides()
        if sides is None:
            return None
        voices: list[HeardVoice] = []
        sound = apart(read_samples(open_pcm(self._pcm), span, "stereo"), sides)
        for before, side in enumerate(sound):
            heard = diarizer.listen(side, span.start, lambda done, before=before: progress((before + done) / 2))
            voices += (replace(voice, channel=before + 1) for voice in heard)
        return sorted(voices, key=lambda voice: voice.span.start)

    def _sides(self) -> Sides | None:
        found = json.loads(self._found.read_text(encoding="utf-8")) if self._found.exists() else None
        return Sides(**found) if found else None

    def _blocks(self) -> Iterator[Samples]:
        pcm, at = open_pcm(self._pcm), 0.0
        while (block := read_samples(pcm, Span(at, at + _BLOCK_SECONDS), "stereo")).size:
            yield block
            at += _BLOCK_SECONDS


def _levels(stereo: Samples) -> Levels:
    size = round(FRAME_SECONDS * SAMPLE_RATE)
    channels = stereo.reshape(-1, 2)
    padded = np.pad(channels, ((0, -len(channels) % size), (0, 0)))
    power = (padded.reshape(-1, size, 2) ** 2).mean(axis=1)
    return (10 * np.log10(np.maximum(power, 10 ** (_SILENCE_DB / 10)))).astype(np.float32)


def _difference(levels: Levels) -> NDArray[np.float32]:
    """How much louder left is than right in each frame, the loudest moment near it counting for both."""
    near = np.lib.stride_tricks.sliding_window_view(
        np.pad(levels, ((ECHO_FRAMES, ECHO_FRAMES), (0, 0)), "edge"), 2 * ECHO_FRAMES + 1, axis=0
    ).max(axis=-1)
    return np.clip(near[:, 0] - near[:, 1], -MOST_DB, MOST_DB)


def _stretched(frames: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    return np.repeat(frames, round(FRAME_SECONDS * SAMPLE_RATE))[:size]
