"""How near two vectors have to be for their voices to be one person's: every model has cosines of its own."""

from __future__ import annotations

from dataclasses import dataclass

PYANNOTE_COMMUNITY = "pyannote-community-1"


@dataclass(frozen=True, slots=True)
class VoiceScale:
    """What cosines between the vectors of a model mean. The defaults were set for CAM++ on Chinese and English."""

    alike: float = 0.45
    """Groups of stretches of one recording with at least this mean cosine are one person."""
    known: float = 0.6
    """From this cosine on a voice is taken to be a person's, if nobody else is nearly as like it."""
    possible: float = 0.45
    """From this cosine on a person is proposed, for somebody to confirm."""
    apart: float = 0.1
    """What the likest person must be liker than the next."""


_SCALES = {PYANNOTE_COMMUNITY: VoiceScale(alike=0.7, known=0.8, possible=0.7)}
"""Those of pyannote are not measured here. Its earlier pipeline, with the same voice network, joins groups at a cosine
of 0.75 (a distance of 0.70 of unit vectors)."""


def voice_scale(model_id: str) -> VoiceScale:
    """The scale of a model's vectors."""
    return _SCALES.get(model_id, VoiceScale())
