"""A conversation on two channels, made of the voices of the sample series."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import Span
from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm, open_pcm, read_samples
from ingestion.speakers.domain import SpeakerTurn

SERIES = Path(__file__).parents[3] / "samples" / "A_zh_payment_gateway"
GAP_SECONDS, OVERLAP_SECONDS = 0.4, 0.8

Stereo = NDArray[np.float32]
"""(samples, 2)"""


@dataclass(frozen=True, slots=True)
class Call:
    """A recorded call: left and right, and who of its people, numbered as they first speak, speaks when."""

    channels: Stereo
    turns: list[SpeakerTurn]


def echoed(channels: Stereo, decibels: float, seconds: float) -> Stereo:
    """With the other side in each channel, so loud and so late."""
    late = round(seconds * SAMPLE_RATE)
    echo = np.pad(channels[: len(channels) - late, ::-1], ((late, 0), (0, 0)))
    return (channels + 10 ** (decibels / 20) * echo).astype(np.float32)


@pytest.fixture(scope="session")
def call(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Call]:
    """Makes a call of these sides, each a list of people of the series, who talk in turns; every fourth turn begins
    before the one before has ended."""
    pcm = tmp_path_factory.mktemp("series") / "a.pcm"
    decode_to_pcm(SERIES / "2026-03-02.m4a", pcm)
    truth = json.loads((SERIES / "2026-03-02.truth.json").read_text(encoding="utf-8"))["utterances"]
    names = list(dict.fromkeys(line["speaker"] for line in truth))

    def make(left: Sequence[int], right: Sequence[int]) -> Call:
        samples, turns = np.zeros((0, 2), np.float32), list[SpeakerTurn]()
        for line in truth:
            person = names.index(line["speaker"])
            if person not in (*left, *right):
                continue
            said = read_samples(open_pcm(pcm), Span(line["start"], line["end"]))
            at = len(samples) / SAMPLE_RATE + (-OVERLAP_SECONDS if len(turns) % 4 == 3 else GAP_SECONDS)
            first, side = round(at * SAMPLE_RATE), int(person in right)
            samples = np.pad(samples, ((0, first + said.size - len(samples)), (0, 0)))
            samples[first : first + said.size, side] += said
            turns.append(SpeakerTurn(person, at, at + said.size / SAMPLE_RATE))
        numbers = {person: number for number, person in enumerate(dict.fromkeys(t.speaker for t in turns), 1)}
        return Call(samples, [SpeakerTurn(numbers[t.speaker], t.start, t.end) for t in turns])

    return make
