"""Voices of a recording matched with voices that are known by name: proposals with a confidence, never more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from ingestion.speakers.domain import SpeakerVoice
from ingestion.speakers.mean import unit_mean
from ingestion.speakers.scales import VoiceScale

LEAST_SECONDS = 5.0
"""A voice of which less was heard is recognised as nobody's."""

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A proposal: the speaker of a recording may be a person. `cosine` is that of the voice and the person's known
    ones, at most 1; `known` is false where somebody has to confirm it."""

    speaker: int
    person: str
    cosine: float
    known: bool


def recognise(
    voices: Sequence[SpeakerVoice], people: Mapping[str, Sequence[Vector]], scale: VoiceScale = VoiceScale()
) -> list[Recognised]:
    """For each voice at most one person, for each person at most one voice, the likest first.

    `people` are the known voices of each person, unit vectors of the same model as `voices`, whose cosines `scale`
    explains.
    """
    clear = [voice for voice in voices if voice.vector is not None and voice.seconds >= LEAST_SECONDS]
    names = [person for person, known in people.items() if known]
    if not clear or not names:
        return []
    alike = np.array([[likeness(voice.vector or (), people[name]) for name in names] for voice in clear])
    found: dict[str, Recognised] = {}
    matched: set[int] = set()
    # the likest pair first: pairs that are worth most in all may give a person to the less like of two voices
    for row, column in sorted(product(range(len(clear)), range(len(names))), key=lambda pair: -alike[pair]):
        voice, name, cosine = clear[row], names[column], float(alike[row, column])
        if cosine < scale.possible or name in found or voice.speaker in matched:
            continue
        next_likest = float(np.delete(alike[row], column).max(initial=-1.0))
        known = cosine >= scale.known and cosine - next_likest >= scale.apart
        found[name] = Recognised(voice.speaker, name, cosine, known)
        matched.add(voice.speaker)
    return list(found.values())


def likeness(vector: Vector, known: Sequence[Vector]) -> float:
    """The cosine of a voice with the mean of a person's known ones, at least one."""
    return float(np.array(vector, np.float32) @ unit_mean(np.array(known, np.float32)))
